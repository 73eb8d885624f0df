"""Working time: how much of it lies between instants, and the way back."""

import time
from collections.abc import Iterator
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallystick.engine.service_levels.calendars import (
    WorkingTime,
    compile_calendar,
    working_time,
)
from tallystick.engine.service_levels.slots import MANY
from tallystick.engine.service_levels.terms.zones import local_midnight, pieces
from tallystick.engine.values import FOREVER
from tests.engine.service_levels.builders import a_calendar, at
from tests.engine.service_levels.oracle_hours import Hours
from tests.engine.service_levels.strategies import calendars

DAY = 86_400
MONDAY = at("2012-03-05T00:00+01:00")


@pytest.fixture
def machine_zone(request: pytest.FixtureRequest) -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", request.param)
        time.tzset()
        yield request.param
    time.tzset()


def a_week() -> WorkingTime:
    return compile_calendar(a_calendar(), MONDAY, MONDAY + 7 * DAY)


def compiled(place: tuple[dict[str, Any], date]) -> tuple[WorkingTime, int]:
    """Return five days of a generated calendar around its clock change, and their start."""
    document, change = place
    start = local_midnight(change, document["zone"]) - 2 * DAY
    calendar = a_calendar(document["hours"], document["zone"], document["holidays"])
    return compile_calendar(calendar, start, start + 5 * DAY), start


def test_an_office_week_has_forty_hours() -> None:
    assert a_week().total == 40 * 3600


def test_the_limit_is_reached_as_a_segment_ends_not_as_the_next_begins() -> None:
    got = a_week().instant_of([8 * 3600, 8 * 3600 + 1])

    assert got.tolist() == [at("2012-03-05T17:00+01:00"), at("2012-03-06T09:00:01+01:00")]


def test_working_time_beyond_the_coverage_is_never_reached() -> None:
    assert a_week().instant_of(40 * 3600 + 1).tolist() == FOREVER


def test_no_working_time_is_reached_at_the_start() -> None:
    assert a_week().instant_of([0, -5]).tolist() == [MONDAY, MONDAY]


@pytest.mark.parametrize("instant", [MONDAY - 1, MONDAY + 7 * DAY + 1, FOREVER])
def test_an_instant_outside_the_coverage_is_a_fault(instant: int) -> None:
    with pytest.raises(ValueError, match="leaves"):
        a_week().worked([instant])


def test_a_calendar_around_the_clock_is_one_segment_across_clock_changes() -> None:
    start = at("2012-01-01T00:00Z")

    got = compile_calendar(a_calendar("always"), start, start + 366 * DAY)

    assert got.open_between(start, start + 366 * DAY) == [(start, start + 366 * DAY)]


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Europe/Madrid", "Pacific/Auckland"])
def test_a_coverage_may_begin_and_end_within_a_night_shift(zone: str) -> None:
    start = local_midnight(date(2012, 3, 6), zone) + 1800
    working = compile_calendar(a_calendar({"mon-sun": ["22:00-06:00"]}, zone), start, start + DAY)

    got = working.open_between(start, start + DAY)

    assert got == [(start, start + 19_800), (start + 19_800 + 16 * 3600, start + DAY)]


def test_open_segments_are_clipped_to_what_is_asked() -> None:
    since, until = at("2012-03-05T16:00+01:00"), at("2012-03-06T09:30+01:00")

    got = a_week().open_between(since, until)

    assert got == [(since, at("2012-03-05T17:00+01:00")), (at("2012-03-06T09:00+01:00"), until)]


@pytest.mark.parametrize(
    ("instant", "why"),
    [
        ("2012-05-01T08:59:59+02:00", None),
        ("2012-05-01T09:00+02:00", date(2012, 5, 1)),
        ("2012-05-01T17:00+02:00", None),
        ("2012-05-05T10:00+02:00", None),
    ],
)
def test_closed_time_is_a_holiday_only_where_a_shift_was_removed(
    instant: str, why: date | None
) -> None:
    calendar = a_calendar(holidays=["2012-05-01", "2012-05-05"])
    working = working_time(calendar, at(instant), at(instant), 0)

    assert working.why_closed(at(instant)) == why


def test_the_small_hours_after_a_removed_night_shift_name_the_day_it_would_have_started() -> None:
    calendar = a_calendar({"mon-sun": ["22:00-06:00"]}, holidays=["2012-05-01"])
    instant = at("2012-05-02T03:00+02:00")

    got = working_time(calendar, instant, instant, 0).why_closed(instant)

    assert got == date(2012, 5, 1)


def test_asking_why_open_time_is_closed_is_a_fault() -> None:
    with pytest.raises(ValueError, match="is open"):
        a_week().why_closed(at("2012-03-05T09:00+01:00"))


def test_two_holidays_in_a_row_are_told_apart_around_the_clock() -> None:
    calendar = a_calendar("always", holidays=["2012-12-25", "2012-12-26"])
    since, until = at("2012-12-24T12:00+01:00"), at("2012-12-27T12:00+01:00")

    got = working_time(calendar, since, until, 0).removed_between(since, until)

    midnights = [at(f"2012-12-{day}T00:00+01:00") for day in (25, 26, 27)]
    assert got == [
        (midnights[0], midnights[1], date(2012, 12, 25)),
        (midnights[1], midnights[2], date(2012, 12, 26)),
    ]


def test_coverage_reaches_on_until_the_reserve_fits() -> None:
    calendar = a_calendar({"sun": ["02:00-03:00"]}, zone="UTC")

    got = working_time(calendar, MONDAY, MONDAY, 1000 * 3600)

    assert got.total - int(got.worked(MONDAY)) >= 1000 * 3600


def test_all_holidays_leave_no_working_time() -> None:
    calendar = a_calendar(holidays=[f"2012-03-0{day}" for day in range(5, 10)])

    got = compile_calendar(calendar, MONDAY, MONDAY + 7 * DAY)

    assert got.total == 0
    assert got.instant_of([0, 1]).tolist() == [MONDAY, FOREVER]


def test_pieces_of_a_zone_find_two_changes_of_a_year() -> None:
    start = at("2012-01-01T00:00Z")

    got = pieces("Europe/Madrid", start, start + 366 * DAY)

    assert [(piece.start, piece.offset) for piece in got] == [
        (start, 3600),
        (at("2012-03-25T01:00Z"), 7200),
        (at("2012-10-28T01:00Z"), 3600),
    ]


def test_pieces_find_a_day_that_a_zone_skipped() -> None:
    # Samoa went from 29 to 31 December 2011, across the date line.
    start = at("2011-12-30T00:00Z")

    got = pieces("Pacific/Apia", start, start + 2 * DAY)

    assert [piece.offset for piece in got] == [-10 * 3600, 14 * 3600]


@settings(max_examples=60, deadline=None)
@given(place=calendars(), minutes=st.lists(st.integers(0, 5 * 1440 - 1), min_size=1, max_size=50))
def test_each_minute_is_open_or_closed_as_the_walker_sees_it(
    place: tuple[dict[str, Any], date], minutes: list[int]
) -> None:
    working, start = compiled(place)
    instants = start + 60 * np.asarray(minutes)

    got = working.worked(instants + 60) - working.worked(instants)

    walker = Hours(place[0])
    assert got.tolist() == [60 * walker.is_open(instant) for instant in instants.tolist()]


@settings(max_examples=60, deadline=None)
@given(place=calendars(), share=st.floats(0, 1))
def test_the_instant_at_which_time_is_worked_is_the_earliest(
    place: tuple[dict[str, Any], date], share: float
) -> None:
    working, start = compiled(place)
    goal = int(working.total * share)

    instant = int(working.instant_of(goal))

    assert working.worked(instant) == goal
    assert instant == start or working.worked(instant - 1) < goal


@settings(max_examples=60, deadline=None)
@given(place=calendars())
def test_many_instants_are_found_as_each_is_found_alone(place: tuple[dict[str, Any], date]) -> None:
    working, _ = compiled(place)
    goals = np.linspace(-2, working.total + 2, MANY).astype(np.int64)

    many = working.instant_of(goals)

    assert many.tolist() == [int(working.instant_of(goal)) for goal in goals]


@settings(max_examples=60, deadline=None)
@given(place=calendars())
def test_many_instants_are_worked_up_to_as_few_are(place: tuple[dict[str, Any], date]) -> None:
    working, start = compiled(place)
    instants = np.linspace(start, start + 5 * DAY, MANY).astype(np.int64)

    many = working.worked(instants)

    few = [working.worked(part) for part in np.array_split(instants, 2)]
    assert many.tolist() == np.concatenate(few).tolist()


@settings(max_examples=60, deadline=None)
@given(place=calendars(), cuts=st.lists(st.integers(0, 5 * DAY), min_size=2, max_size=6))
def test_working_time_is_the_sum_of_its_open_segments(
    place: tuple[dict[str, Any], date], cuts: list[int]
) -> None:
    working, start = compiled(place)
    since, until = start + min(cuts), start + max(cuts)

    segments = working.open_between(since, until)

    passed = int(working.worked(until) - working.worked(since))
    assert sum(end - begin for begin, end in segments) == passed


@pytest.mark.parametrize("machine_zone", ["Pacific/Auckland", "America/Lima"], indirect=True)
def test_the_zone_of_the_machine_plays_no_part(machine_zone: str) -> None:
    night = a_calendar({"mon-sun": ["22:00-06:00"]})
    # A start of its own for each zone: what is remembered from the other one is of no use.
    start = at("2012-03-24T12:00+01:00") + len(machine_zone)

    got = compile_calendar(night, start, start + DAY)

    assert got.open_between(start, start + DAY) == [
        (at("2012-03-24T21:00Z"), at("2012-03-25T04:00Z"))
    ]


@pytest.mark.parametrize("machine_zone", ["Pacific/Auckland", "America/Lima"], indirect=True)
def test_a_local_midnight_is_that_of_the_zone_asked_for(machine_zone: str) -> None:
    midnight = local_midnight(date(2012, 3, 25), "Europe/Madrid")

    assert midnight == at("2012-03-25T00:00+01:00")
