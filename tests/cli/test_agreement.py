"""`tallystick agreement`: templates, and what the lint says of files."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tallystick.cli.main import main
from tallystick.engine.service_levels.templates.texts import TEMPLATES
from tests.engine.service_levels.lint.documents import filled_text

DESK = Path(__file__).resolve().parents[2] / "examples" / "service-desk"
PAST = ("--data", str(DESK / "tickets.csv"), "--mapping", str(DESK / "mapping.yaml"))


def agreement(*arguments: str) -> Result:
    """Run one of the commands."""
    return CliRunner().invoke(main, ["agreement", *arguments])


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """Give the service desk's template as a file."""
    path = tmp_path / "agreement.yaml"
    path.write_text(agreement("new", "service-desk").stdout, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_is_printed_with_its_comments(name: str) -> None:
    result = agreement("new", name)

    assert result.exit_code == 0
    assert result.stdout.startswith("# ")


def test_blanks_are_the_only_thing_a_template_leaves_open(desk: Path) -> None:
    result = agreement("lint", str(desk), "--json")

    codes = {each["code"] for each in json.loads(result.stdout)["findings"]}
    assert (result.exit_code, codes) == (1, {"document.blank"})


def test_a_document_that_leaves_nothing_open_ends_with_status_0(desk: Path) -> None:
    desk.write_text(filled_text("service-desk"), encoding="utf-8")

    result = agreement("lint", str(desk))

    assert result.exit_code == 0
    assert "Nothing is left open" in result.stdout


def test_text_says_what_to_write_and_why() -> None:
    result = agreement("lint", str(DESK / "agreement.yaml"))

    assert result.exit_code == 1
    assert "service_levels[0].data_source: blocker measuring.no-data-source" in result.stdout
    assert "write: Name the system" in result.stdout
    assert "why: " in result.stdout


def test_the_threshold_decides_what_counts(desk: Path) -> None:
    text = filled_text("service-desk").replace("time_zone_data: 2026a\n", "")
    desk.write_text(text, encoding="utf-8")

    assert agreement("lint", str(desk)).exit_code == 1
    assert agreement("lint", str(desk), "--threshold", "major").exit_code == 0


def test_past_data_are_asked_although_the_term_lies_ahead(tmp_path: Path) -> None:
    text = (DESK / "agreement.yaml").read_text(encoding="utf-8")
    ahead = text.replace(
        "from: 2026-03-01, until: 2026-05-01", "from: 2028-03-01, until: 2028-05-01"
    )
    path = tmp_path / "agreement.yaml"
    path.write_text(ahead, encoding="utf-8")

    without, with_past = agreement("lint", str(path)), agreement("lint", str(path), *PAST)

    assert "figures.out-of-reach" not in without.stdout
    assert "figures.out-of-reach" in with_past.stdout


def test_what_is_no_agreement_is_a_finding_and_past_data_are_not_read(desk: Path) -> None:
    desk.write_text("agreement: 1\n", encoding="utf-8")

    result = agreement("lint", str(desk), *PAST)

    assert result.exit_code == 1
    assert "agreement.missing-key" in result.stdout


def test_what_is_no_yaml_is_refused(desk: Path) -> None:
    desk.write_text("a: [", encoding="utf-8")

    assert agreement("lint", str(desk)).exit_code == 2
