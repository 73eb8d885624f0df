"""`tallystick measure` on files alone: formats, exit status, refusals on standard error."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from tallystick.cli.main import main
from tests.api.books import a_credited_document
from tests.cast import EVENT_LOG, EVENT_LOG_MAPPING, an_agreement_document


def measure(folder: Path, *arguments: str, **changes: Any) -> Result:
    """Write the three files and measure; name only what the test is about."""
    files: dict[str, Any] = {
        "agreement": an_agreement_document(),
        "mapping": EVENT_LOG_MAPPING,
        "data": EVENT_LOG,
    }
    files |= changes
    for name in ("agreement", "mapping"):
        text = files[name] if isinstance(files[name], str) else yaml.safe_dump(files[name])
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    data = files["data"]
    (folder / "data.csv").write_bytes(data if isinstance(data, bytes) else data.encode())
    return CliRunner().invoke(
        main,
        [
            "measure", str(folder / "agreement.yaml"), "--data", str(folder / "data.csv"),
            "--mapping", str(folder / "mapping.yaml"), *arguments,
        ],
    )  # fmt: skip


def test_json_is_one_object_with_three_parts(tmp_path: Path) -> None:
    result = measure(tmp_path, "--window", "2026-03", "--format", "json")

    answer = json.loads(result.stdout)
    assert set(answer) == {"agreement", "imports", "measurements"}
    assert answer["agreement"]["id"] == "service-desk"
    assert answer["imports"][0] | {"digest": ""} == {
        "digest": "", "read": 14, "accepted": 14, "rejected": 0, "unchanged": 0,
    }  # fmt: skip
    assert answer["measurements"][1] == {
        "service_level": "resolution", "window": "2026-03", "numerator": 2, "denominator": 3,
        "attainment": 0.666666, "target": 0.95, "verdict": "missed", "value": 0.666666,
        "unit": "share", "direction": "at-least", "minimum": None, "count": 3, "pending": 0,
        "excluded": 0, "relieved": 0, "unmeasured": 0, "why": "", "reporting_only": False,
    }  # fmt: skip


def test_a_missed_level_ends_with_status_1(tmp_path: Path) -> None:
    assert measure(tmp_path, "--window", "2026-03").exit_code == 1


def test_nothing_missed_ends_with_status_0(tmp_path: Path) -> None:
    assert measure(tmp_path, "--window", "2026-05").exit_code == 0


def test_csv_tells_the_same_as_json(tmp_path: Path) -> None:
    as_json = json.loads(measure(tmp_path, "--format", "json").stdout)["measurements"]
    as_csv = list(csv.DictReader(io.StringIO(measure(tmp_path, "--format", "csv").stdout)))

    assert [row["numerator"] for row in as_csv] == [str(row["numerator"]) for row in as_json]
    assert [row["verdict"] for row in as_csv] == [row["verdict"] for row in as_json]


def test_a_table_has_a_line_for_each_level_and_month(tmp_path: Path) -> None:
    result = measure(tmp_path, "--window", "2026-03")

    lines = result.stdout.splitlines()
    assert lines[0].split()[:2] == ["service", "level"]
    assert len(lines) == 3


def test_evidence_holds_a_row_for_each_item(tmp_path: Path) -> None:
    measure(tmp_path, "--evidence", str(tmp_path / "evidence"))

    with (tmp_path / "evidence" / "resolution.csv").open(encoding="utf-8") as file:
        rows = {row["id"]: row for row in csv.DictReader(file)}
    assert sorted(rows) == ["T1", "T2", "T3", "T4"]
    assert rows["T3"]["counted_seconds"] == "7200"
    # From Wednesday 10:00 to Monday 10:00 in Berlin the clock stood still: 24 office hours.
    assert rows["T3"]["paused_seconds"] == str(24 * 3600)
    assert (tmp_path / "evidence" / "resolution.parquet").is_file()


def test_the_answer_does_not_depend_on_the_machine_s_zone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = measure(tmp_path, "--format", "json").stdout
    monkeypatch.setenv("TZ", "Pacific/Auckland")

    assert measure(tmp_path, "--format", "json").stdout == here


def test_open_items_are_judged_at_the_moment_given(tmp_path: Path) -> None:
    data = EVENT_LOG.replace("T2,2026-03-10T12:00:00Z,Done,P2\n", "")

    early = measure(
        tmp_path, "--window", "2026-03", "--as-of", "2026-03-03T12:00Z", "--format", "json",
        data=data,
    )  # fmt: skip

    resolution = json.loads(early.stdout)["measurements"][1]
    assert (resolution["numerator"], resolution["denominator"]) == (1, 1)


def test_rejected_rows_are_told_on_standard_error(tmp_path: Path) -> None:
    result = measure(tmp_path, data=EVENT_LOG + "T9,never,New,P1\n")

    assert "1 of 15 rows were rejected" in result.stderr
    assert "line 16" in result.stderr


HEAD = "number,at,state,priority\n"
MISSPELT = an_agreement_document(service_levles=[])
BAD_INPUT: dict[str, tuple[dict[str, Any], str]] = {
    "intake.empty-file": ({"data": ""}, ""),
    "intake.no-rows": ({"data": HEAD}, ""),
    "intake.unknown-column": ({"data": "number;at;status;prio\n1;2026-01-01;New;P1\n"}, ""),
    "intake.unclosed-quote": ({"data": HEAD + '"T1,2026-01-01T00:00Z,New,P1\n'}, "line 2"),
    "intake.zone-needed": ({"data": HEAD + "T1,2026-01-01 00:00,New,P1\n"}, ""),
    "intake.nul-character": ({"data": EVENT_LOG.encode("utf-16-le")}, ""),
    "agreement.unknown-key": ({"agreement": MISSPELT}, "service_levles"),
    "document.unreadable": ({"agreement": "a: [1"}, "line 1"),
    "mapping.unknown-key": ({"mapping": EVENT_LOG_MAPPING | {"shpae": "x"}}, "shpae"),
}


@pytest.mark.parametrize("code", BAD_INPUT)
def test_bad_input_ends_with_status_2_and_says_what_to_do(tmp_path: Path, code: str) -> None:
    changes, place = BAD_INPUT[code]

    result = measure(tmp_path, **changes)

    assert result.exit_code == 2
    assert result.stdout == ""
    assert f"refused [{code}" in result.stderr
    assert place in result.stderr
    assert "what to do:" in result.stderr


# --- credits


def credited(folder: Path, *arguments: str) -> dict[str, Any]:
    """Return the answer for an agreement with credits, as JSON."""
    document = an_agreement_document(**a_credited_document())
    result = measure(folder, "--format", "json", *arguments, agreement=document)
    answer: dict[str, Any] = json.loads(result.stdout)
    return answer


def test_json_has_the_credits_that_the_agreement_states(tmp_path: Path) -> None:
    notes = credited(tmp_path)["credits"]

    march = next(note for note in notes if note["window"] == "2026-03")
    assert [line["amount"] for line in march["lines"]] == ["4000.00", "4000.00"]
    assert march["total"] == "8000.00"


def test_the_credits_of_a_window_are_those_of_the_whole(tmp_path: Path) -> None:
    whole = credited(tmp_path)["credits"]

    assert credited(tmp_path, "--window", "2026-03")["credits"] == [
        note for note in whole if note["window"] == "2026-03"
    ]


def test_a_month_that_the_data_do_not_outlast_has_no_credits(tmp_path: Path) -> None:
    notes = credited(tmp_path, "--as-of", "2026-03-31T12:00Z")["credits"]

    assert [note["window"] for note in notes] == ["2026-01", "2026-02"]


# --- relief


def relieved(folder: Path, claims: Any, *arguments: str) -> Result:
    """Measure March with a file of claims."""
    text = claims if isinstance(claims, str) else yaml.safe_dump(claims)
    (folder / "relief.yaml").write_text(text, encoding="utf-8")
    path = str(folder / "relief.yaml")
    return measure(folder, "--relief", path, "--window", "2026-03", "--format", "json", *arguments)


def counts(result: Result) -> list[tuple[int, int, int]]:
    """Return numerator, denominator and relieved items of each level."""
    return [
        (each["numerator"], each["denominator"], each["relieved"])
        for each in json.loads(result.stdout)["measurements"]
    ]


def test_an_approved_item_leaves_numerator_and_denominator(tmp_path: Path) -> None:
    result = relieved(tmp_path, [{"item": "T2", "state": "approved", "reason": "Power cut"}])

    assert counts(result) == [(2, 2, 1), (2, 2, 1)]
    assert result.exit_code == 0


@pytest.mark.parametrize("state", ["pending", "rejected"])
def test_a_claim_that_is_not_approved_changes_nothing(tmp_path: Path, state: str) -> None:
    result = relieved(tmp_path, [{"item": "T2", "state": state}])

    assert counts(result) == [(2, 3, 0), (2, 3, 0)]


def test_a_claim_may_be_about_one_service_level(tmp_path: Path) -> None:
    claims = [{"item": "T2", "state": "approved", "service_level": "response"}]

    assert counts(relieved(tmp_path, claims)) == [(2, 2, 1), (2, 3, 0)]


BAD_RELIEF: dict[str, tuple[Any, str]] = {
    "document.unreadable": ("a: [1", "line 1"),
    "relief.unreadable": ({"item": "T2"}, ""),
    "relief.unknown-key": ([{"itme": "T2", "state": "approved"}], "[0].itme"),
    "relief.item-unsaid": ([{"item": 7, "state": "approved"}], "[0].item"),
    "relief.unknown-state": ([{"item": "T2", "state": "granted"}], "[0].state"),
    "relief.claimed-twice": ([{"item": "T2", "state": s} for s in ("pending", "rejected")], "[1]"),
    "relief.unknown-item": ([{"item": "T99", "state": "approved"}], "[0].item"),
    "relief.unknown-service-level": (
        [{"item": "T2", "state": "approved", "service_level": "respones"}],
        "[0].service_level",
    ),
}


@pytest.mark.parametrize("code", BAD_RELIEF)
def test_claims_that_cannot_be_followed_are_refused(tmp_path: Path, code: str) -> None:
    claims, place = BAD_RELIEF[code]

    result = relieved(tmp_path, claims)

    assert (result.exit_code, result.stdout) == (2, "")
    assert f"refused [{code}" in result.stderr
    assert place in result.stderr
    assert "what to do:" in result.stderr


# --- an interrupt


def test_an_interrupt_leaves_the_evidence_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    evidence = tmp_path / "evidence"
    measure(tmp_path, "--evidence", str(evidence))
    before = {path.name: path.read_bytes() for path in evidence.iterdir()}

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("tallystick.cli.measure.tally", interrupted)
    data = EVENT_LOG.replace("T3", "T8")
    result = measure(tmp_path, "--evidence", str(evidence), data=data)

    assert result.exit_code == 130
    assert {path.name: path.read_bytes() for path in evidence.iterdir()} == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize("moment", ["yesterday", "2026-03-03T12:00"])
def test_a_moment_without_sense_or_zone_is_refused(tmp_path: Path, moment: str) -> None:
    result = measure(tmp_path, "--as-of", moment)

    assert result.exit_code == 2
    assert "moment.unreadable" in result.stderr


def test_a_missing_file_is_a_usage_error(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["measure", str(tmp_path / "none.yaml")])

    assert result.exit_code == 2
    assert "none.yaml" in result.stderr
