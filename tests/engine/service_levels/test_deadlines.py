"""Minutes to respond, counted on a calendar with holidays and across a change of the clock."""

from datetime import UTC, datetime

from tallystick.engine.service_levels.deadlines import (
    ROUND_THE_CLOCK,
    due_after,
    working_seconds_left,
)
from tallystick.engine.service_levels.terms import Calendar

BERLIN = {"zone": "Europe/Berlin"}
OFFICE = Calendar.model_validate(
    BERLIN | {"hours": {"mon-fri": ["08:00-17:00"]}, "holidays": ["2026-04-03", "2026-04-06"]}
)
NIGHTS = Calendar.model_validate(BERLIN | {"hours": {"sat": ["22:00-06:00"]}})


def at(text: str) -> datetime:
    """Return an instant in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_round_the_clock_every_minute_counts() -> None:
    assert due_after(ROUND_THE_CLOCK, at("2026-03-28T23:30"), 90) == at("2026-03-29T01:00")


def test_holidays_and_weekends_are_passed_over() -> None:
    # Thursday 16:00 in Berlin; Good Friday, the weekend and Easter Monday count nothing.
    assert due_after(OFFICE, at("2026-04-02T14:00"), 120) == at("2026-04-07T07:00")


def test_before_the_hours_begin_the_clock_waits_for_them() -> None:
    assert due_after(OFFICE, at("2026-04-01T03:00"), 30) == at("2026-04-01T06:30")


def test_the_night_of_a_clock_change_is_as_long_as_it_really_is() -> None:
    # 28 March 2026, 22:00 to 06:00: an hour is missing, seven are there.
    assert due_after(NIGHTS, at("2026-03-28T21:00"), 7 * 60) == at("2026-03-29T04:00")
    # 24 October 2026: an hour comes twice, nine are there.
    assert due_after(NIGHTS, at("2026-10-24T20:00"), 9 * 60) == at("2026-10-25T05:00")


def test_a_calendar_that_never_opens_for_so_long_has_no_end() -> None:
    # No calendar is without hours; an hour a week takes 300 years for a million minutes.
    seldom = Calendar.model_validate(BERLIN | {"hours": {"sat": ["08:00-09:00"]}})
    assert due_after(seldom, at("2026-03-28T21:00"), 1_000_000) is None


def test_what_is_left_is_counted_in_the_same_time_and_may_be_over() -> None:
    due = at("2026-04-07T07:00")
    assert working_seconds_left(OFFICE, at("2026-04-02T14:00"), due) == 120 * 60
    assert working_seconds_left(OFFICE, at("2026-04-05T14:00"), due) == 60 * 60
    assert working_seconds_left(OFFICE, at("2026-04-07T08:30"), due) == -90 * 60
