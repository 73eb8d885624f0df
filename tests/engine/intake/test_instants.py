"""Raw times -> UTC seconds: forms, zones, order of day and month, and what is no time."""

from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.engine.intake.instants import (
    AmbiguousDateOrder,
    Problem,
    ZoneNeeded,
    date_order,
    read_times,
)
from tallystick.engine.intake.mapping import Time
from tallystick.engine.values import moment, seconds


def read(text: str, order: str = "day-first", **time: Any) -> str:
    """Return a text's instant as ISO text, or the name of its problem."""
    times = read_times([text], Time(**{"zone": "UTC"} | time), order, "at")
    if times.problem[0]:
        return Problem(int(times.problem[0])).name
    return moment(int(times.at[0])).strftime("%Y-%m-%dT%H:%M:%S")


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2025-04-03T14:50:17Z", "2025-04-03T14:50:17"),
        ("2025-04-03 14:50:17", "2025-04-03T14:50:17"),
        ("2025-04-03T14:50", "2025-04-03T14:50:00"),
        ("2025-04-03T14:50:17.999999999", "2025-04-03T14:50:17"),
        ("2025-04-03T14:50:17,5", "2025-04-03T14:50:17"),
        ("2025-04-03T14:50:17+02:00", "2025-04-03T12:50:17"),
        ("2025-04-03 14:50:17 +0200", "2025-04-03T12:50:17"),
        ("2025-04-03T14:50:17-05", "2025-04-03T19:50:17"),
        ("2025/04/03 14:50:17.000", "2025-04-03T14:50:17"),
        ("2025.4.3 4:50", "2025-04-03T04:50:00"),
        ("03/04/2025 14:50", "2025-04-03T14:50:00"),
        ("3.4.2025 14:50:17", "2025-04-03T14:50:17"),
        ("03-04-2025, 14:50", "2025-04-03T14:50:00"),
        ("03/04/2025 12:05 AM", "2025-04-03T00:05:00"),
        ("03/04/2025 12:05 pm", "2025-04-03T12:05:00"),
        ("03/04/2025 01:05PM", "2025-04-03T13:05:00"),
        ("03/04/2025 14:50 +02:00", "2025-04-03T12:50:00"),
        ("03/04/2025 14:50 -0330", "2025-04-03T18:20:00"),
        ("03/04/2025 14:50 GMT", "2025-04-03T14:50:00"),
        ("1970-01-01T00:00:00", "1970-01-01T00:00:00"),
        ("2038-01-19T03:14:08", "2038-01-19T03:14:08"),
        ("2100-12-31T23:59:59", "2100-12-31T23:59:59"),
    ],
)
def test_a_time_is_read(text: str, instant: str) -> None:
    found = read(text)

    assert found == instant


def test_the_month_may_come_first() -> None:
    found = read("03/04/2025 14:50", order="month-first")

    assert found == "2025-03-04T14:50:00"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "EMPTY"),
        ("yesterday", "UNREADABLE"),
        ("2025-02-30T10:00", "UNREADABLE"),
        ("31/02/2025 10:00", "UNREADABLE"),
        ("2025-04-03T24:30", "UNREADABLE"),
        ("03/04/25 10:00", "UNREADABLE"),
        ("03/04/2025 13:00 PM", "UNREADABLE"),
        ("1296468742", "UNREADABLE"),
        ("45658", "SERIAL"),
        ("45658,5", "SERIAL"),
        ("2025-04-03", "DATE_ONLY"),
        ("03/04/2025", "DATE_ONLY"),
        ("0001-01-01T00:00", "OUT_OF_RANGE"),
        ("9999-12-31T23:59:59", "OUT_OF_RANGE"),
        ("1969-12-31T23:59:59", "OUT_OF_RANGE"),
        ("2101-01-01T00:00", "OUT_OF_RANGE"),
    ],
)
def test_what_is_no_time_says_why(text: str, problem: str) -> None:
    found = read(text)

    assert found == problem


@pytest.mark.parametrize(
    ("local", "utc"),
    [
        ("2025-03-30T01:59:59", "2025-03-30T00:59:59"),
        ("2025-03-30T02:30:00", "2025-03-30T01:30:00"),  # in the gap: offset before it, +01:00
        ("2025-03-30T03:00:00", "2025-03-30T01:00:00"),
        ("2025-10-26T02:30:00", "2025-10-26T00:30:00"),  # in the overlap: the first, +02:00
        ("2025-10-26T03:00:00", "2025-10-26T02:00:00"),
    ],
)
def test_local_times_follow_rfc_5545_at_clock_changes(local: str, utc: str) -> None:
    found = read(local, zone="Europe/Rome")

    assert found == utc


def test_an_offset_wins_over_the_zone() -> None:
    found = read("2025-04-03T14:00:00Z", zone="Asia/Kathmandu")

    assert found == "2025-04-03T14:00:00"


def test_a_time_without_offset_needs_a_zone() -> None:
    with pytest.raises(ZoneNeeded) as refused:
        read_times(["2025-04-03T14:00:00"], Time(), "day-first", "opened")

    assert refused.value.place == "column opened"


def test_times_with_offsets_need_no_zone() -> None:
    times = read_times(["2025-04-03T14:00:00Z"], Time(), "day-first", "opened")

    assert times.problem.tolist() == [Problem.NONE]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("31/Jan/25 2:15 PM", "2025-01-31T14:15:00"),
        ("2025-01-31T14:15:00", "2025-01-31T14:15:00"),
        ("31/01/2025 14:15", "UNREADABLE"),
    ],
)
def test_a_named_format_is_read_and_nothing_else_but_iso(text: str, found: str) -> None:
    answer = read(text, format="%d/%b/%y %I:%M %p")

    assert answer == found


@pytest.mark.parametrize(
    ("values", "order"),
    [
        (["03/04/2025 10:00", "13/04/2025 10:00"], "day-first"),
        (["03/04/2025 10:00", "04/13/2025 10:00"], "month-first"),
        (["2025-04-03T10:00"], "day-first"),
        ([], "day-first"),
    ],
)
def test_one_day_above_twelve_decides_for_the_whole_file(values: list[str], order: str) -> None:
    found = date_order({"at": [], "closed": values}, Time())

    assert found == order


@pytest.mark.parametrize("order", ["day-first", "month-first"])
def test_the_order_in_the_mapping_wins(order: Literal["day-first", "month-first"]) -> None:
    found = date_order({"at": ["13/04/2025 10:00"]}, Time(order=order))

    assert found == order


def test_an_order_without_evidence_is_refused_with_an_example() -> None:
    with pytest.raises(AmbiguousDateOrder, match="'03/04/2025 10:00' can be read") as refused:
        date_order({"at": ["03/04/2025 10:00", "12/12/2025 10:00"]}, Time())

    assert refused.value.place == "column at"


@given(st.integers(0, seconds(moment(4_133_980_799))), st.sampled_from(["+00:00", "+05:45"]))
def test_an_instant_written_as_iso_text_comes_back(instant: int, offset: str) -> None:
    shift = 0 if offset == "+00:00" else 5 * 3600 + 45 * 60
    text = moment(instant).strftime("%Y-%m-%dT%H:%M:%S") + offset

    times = read_times([text], Time(), "day-first", "at")

    assert times.at.tolist() == [instant - shift]
