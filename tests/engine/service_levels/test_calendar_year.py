"""A calendar's year, and what looks wrong in it."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings

from tallystick.engine.service_levels.calendar_oddities import oddities_of
from tallystick.engine.service_levels.calendar_year import year_of
from tallystick.engine.service_levels.calendars import compile_calendar
from tallystick.engine.service_levels.terms import Calendar
from tallystick.engine.service_levels.terms.zones import local_midnight
from tests.engine.service_levels.builders import a_calendar
from tests.engine.service_levels.strategies import calendars

TERM = (date(2026, 1, 1), date(2027, 1, 1))


def codes_of(calendar: Calendar) -> list[str]:
    """Return the codes of what looks wrong in a calendar in 2026."""
    return [each.code for each in oddities_of(calendar, *TERM)]


def test_a_day_has_the_hours_of_its_shifts() -> None:
    days = year_of(a_calendar({"mon-fri": ["08:00-12:30", "13:30-18:00"]}), 2026)

    assert (len(days), days[0].open, days[2].open) == (365, 9 * 3600, 0)


def test_a_holiday_is_marked_and_has_no_hours() -> None:
    day = year_of(a_calendar(holidays=["2026-05-01"]), 2026)[120]

    assert (day.day, day.is_holiday, day.open) == (date(2026, 5, 1), True, 0)


@pytest.mark.parametrize(
    ("number", "hours", "moves"), [(87, 23, 3600), (297, 25, -3600), (100, 24, 0)]
)
def test_a_day_on_which_the_clock_changes_is_as_long_as_it_was(
    number: int, hours: int, moves: int
) -> None:
    day = year_of(a_calendar("always"), 2026)[number]

    assert (day.open, day.clock_moves, day.inside_hours) == (hours * 3600, moves, moves != 0)


def test_a_clock_change_out_of_hours_is_not_inside_them() -> None:
    day = year_of(a_calendar({"sun": ["09:00-17:00"]}), 2026)[87]

    assert (day.clock_moves, day.inside_hours) == (3600, False)


@settings(max_examples=25, deadline=None)
@given(calendars())
def test_the_days_of_a_year_add_up_to_its_working_time(place: tuple[dict[str, Any], date]) -> None:
    document, change = place
    calendar = Calendar.model_validate(document)

    days = year_of(calendar, change.year)

    years = (change.year, change.year + 1)
    edges = [local_midnight(date(year, 1, 1), calendar.zone) for year in years]
    working = compile_calendar(calendar, edges[0] - 86_400, edges[1] + 86_400)
    start, end = working.worked(edges)
    assert sum(day.open for day in days) == end - start


def test_a_year_without_holidays_looks_wrong() -> None:
    assert codes_of(a_calendar()) == ["calendar.no-holidays"]


def test_round_the_clock_needs_no_holidays() -> None:
    assert "calendar.no-holidays" not in codes_of(a_calendar("always"))


def test_a_holiday_on_a_closed_day_removes_nothing() -> None:
    found = oddities_of(a_calendar(holidays=["2026-05-01", "2026-08-15"]), *TERM)

    assert [(each.code, each.days) for each in found] == [
        ("calendar.holiday-on-a-closed-day", (date(2026, 8, 15),))
    ]


@pytest.mark.parametrize(("country", "odd"), [("ES", False), ("FR", True), ("XX", True)])
def test_a_zone_of_another_country_looks_wrong(country: str, odd: bool) -> None:
    calendar = a_calendar(holidays=["2026-05-01"]).model_copy(update={"country": country})

    assert ("calendar.zone-of-another-country" in codes_of(calendar)) is odd


def test_a_clock_change_inside_hours_is_named_with_its_days() -> None:
    (found,) = oddities_of(a_calendar("always"), *TERM)

    assert (found.code, found.days) == (
        "calendar.clock-change-inside-hours",
        (date(2026, 3, 29), date(2026, 10, 25)),
    )
