"""Two teams' working days and holidays -> when both are at work, over a year of clock changes."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from statistics import median
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tallystick.engine.refusals import Refusal

MOST_DAYS = 3_660
HOUR = 3_600
MON_TO_FRI = frozenset(range(5))


class WorkingDayRefused(Refusal):
    """A working day needs a known time zone, and hours that begin and end at different times."""

    code = "overlap.working-day-refused"


class RangeRefused(Refusal):
    """A range of days ends no earlier than it starts, and lasts ten years at most."""

    code = "overlap.range-refused"


@dataclass(frozen=True, slots=True)
class WorkingDay:
    """
    The hours of a team, in its own zone; hours that end before they begin end the next day.

    `weekdays` are 0 for Monday to 6, those on which a working day begins.

    Raises:
        WorkingDayRefused: if the zone is unknown or the hours are none.
    """

    zone: str
    begins: time
    ends: time
    weekdays: Collection[int] = MON_TO_FRI

    def __post_init__(self) -> None:
        try:
            ZoneInfo(self.zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise WorkingDayRefused(
                f"The time zone {self.zone!r} is not known.",
                place="zone",
                remedy="Name one of the IANA database, such as Europe/Madrid.",
            ) from None
        if self.begins == self.ends:
            raise WorkingDayRefused(
                f"The working day begins and ends at {self.begins:%H:%M}.",
                place="ends",
                remedy="Name two different times.",
            )

    def on(self, day: date) -> tuple[datetime, datetime]:
        """Return when a working day that begins on a day begins and ends, in UTC."""
        zone = ZoneInfo(self.zone)
        last = day if self.begins < self.ends else day + timedelta(days=1)
        begins = datetime.combine(day, self.begins, tzinfo=zone)
        ends = datetime.combine(last, self.ends, tzinfo=zone)
        return begins.astimezone(UTC), ends.astimezone(UTC)

    def works(self, day: date) -> bool:
        """Return whether a working day begins on a day, holidays aside."""
        return day.weekday() in self.weekdays


@dataclass(frozen=True, slots=True)
class Overlap:
    """Hours a day in which both teams are at work, exactly, over the days on which both work."""

    least: Fraction
    median: Fraction
    most: Fraction
    days: int


@dataclass(frozen=True, slots=True)
class Clashes:
    """Days on which one team has a holiday and the other works, and those both have off."""

    only_ours: tuple[date, ...]
    only_theirs: tuple[date, ...]
    both: tuple[date, ...]

    @property
    def days(self) -> int:
        """Return on how many days one team waits for the other."""
        return len(self.only_ours) + len(self.only_theirs)


def overlap(ours: WorkingDay, theirs: WorkingDay, first: date, last: date) -> Overlap | None:
    """
    Return how long both teams are at work on a day, from `first` to `last`, both included.

    A day is one of ours, and counts if both teams begin a working day on that date. Zones change
    their clocks on different days, so the overlap changes within a year. Holidays are another
    matter, see `clashes`. None if there is no such day.

    Raises:
        RangeRefused: if the range ends before it starts, or is longer than ten years.
    """
    hours = [
        _hours(ours, theirs, day)
        for day in _days(first, last)
        if ours.works(day) and theirs.works(day)
    ]
    if not hours:
        return None
    return Overlap(min(hours), median(hours), max(hours), len(hours))


def clashes(
    ours: Collection[date],
    theirs: Collection[date],
    first: date,
    last: date,
    weekdays: Collection[int] = MON_TO_FRI,
) -> Clashes:
    """
    Return the working days of a range, both ends included, that are holidays of one team or both.

    Raises:
        RangeRefused: if the range ends before it starts, or is longer than ten years.
    """
    days = [day for day in _days(first, last) if day.weekday() in weekdays]
    return Clashes(
        only_ours=tuple(day for day in days if day in ours and day not in theirs),
        only_theirs=tuple(day for day in days if day in theirs and day not in ours),
        both=tuple(day for day in days if day in ours and day in theirs),
    )


def _hours(ours: WorkingDay, theirs: WorkingDay, day: date) -> Fraction:
    begins, ends = ours.on(day)
    total = timedelta()
    # Far to the east or west the other team's day began on the date before, or begins on the next.
    for other in (day - timedelta(days=1), day, day + timedelta(days=1)):
        if theirs.works(other):
            since, until = theirs.on(other)
            total += max(timedelta(), min(until, ends) - max(since, begins))
    return Fraction(total // timedelta(seconds=1), HOUR)


def _days(first: date, last: date) -> Iterator[date]:
    number = (last - first).days + 1
    if not 1 <= number <= MOST_DAYS:
        raise RangeRefused(
            f"From {first} to {last} is no range of up to ten years.",
            place="last",
            remedy="Take a year from the first day of the work.",
        )
    return (first + timedelta(days=each) for each in range(number))
