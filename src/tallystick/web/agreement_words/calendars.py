"""A calendar in plain words: its hours by day, and its holidays by year."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from tallystick.engine.service_levels.terms import Calendar
from tallystick.engine.service_levels.terms.hours import DAY, WEEKDAYS, WeeklyHours, hours_document
from tallystick.web.components.words import duration, words
from tallystick.web.counts import counted, listed

CLOSED = "closed"
DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class CalendarWords:
    """A calendar: `hours` are (days, shifts) pairs, `holidays` (year, days) pairs."""

    name: str
    zone: str
    hours: tuple[tuple[str, str], ...]
    weekly: str
    holidays: tuple[tuple[int, str], ...]
    holiday_count: str

    @property
    def title(self) -> str:
        """Return the calendar's name as a heading."""
        return f"Calendar: {words(self.name)}"


def calendar_words(name: str, calendar: Calendar) -> CalendarWords:
    """Return a calendar in words."""
    seconds = sum(end - start for shifts in calendar.hours for start, end in shifts)
    years = groupby(calendar.holidays, key=lambda holiday: holiday.year)
    return CalendarWords(
        name=name,
        zone=calendar.zone,
        hours=_hours(calendar.hours),
        weekly=duration(seconds),
        holidays=tuple((year, _days(list(found))) for year, found in years),
        holiday_count=counted(len(calendar.holidays), "holiday"),
    )


def _hours(hours: WeeklyHours) -> tuple[tuple[str, str], ...]:
    if all(shifts == ((0, DAY),) for shifts in hours):
        return (("Every day", "around the clock"),)
    stated = hours_document(hours)
    by_day = [", ".join(stated.get(name, [])).replace("-", " to ") for name in WEEKDAYS]
    runs = [list(run) for _, run in groupby(range(7), key=lambda number: by_day[number])]
    return tuple((_run(run), by_day[run[0]] or CLOSED) for run in runs)


def stretches_words(hours: WeeklyHours) -> str:
    """Say when weekly hours are: "Sunday 02:00 to 06:00"; empty for none."""
    return listed([f"{days} {shifts}" for days, shifts in _hours(hours) if shifts != CLOSED])


def _run(days: list[int]) -> str:
    if len(days) == 1:
        return DAY_NAMES[days[0]]
    return f"{DAY_NAMES[days[0]]} to {DAY_NAMES[days[-1]]}"


def _days(found: list[date]) -> str:
    return ", ".join(f"{each.day} {each:%b}" for each in found)
