"""Rows of an event log: accepted in order, or rejected with line, code and column."""

from pathlib import Path
from typing import Any

import pytest

from tallystick.engine.intake import read_service_data, spans_of
from tallystick.engine.values import FOREVER, STATES
from tests.engine.intake.makers import (
    a_file,
    a_log_mapping,
    histories,
    read_log,
    reasons,
)

T = "2025-01-02T0{}:00:00"
MIDNIGHT = 1_735_776_000  # 2025-01-02T00:00Z
GOOD = "A,2025-01-02T03:00:00,open\n"


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ("A,2025-01-02T03:00:00", "row.too-few-cells", ""),
        ("A,2025-01-02T03:00:00,open,more", "row.too-many-cells", ""),
        (",2025-01-02T03:00:00,open", "row.no-item", "id"),
        ("  ,2025-01-02T03:00:00,open", "row.no-item", "id"),
        ("A,,open", "row.no-time", "at"),
        ("A,soon,open", "row.unreadable-time", "at"),
        ("A,45658.5,open", "row.serial-time", "at"),
        ("A,2025-01-02,open", "row.date-without-time", "at"),
        ("A,0001-01-01T00:00:00,open", "row.time-out-of-range", "at"),
        ("A,9999-12-31T23:59:59,open", "row.time-out-of-range", "at"),
        ("A,2025-01-02T03:00:00,", "row.no-state", "state"),
        ("A,2025-01-02T03:00:00,closed?", "row.unknown-state", "state"),
        ("x" * 201 + ",2025-01-02T03:00:00,open", "row.too-long", "id"),
        (",soon,closed?", "row.no-item", "id"),
    ],
)
def test_a_row_that_cannot_be_read_is_rejected_and_the_others_are_not(
    tmp_path: Path, row: str, code: str, column: str
) -> None:
    reading = read_log(tmp_path, GOOD + row + "\n" + GOOD.replace("A", "B"))

    assert reasons(reading) == [(3, code, column)]
    assert list(histories(reading)) == ["A", "B"]
    assert reading.rejected[0].reason.remedy


def test_a_rejected_row_keeps_its_cells_as_they_stood(tmp_path: Path) -> None:
    reading = read_log(tmp_path, ' A ," soon","open"\nB,x\n')

    assert [row.cells for row in reading.rejected] == [(" A ", " soon", "open"), ("B", "x")]


def test_an_unknown_state_is_named_with_the_way_to_map_it(tmp_path: Path) -> None:
    reading = read_log(tmp_path, "A,2025-01-02T03:00:00,Parked\n")

    assert reading.rejected[0].sentence == (
        "state: 'Parked' is mapped to no state. "
        "Add 'Parked' to `states` in the mapping, or correct the row."
    )


def test_a_long_attribute_rejects_its_row(tmp_path: Path) -> None:
    path = a_file(tmp_path, f"id,at,state,who\nA,2025-01-02T03:00:00,open,{'x' * 2001}\n")

    reading = read_service_data(path, a_log_mapping(attributes={"customer": "who"}))

    assert reasons(reading) == [(2, "row.too-long", "who")]


def test_rows_are_sorted_by_item_and_time_and_then_as_in_the_file(tmp_path: Path) -> None:
    rows = [("B", 5, "open"), ("A", 5, "work"), ("A", 3, "open"), ("A", 5, "wait")]

    reading = read_log(tmp_path, "".join(f"{i},{T.format(h)},{s}\n" for i, h, s in rows))

    assert histories(reading) == {
        "A": [(T.format(3), "new"), (T.format(5), "in-progress"), (T.format(5), "on-hold")],
        "B": [(T.format(5), "new")],
    }


def test_exact_repeats_of_a_change_are_kept(tmp_path: Path) -> None:
    reading = read_log(tmp_path, GOOD + GOOD)

    assert (reading.accepted, reading.unchanged, len(reading.changes)) == (2, 0, 2)


def test_attributes_come_with_each_row(tmp_path: Path) -> None:
    path = a_file(tmp_path, f"id,at,state,p\nA,{T.format(3)},open, P1 \nA,{T.format(4)},work,\n")

    reading = read_service_data(path, a_log_mapping(attributes={"priority": "p"}))

    priority = reading.changes.attributes["priority"]
    assert [priority.text(row) for row in range(2)] == ["P1", ""]


def spans_as_text(folder: Path, rows: list[tuple[str, int, str]]) -> list[tuple[Any, ...]]:
    """Return item, first hour, last hour (None: for ever) and state of each span."""
    text = "".join(f"{item},{T.format(hour)},{state}\n" for item, hour, state in rows)
    spans = spans_of(read_log(folder, text).changes)
    hours = {FOREVER: None} | {MIDNIGHT + hour * 3600: hour for hour in range(10)}
    return [
        (spans.ids[item], hours[since], hours[until], STATES[state].value)
        for item, since, until, state in zip(
            spans.item.tolist(),
            spans.since.tolist(),
            spans.until.tolist(),
            spans.state.tolist(),
            strict=True,
        )
    ]


def test_a_span_lasts_until_the_next_change_of_its_item(tmp_path: Path) -> None:
    spans = spans_as_text(tmp_path, [("A", 1, "open"), ("B", 2, "open"), ("A", 4, "done")])

    assert spans == [
        ("A", 1, 4, "new"),
        ("A", 4, None, "resolved"),
        ("B", 2, None, "new"),
    ]


def test_two_changes_in_one_second_make_a_span_of_no_length(tmp_path: Path) -> None:
    spans = spans_as_text(tmp_path, [("A", 1, "open"), ("A", 1, "work")])

    assert spans == [("A", 1, 1, "new"), ("A", 1, None, "in-progress")]


def test_a_first_row_need_not_be_new(tmp_path: Path) -> None:
    spans = spans_as_text(tmp_path, [("A", 1, "wait")])

    assert spans == [("A", 1, None, "on-hold")]


def test_a_row_that_is_the_same_leaves_the_state_as_it_was(tmp_path: Path) -> None:
    spans = spans_as_text(
        tmp_path, [("A", 1, "work"), ("A", 2, "note"), ("B", 1, "note"), ("B", 2, "done")]
    )

    assert [state for *_, state in spans] == ["in-progress", "in-progress", "new", "resolved"]


def test_a_file_of_rejected_rows_alone_makes_no_spans(tmp_path: Path) -> None:
    reading = read_log(tmp_path, "A,soon,open\n")

    spans = spans_of(reading.changes)

    assert (reading.read, reading.accepted, len(spans.item), spans.ids) == (1, 0, 0, ())


def test_a_file_may_name_its_columns_in_any_order(tmp_path: Path) -> None:
    path = a_file(tmp_path, f"state,at,id\nopen,{T.format(3)},A\n")

    reading = read_service_data(path, a_log_mapping())

    assert histories(reading) == {"A": [(T.format(3), "new")]}
