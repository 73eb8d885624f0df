"""Rows of an item table: the history its dates tell, and dates that contradict each other."""

from pathlib import Path

import pytest

from tallystick.engine.intake import Reading, read_service_data
from tests.engine.intake.makers import a_file, an_item_mapping, histories, reasons

TIMES = ("opened", "responded", "resolved", "closed", "hold_from", "hold_until")
STATE_WORDS = {
    "New": "new",
    "Work": "in-progress",
    "Wait": "on-hold",
    "Done": "resolved",
    "Shut": "closed",
    "Void": "cancelled",
    "Any": "same",
}


def read_items(folder: Path, *rows: str, state: bool = False) -> Reading:
    """Read items given as "id hour hour ..." in the order of TIMES; "-" is empty."""
    lines = [",".join(("id", *TIMES, "state"))]
    for row in rows:
        cells = row.split()
        cells += ["-"] * (8 - len(cells))
        times = ["" if hour == "-" else f"2025-01-02T{hour:0>2}:00:00" for hour in cells[1:7]]
        lines.append(",".join([cells[0], *times, "" if cells[7] == "-" else cells[7]]))
    mapping = an_item_mapping(
        *TIMES, *(["state"] if state else []), states=STATE_WORDS if state else {}
    )
    return read_service_data(a_file(folder, "\n".join(lines) + "\n"), mapping)


def history(reading: Reading) -> str:
    """Return the history of item A as "hour state, ..."."""
    return ", ".join(f"{int(at[11:13])} {state}" for at, state in histories(reading)["A"])


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("A 1", "1 new"),
        ("A 1 2 8 9", "1 new, 2 in-progress, 8 resolved, 9 closed"),
        ("A 1 - - 9", "1 new, 9 closed"),
        (
            "A 1 2 8 - 3 5",
            "1 new, 2 in-progress, 3 on-hold, 5 in-progress, 8 resolved",
        ),
        ("A 1 6 8 - 3 5", "1 new, 3 on-hold, 5 new, 6 in-progress, 8 resolved"),
        (
            "A 1 4 8 - 3 5",
            "1 new, 3 on-hold, 4 in-progress, 4 on-hold, 5 in-progress, 8 resolved",
        ),
        ("A 1 2 8 - 3 -", "1 new, 2 in-progress, 3 on-hold, 8 resolved"),
        ("A 1 4 8 - 3 -", "1 new, 3 on-hold, 4 in-progress, 4 on-hold, 8 resolved"),
        ("A 1 3 8 - 3 5", "1 new, 3 in-progress, 3 on-hold, 5 in-progress, 8 resolved"),
        ("A 1 1 1 1 1 1", "1 new, 1 in-progress, 1 on-hold, 1 in-progress, 1 resolved, 1 closed"),
        ("A 1 - - - 3 5", "1 new, 3 on-hold, 5 new"),
    ],
)
def test_the_dates_of_an_item_tell_its_history(tmp_path: Path, row: str, told: str) -> None:
    reading = read_items(tmp_path, row)

    assert history(reading) == told


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("A 1 2 8 - - - Void", "1 new, 2 in-progress, 8 resolved, 8 cancelled"),
        ("A 1 2 - 9 - - Void", "1 new, 2 in-progress, 9 closed, 9 cancelled"),
        ("A 1 2 - - - - Void", "1 new, 2 in-progress, 2 cancelled"),
        ("A 1 2 8 - - - Done", "1 new, 2 in-progress, 8 resolved"),
        ("A 1 2 - - - - Wait", "1 new, 2 in-progress"),
        ("A 1 2 8 - - - Any", "1 new, 2 in-progress, 8 resolved"),
    ],
)
def test_the_state_adds_that_an_item_was_cancelled(tmp_path: Path, row: str, told: str) -> None:
    reading = read_items(tmp_path, row, state=True)

    assert history(reading) == told


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("A -", "row.no-time"),
        ("A 5 - 4", "row.resolved-before-opened"),
        ("A 5 - - 4", "row.times-out-of-order"),
        ("A 5 4", "row.times-out-of-order"),
        ("A 1 - 8 7", "row.times-out-of-order"),
        ("A 1 9 8", "row.times-out-of-order"),
        ("A 2 - - - 1 3", "row.times-out-of-order"),
        ("A 1 - - - 5 4", "row.times-out-of-order"),
        ("A 1 - - - - 4", "row.times-out-of-order"),
        ("A 1 - 8 - 9 -", "row.times-out-of-order"),
        ("A 1 - 8 - 3 9", "row.times-out-of-order"),
        ("A 1 - 99", "row.unreadable-time"),
    ],
)
def test_dates_that_contradict_each_other_reject_the_row(
    tmp_path: Path, row: str, code: str
) -> None:
    reading = read_items(tmp_path, row, "B 1")

    assert [(line, found) for line, found, _ in reasons(reading)] == [(2, code)]
    assert list(histories(reading)) == ["B"]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("A 1 - - - - - Done", "row.no-end-time"),
        ("A 1 - - - - - Shut", "row.no-end-time"),
        ("A 1 - 8 - - - Work", "row.state-contradicts-dates"),
        ("A 1 - - 8 - - Wait", "row.state-contradicts-dates"),
        ("A 1 - - - - - Odd", "row.unknown-state"),
        ("A 1", "row.no-state"),
    ],
)
def test_a_state_that_contradicts_the_dates_rejects_the_row(
    tmp_path: Path, row: str, code: str
) -> None:
    reading = read_items(tmp_path, row, state=True)

    assert reasons(reading) == [(2, code, "state")]


def test_a_repeated_row_of_an_item_is_unchanged(tmp_path: Path) -> None:
    reading = read_items(tmp_path, "A 1 2 8", "B 1", "A 1 2 8")

    assert (reading.read, reading.accepted, reading.unchanged) == (3, 2, 1)
    assert history(reading) == "1 new, 2 in-progress, 8 resolved"


def test_another_row_of_an_item_with_other_values_is_a_conflict(tmp_path: Path) -> None:
    reading = read_items(tmp_path, "B 1", "A 1 2 8", "A 1 2 9")

    assert reasons(reading) == [(4, "row.conflict", "id")]
    assert "line 3 already" in reading.rejected[0].sentence


def test_a_row_that_is_rejected_does_not_stand_in_the_way_of_a_good_one(tmp_path: Path) -> None:
    reading = read_items(tmp_path, "A 5 - 4", "A 5 - 6")

    assert [line for line, *_ in reasons(reading)] == [2]
    assert history(reading) == "5 new, 6 resolved"


def test_each_change_of_an_item_bears_the_line_and_attributes_of_its_row(tmp_path: Path) -> None:
    content = "id,opened,closed,p\nB,2025-01-02T01:00,,P2\nA,2025-01-02T01:00,2025-01-02T02:00,P1\n"
    mapping = an_item_mapping("opened", "closed", attributes={"priority": "p"})

    reading = read_service_data(a_file(tmp_path, content), mapping)

    priority = reading.changes.attributes["priority"]
    assert reading.changes.line.tolist() == [3, 3, 2]
    assert [priority.text(row) for row in range(3)] == ["P1", "P1", "P2"]


def test_the_order_of_day_and_month_is_told_by_any_time_column(tmp_path: Path) -> None:
    content = "id,opened,closed\nA,03/04/2025 01:00,13/04/2025 01:00\n"

    reading = read_service_data(a_file(tmp_path, content), an_item_mapping("opened", "closed"))

    assert histories(reading)["A"][0] == ("2025-04-03T01:00:00", "new")
