"""A calendar over one year, as twelve small tables and as rows; drawn by its component."""

from calendar import Calendar as Weeks
from calendar import month_name
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict
from django.utils.safestring import SafeString

from tallystick.engine.service_levels.calendar_year import YearDay, year_of
from tallystick.engine.service_levels.terms import Calendar
from tallystick.web.components.draw import draw
from tallystick.web.components.words import day, duration
from tallystick.web.counts import counted
from tallystick.web.tables import Column, Empty, Table

SHADES = 4
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_KINDS = (
    ("open", "Open"),
    ("closed", "Closed"),
    ("holiday", "Holiday"),
    ("idle-holiday", "Holiday on a closed day"),
)


@dataclass(frozen=True, slots=True)
class DayCell:
    """
    One day of the year: what stands in its cell, and how it is shaded.

    `shade` is 0 where nothing is open, up to `SHADES` for the longest day of the year.
    """

    year_day: YearDay
    shade: int
    kind: str

    @property
    def day(self) -> date:
        """Return the day."""
        return self.year_day.day

    @property
    def weekday(self) -> str:
        """Return the day of the week."""
        return f"{self.day:%A}"

    @property
    def open(self) -> int:
        """Return the open seconds."""
        return self.year_day.open

    @property
    def hours(self) -> str:
        """Return the open hours as a cell has room for: 8 h, 8:30, or nothing."""
        if not self.open:
            return ""
        return _clock(self.open) if self.open % 3600 else f"{self.open // 3600} h"

    @property
    def clock(self) -> str:
        """Return by how much the clock is put forward, or back: +1 h; empty on other days."""
        return moved(self.year_day.clock_moves)

    @property
    def words(self) -> str:
        """Say everything about the day."""
        said = [f"{self.weekday}, {day(self.day)}"]
        said.append(f"{duration(self.open)} open" if self.open else "closed")
        if self.year_day.is_holiday:
            said.append("holiday")
        if self.clock:
            inside = ", while the calendar is open" if self.year_day.inside_hours else ""
            said.append(f"the clock moves by {self.clock}{inside}")
        return ": ".join([said[0], "; ".join(said[1:])])


@dataclass(frozen=True, slots=True)
class MonthGrid:
    """One month as weeks of seven cells; None stands for a day of another month."""

    name: str
    weeks: Sequence[Sequence[DayCell | None]]

    @property
    def total(self) -> str:
        """Return the open hours of the month."""
        return duration(sum(cell.open for week in self.weeks for cell in week if cell))


@dataclass(frozen=True, slots=True)
class YearCalendar:
    """A year of a calendar; a template prints it."""

    name: str
    year: int
    days: tuple[DayCell, ...]

    weekdays = WEEKDAYS

    def __str__(self) -> SafeString:
        """Return the twelve months."""
        return draw("year_calendar", calendar=self)

    __html__ = __str__

    @property
    def months(self) -> list[MonthGrid]:
        """Return the twelve months."""
        cells = {cell.day: cell for cell in self.days}
        weeks = Weeks()
        return [
            MonthGrid(
                month_name[number],
                [
                    [cells[each] if each.month == number else None for each in week]
                    for week in weeks.monthdatescalendar(self.year, number)
                ],
            )
            for number in range(1, 13)
        ]

    @property
    def summary(self) -> str:
        """Say in a sentence what the year holds."""
        days = counted(self.open_days, "open day")
        return f"{self.total} on {days}; {counted(len(self.holidays), 'holiday')}."

    @property
    def total(self) -> str:
        """Return the open hours of the year."""
        return duration(sum(cell.open for cell in self.days))

    @property
    def open_days(self) -> int:
        """Return how many days have open hours."""
        return sum(cell.open > 0 for cell in self.days)

    @property
    def holidays(self) -> list[DayCell]:
        """Return the holidays of the year."""
        return [cell for cell in self.days if cell.year_day.is_holiday]

    @property
    def clock_changes(self) -> list[DayCell]:
        """Return the days on which the clock moves."""
        return [cell for cell in self.days if cell.clock]


def year_calendar(name: str, calendar: Calendar, year: int) -> YearCalendar:
    """Return a year of a calendar, ready to draw."""
    days = year_of(calendar, year)
    longest = max(each.open for each in days)
    return YearCalendar(name, year, tuple(_cell(each, longest, calendar) for each in days))


def _cell(each: YearDay, longest: int, calendar: Calendar) -> DayCell:
    shade = -(-each.open * SHADES // longest) if longest else 0
    if not each.is_holiday:
        return DayCell(each, shade, "open" if each.open else "closed")
    idle = not calendar.hours[each.day.weekday()]
    return DayCell(each, shade, "idle-holiday" if idle else "holiday")


def _clock(seconds: int) -> str:
    """Return a length as a clock has it: 8:30."""
    return f"{seconds // 3600}:{seconds // 60 % 60:02}"


def moved(seconds: int) -> str:
    """Return by how much a clock moves, with its sign: +1 h; empty if it does not."""
    return f"{'+' if seconds > 0 else ''}{duration(seconds)}" if seconds else ""


def days_table(year: YearCalendar, asked: QueryDict) -> Table:
    """Return the days of a year as a table: what the twelve months show, to read and to export."""
    known: Mapping[str, str] = dict(_KINDS)
    columns = (
        Column("day", "Day", format=lambda each: f"{each.day}\u00a0{each:%b}"),
        Column("weekday", "Weekday", format=lambda name: name[:3]),
        Column("open", "Open", numeric=True, format=_clock, searchable=False),
        Column("kind", "Kind", format=lambda kind: known[kind], options=_KINDS),
        Column("clock", "Clock moves", searchable=False),
    )
    return Table(
        columns,
        year.days,
        asked,
        caption=f"Every day of {year.year}",
        empty=Empty("No day", "A year has days."),
        sort="day",
        narrow=True,
    )
