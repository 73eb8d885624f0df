"""What pages show on a console is what the program prints."""

import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from docpages.links import markdown_files

from tallystick.cli.main import FILE_COMMANDS, main
from tests.docs.conftest import ROOT
from tests.docs.consoles import Call, calls_in, calls_of

ASKS_FOR_THE_STATUS = "echo $?"
CALLS = calls_in(markdown_files(ROOT), ROOT)
PAIRS = list(zip([None, *CALLS], CALLS, strict=False))
RUN = [call for call in CALLS if call.command != ASKS_FOR_THE_STATUS]
ASKED = [pair for pair in PAIRS if pair[1].command == ASKS_FOR_THE_STATUS]


def run(call: Call) -> Result:
    """Run a command of a page as a shell in the top folder would."""
    program, *arguments = shlex.split(call.command)
    if program != "tallystick" or arguments[0] not in FILE_COMMANDS:
        raise ValueError(f"{call.page}: only commands on files can be shown: {call.command}")
    return CliRunner().invoke(main, arguments, prog_name="tallystick")


@pytest.mark.parametrize("call", RUN, ids=lambda call: f"{call.page}: {call.command}"[:100])
def test_a_page_shows_what_a_command_prints(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)

    result = run(call)

    assert result.output == call.shown


@pytest.mark.parametrize("pair", ASKED, ids=lambda pair: f"{pair[1].page}: {pair[0].command}"[:100])
def test_a_page_shows_a_command_s_exit_status(
    pair: tuple[Call, Call], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    before, asked = pair

    result = run(before)

    assert f"{result.exit_code}\n" == asked.shown


def test_the_readme_shows_both_commands_that_work_on_files() -> None:
    shown = {call.command.split()[1] for call in RUN if call.page == "README.md"}

    assert shown >= {"measure", "check"}


def test_commands_and_what_they_print_are_told_apart() -> None:
    page = "words\n```console\n$ one \\\n  two\nprinted\n$ three\n```\n"

    calls = list(calls_of("page.md", page))

    assert calls == [Call("page.md", "one two", "printed\n"), Call("page.md", "three", "")]


def test_a_block_of_another_kind_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text("```sh\n$ tallystick serve\n```\n", encoding="utf-8")

    calls = calls_in([tmp_path / "page.md"], tmp_path)

    assert calls == []
