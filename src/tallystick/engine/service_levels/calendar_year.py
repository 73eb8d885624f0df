"""A calendar over one year: the hours of each day, its holidays, and where the clock changes."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from tallystick.engine.service_levels.calendars import WorkingTime, compile_calendar
from tallystick.engine.service_levels.terms import Calendar
from tallystick.engine.service_levels.terms.hours import DAY
from tallystick.engine.service_levels.terms.zones import local_midnight, pieces
from tallystick.engine.values import moment


@dataclass(frozen=True, slots=True)
class YearDay:
    """
    One local day: how many seconds of it count, and what is special about it.

    `clock_moves` is by how many seconds the local clock is put forward that day, negative if it
    is put back; `inside_hours` says whether it moves while the calendar is open.
    """

    day: date
    open: int
    is_holiday: bool
    clock_moves: int
    inside_hours: bool


def year_of(calendar: Calendar, year: int) -> tuple[YearDay, ...]:
    """Return every day of a year; a night shift counts on the days on which its hours lie."""
    first, after = date(year, 1, 1), date(year + 1, 1, 1)
    days = [first + timedelta(days=number) for number in range((after - first).days)]
    edges = [local_midnight(day, calendar.zone) for day in [*days, after]]
    working = compile_calendar(calendar, edges[0] - DAY, edges[-1] + DAY)
    worked = working.worked(edges)
    moves = _moves(calendar, edges[0], edges[-1])
    holidays = frozenset(calendar.holidays)
    return tuple(
        YearDay(
            day=day,
            open=int(worked[number + 1] - worked[number]),
            is_holiday=day in holidays,
            clock_moves=moves[day][0] if day in moves else 0,
            inside_hours=day in moves and _is_open_at(working, moves[day][1]),
        )
        for number, day in enumerate(days)
    )


def _moves(calendar: Calendar, start: int, end: int) -> dict[date, tuple[int, int]]:
    """Return by how much, and at which instant, the clock moves on each day on which it does."""
    stretch = pieces(calendar.zone, start, end)
    zone = ZoneInfo(calendar.zone)
    return {
        moment(later.start - 1).astimezone(zone).date(): (
            later.offset - earlier.offset,
            later.start,
        )
        for earlier, later in pairwise(stretch)
    }


def _is_open_at(working: WorkingTime, instant: int) -> bool:
    """Return whether the calendar is open in the second before and in the second after."""
    return int(working.worked(instant + 1) - working.worked(instant - 1)) == 2


def years_of(first: date, until: date) -> range:
    """Return the years that a term touches; `until` is the day after its last."""
    return range(first.year, (until - timedelta(days=1)).year + 1)
