"""Generated pages: what is stale is named, and what is written is fresh."""

import json
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner
from docpages.nouns import END, START, generated_part, stored_nouns, with_fresh_part
from docpages.refusals import all_codes
from docpages.schemas import measure_output_schema

import docs
from tallystick.cli.main import main
from tests.docs.conftest import ROOT

DESK = ROOT / "examples" / "service-desk"


def test_what_was_just_written_is_fresh(tmp_path: Path) -> None:
    texts = docs.generated(tmp_path)
    docs.write(texts)

    found = docs.stale(texts)

    assert found == []


def test_a_page_that_was_mended_by_hand_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "docs" / "roles.md"
    docs.write({page: "mended\n"})

    status = docs.check(tmp_path, {page: "generated\n"})

    assert status == 1
    assert capsys.readouterr().err == "stale: docs/roles.md (run scripts/docs.py)\n"


def test_a_link_that_leads_nowhere_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "docs" / "roles.md"
    docs.write({page: "[a](absent.md)\n"})

    status = docs.check(tmp_path, {page: "[a](absent.md)\n"})

    assert status == 1
    assert capsys.readouterr().err == "leads nowhere: docs/roles.md: absent.md\n"


def test_fresh_pages_pass_the_check(tmp_path: Path) -> None:
    page = tmp_path / "docs" / "roles.md"
    docs.write({page: "generated\n"})

    status = docs.check(tmp_path, {page: "generated\n"})

    assert status == 0


def test_a_generated_part_leaves_the_words_around_it_alone() -> None:
    page = f"# Lesson\nwords\n{START}\nold\n{END}\nafter\n"

    fresh = with_fresh_part("lesson", page)

    assert fresh.startswith("# Lesson\nwords\n")
    assert fresh.endswith(f"{END}\nafter\n")
    assert "old" not in fresh
    assert "preventive_action" in fresh


def test_a_noun_page_without_a_generated_part_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"docs/nouns/lesson\.md"):
        with_fresh_part("lesson", "# Lesson\n")


def test_a_noun_names_the_action_that_makes_it_with_its_duty() -> None:
    part = generated_part(stored_nouns()["statement"])

    assert "[`issue_statement`]" in part
    assert "| issue a statement |" in part


def test_codes_are_listed_once_whether_raised_by_class_or_by_call() -> None:
    codes = [each.code for each in all_codes()]

    assert len(codes) == len(set(codes))
    assert {"intake.no-header", "agreement.unknown-key", "row.unknown-state"} <= set(codes)


def test_every_code_says_what_it_means() -> None:
    silent = [each.code for each in all_codes() if not each.meaning]

    assert silent == []


@pytest.mark.parametrize("data", ["tickets.csv", "tickets-to-mend.csv"])
def test_what_measure_prints_follows_its_schema(data: str) -> None:
    files = [str(DESK / "agreement.yaml"), "--data", str(DESK / data)]
    mapping = ["--mapping", str(DESK / "mapping.yaml")]

    printed = CliRunner().invoke(main, ["measure", *files, *mapping, "--format", "json"]).stdout

    jsonschema.validate(json.loads(printed), measure_output_schema())
