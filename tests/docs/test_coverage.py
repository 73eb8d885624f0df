"""Everything that can be named has its page: nouns, commands, operations, settings, libraries."""

import re
from pathlib import Path

import click
import pytest
from docpages.nouns import stored_nouns

from tallystick.cli import ledger
from tallystick.cli.demo.people import PASSWORD, PEOPLE
from tallystick.cli.main import main
from tallystick.site.registry import OPERATIONS
from tests.docs.conftest import ROOT

LEDGER = ledger.command
CONTEXT = click.Context(main, info_name="tallystick")
DECISIONS = ROOT / "docs" / "decisions"
DECIDED = sorted(DECISIONS.glob("0*.md"))
PARTS = (
    "## What we chose",
    "## What else we weighed",
    "## What it costs",
    "## What would make us choose again",
)


def text_of(path: str) -> str:
    """Return a page of the repository."""
    return (ROOT / path).read_text(encoding="utf-8")


def required() -> list[str]:
    """Return the names that the two lists of requirements hold."""
    lines = (text_of("requirements.in") + text_of("requirements-dev.in")).splitlines()
    names = [re.match(r"[a-z][a-z0-9-]*", line) for line in lines]
    return [name.group() for name in names if name]


def variables() -> set[str]:
    """Return the variables of the environment that the product reads."""
    files = [*(ROOT / "src").rglob("*.py"), ROOT / "Makefile"]
    return {
        name
        for path in files
        for name in re.findall(r"\bTALLYSTICK_[A-Z_]+\b", path.read_text(encoding="utf-8"))
    }


@pytest.mark.parametrize("name", sorted(stored_nouns()))
def test_every_record_has_its_noun_page_in_the_index_and_the_glossary(name: str) -> None:
    page = text_of(f"docs/nouns/{name}.md")

    assert page.startswith("# ")
    assert f"({name}.md)" in text_of("docs/nouns/index.md")
    assert f"(nouns/{name}.md)" in text_of("docs/glossary.md")


def test_no_noun_page_is_left_of_a_record_that_is_gone() -> None:
    pages = {path.stem for path in (ROOT / "docs" / "nouns").glob("*.md")}

    assert pages - {"index"} == set(stored_nouns())


@pytest.mark.parametrize("name", main.list_commands(CONTEXT))
def test_every_command_shows_an_example(name: str) -> None:
    command = main.get_command(CONTEXT, name)

    assert command is not None
    assert "Example:" in (command.epilog or "")
    assert f"tallystick {name}" in (command.epilog or "")


@pytest.mark.parametrize("name", LEDGER.list_commands(CONTEXT))
def test_every_command_of_the_ledger_shows_an_example(name: str) -> None:
    command = LEDGER.get_command(CONTEXT, name)

    assert command is not None
    assert f"tallystick ledger {name}" in (command.epilog or "")


@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_every_operation_has_a_reference_entry_with_its_address(name: str) -> None:
    entries = text_of("docs/reference/operations.md")

    assert re.search(rf"^\| `{name.removeprefix('api:')}` \| `[A-Z]+ /api/", entries, re.MULTILINE)


def test_the_settings_page_names_every_variable_and_no_other() -> None:
    named = set(
        re.findall(r"^### `(TALLYSTICK_\w+)`$", text_of("docs/reference/settings.md"), re.M)
    )

    assert named == variables()


@pytest.mark.parametrize("name", required())
def test_every_library_says_why_it_is_here(name: str) -> None:
    assert f"| `{name}` |" in text_of("docs/decisions/0003-libraries.md")


@pytest.mark.parametrize("path", DECIDED, ids=lambda path: path.stem)
def test_a_decision_says_what_was_chosen_weighed_and_costs(path: Path) -> None:
    page = path.read_text(encoding="utf-8")

    places = [page.find(part) for part in PARTS]

    assert -1 not in places
    assert places == sorted(places)
    assert f"({path.name})" in text_of("docs/decisions/index.md")


@pytest.mark.parametrize(("name", "email", "organisation", "role"), PEOPLE)
def test_the_readme_names_every_demo_log_in(
    name: str, email: str, organisation: str, role: str
) -> None:
    line = next(line for line in text_of("README.md").splitlines() if email in line)

    assert f"{name}, {role.replace('-', ' ')}" in line
    assert organisation in line


def test_the_readme_names_the_demo_s_password() -> None:
    assert f"`{PASSWORD}`" in text_of("README.md")
