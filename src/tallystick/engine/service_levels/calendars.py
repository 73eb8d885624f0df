"""A calendar and a range of instants -> working time: how much of it lies before any instant."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tallystick.engine.service_levels.slots import MANY, Slots, slots_of
from tallystick.engine.service_levels.terms import Calendar
from tallystick.engine.service_levels.terms.hours import DAY
from tallystick.engine.service_levels.terms.zones import Piece, pieces
from tallystick.engine.values import FOREVER, Instants

EPOCH = date(1970, 1, 1)
LONGEST_RESERVE = 128
"""Years after the last known instant for which calendars are compiled at most."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch [since, until) within the hours of a calendar, or outside; why, if a holiday."""

    since: int
    until: int
    is_open: bool
    holiday: date | None = None

    @property
    def why_closed(self) -> str:
        """Say why the stretch does not count."""
        if self.holiday:
            return f"{self.holiday} is a holiday of the calendar."
        return "Outside the hours of the calendar."


@dataclass(frozen=True, slots=True, eq=False)
class WorkingTime:
    """
    The working seconds of a calendar between two instants, as disjoint segments in order.

    Working time is the UTC seconds during which the local wall clock is inside the calendar,
    so a night shift across a clock change has the hours that really pass. `before[i]` is the
    working time up to `starts[i]`. Segment 0 is empty and marks the start of the coverage.
    """

    calendar: Calendar
    from_: int
    until: int
    starts: Instants
    lengths: NDArray[np.int64]
    before: NDArray[np.int64]
    _table: list[Slots | None] = field(default_factory=list, repr=False)

    @property
    def total(self) -> int:
        """Return all working seconds of the coverage."""
        return int(self.before[-1] + self.lengths[-1])

    def worked(self, t: ArrayLike) -> Instants:
        """
        Return the working seconds from the start of coverage to each instant.

        Raises:
            ValueError: if an instant lies outside the coverage; clipping it would lose time.
        """
        at = np.asarray(t, dtype=np.int64)
        self._check_covered(at)
        if at.size >= MANY and (table := self._slots()):
            return table.worked(at)
        segment = np.searchsorted(self.starts, at, side="right") - 1
        into = np.minimum(at - self.starts[segment], self.lengths[segment])
        return np.asarray(self.before[segment] + into, dtype=np.int64)

    def _slots(self) -> Slots | None:
        if not self._table:
            self._table.append(slots_of(self.from_, self.until, self.starts, self.lengths))
        return self._table[0]

    def instant_of(self, w: ArrayLike) -> Instants:
        """
        Return the earliest instant at which the working time reaches each value.

        FOREVER where the coverage ends first; the start of coverage for 0 and less.
        """
        goal = np.maximum(np.asarray(w, dtype=np.int64), 0)
        if goal.size >= MANY and self.total and (table := self._slots()):
            found = table.instant_of(np.clip(goal, 1, self.total))
            found[goal == 0] = self.from_
            found[goal > self.total] = FOREVER
            return found
        after = self.before + self.lengths
        segment = np.minimum(np.searchsorted(after, goal, side="left"), len(after) - 1)
        instant = self.starts[segment] + (goal - self.before[segment])
        return np.where(goal > self.total, FOREVER, instant).astype(np.int64)

    def open_between(self, since: int, until: int) -> list[tuple[int, int]]:
        """Return the working segments between two instants, clipped to them, in order."""
        self._check_covered(np.asarray([since, until], dtype=np.int64))
        ends = self.starts + self.lengths
        first = int(np.searchsorted(ends, since, side="right"))
        last = int(np.searchsorted(self.starts, until, side="left"))
        return [
            (max(int(start), since), min(int(end), until))
            for start, end in zip(self.starts[first:last], ends[first:last], strict=True)
        ]

    def removed_between(self, since: int, until: int) -> list[tuple[int, int, date]]:
        """Return the shifts that holidays removed between two instants, with the holiday."""
        self._check_covered(np.asarray([since, until], dtype=np.int64))
        return [
            (max(start, since), min(end, until), day)
            for piece in pieces(self.calendar.zone, self.from_, self.until)
            for start, end, day in self._removed_in(piece)
            if start < until and since < end
        ]

    def stretches_between(self, since: int, until: int) -> Iterator[Stretch]:
        """Give the stretches that make up [since, until), open and closed, in order."""
        parts = [Stretch(*each, is_open=True) for each in self.open_between(since, until)]
        parts += [
            Stretch(start, end, is_open=False, holiday=day)
            for start, end, day in self.removed_between(since, until)
        ]
        reached = since
        for part in sorted(parts, key=lambda part: part.since):
            if reached < part.since:
                yield Stretch(reached, part.since, is_open=False)
            yield part
            reached = part.until
        if reached < until:
            yield Stretch(reached, until, is_open=False)

    def why_closed(self, t: int) -> date | None:
        """
        Return the holiday that removed the shift of this instant, None if out of hours.

        A shift belongs to the day it starts on, so the small hours after a holiday's night
        shift name the day before.

        Raises:
            ValueError: if the calendar is open at this instant.
        """
        if self.open_between(t, t + 1):
            raise ValueError(f"the calendar is open at {t}")
        return next((day for _, _, day in self.removed_between(t, t + 1)), None)

    def _removed_in(self, piece: Piece) -> Iterator[tuple[int, int, date]]:
        for day in self.calendar.holidays:
            midnight = _days(day) * DAY - piece.offset
            for start, end in self.calendar.hours[day.weekday()]:
                a, b = max(midnight + start, piece.start), min(midnight + end, piece.end)
                if a < b:
                    yield a, b, day

    def _check_covered(self, t: Instants) -> None:
        if t.size and (t.min() < self.from_ or t.max() > self.until):
            raise ValueError(f"{t.min()} to {t.max()} leaves {self.from_} to {self.until}")


def compile_calendar(calendar: Calendar, from_: int, until: int) -> WorkingTime:
    """Return the working time of a calendar over the instants [from_, until)."""
    shifts = _local_shifts(calendar, from_ // DAY - 2, until // DAY + 3)
    parts = [_as_utc(*shifts, piece) for piece in pieces(calendar.zone, from_, until)]
    starts, ends = _joined(*(np.concatenate(column) for column in zip(*parts, strict=True)))
    lengths = np.r_[0, ends - starts]
    before = np.r_[0, np.cumsum(lengths)[:-1]]
    return WorkingTime(calendar, from_, until, np.r_[from_, starts], lengths, before)


def working_time(calendar: Calendar, since: int, until: int, reserve: int) -> WorkingTime:
    """
    Return working time that covers two instants and, if it can, `reserve` seconds after them.

    The answer is kept, so one calendar serves many items, buckets and pages. A calendar with
    too few hours ends LONGEST_RESERVE years on: instants beyond are FOREVER.
    """
    first = datetime.fromtimestamp(since, tz=UTC).year
    last = datetime.fromtimestamp(until, tz=UTC).year
    extra = 2
    found = _covering_years(calendar, first, last + extra)
    while extra < LONGEST_RESERVE and found.total - int(found.worked(until)) < reserve:
        extra *= 2
        found = _covering_years(calendar, first, last + extra)
    return found


@lru_cache(maxsize=64)
def _covering_years(calendar: Calendar, first: int, last: int) -> WorkingTime:
    return compile_calendar(calendar, _days(date(first, 1, 1)) * DAY, _days(date(last, 1, 1)) * DAY)


def _days(day: date) -> int:
    return (day - EPOCH).days


def _local_shifts(calendar: Calendar, first: int, last: int) -> tuple[Instants, Instants]:
    """Return start and end of all shifts of days [first, last), as seconds of the wall clock."""
    days = np.arange(first, last, dtype=np.int64)
    days = days[~np.isin(days, _day_numbers(calendar.holidays))]
    weekday = (days + EPOCH.weekday()) % 7
    starts, ends = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for number, shifts in enumerate(calendar.hours):
        midnights = days[weekday == number] * DAY
        starts += [midnights + start for start, _ in shifts]
        ends += [midnights + end for _, end in shifts]
    return _joined(np.sort(np.concatenate(starts)), np.sort(np.concatenate(ends)))


def _day_numbers(days: Iterable[date]) -> Instants:
    return np.asarray([_days(day) for day in days], dtype=np.int64)


def _as_utc(starts: Instants, ends: Instants, piece: Piece) -> tuple[Instants, Instants]:
    first = np.searchsorted(ends, piece.start + piece.offset, side="right")
    last = np.searchsorted(starts, piece.end + piece.offset, side="left")
    return (
        np.maximum(starts[first:last] - piece.offset, piece.start),
        np.minimum(ends[first:last] - piece.offset, piece.end),
    )


def _joined(starts: Instants, ends: Instants) -> tuple[Instants, Instants]:
    """Return the segments with those that touch made one."""
    if not len(starts):
        return starts, ends
    apart = starts[1:] > ends[:-1]
    return starts[np.r_[True, apart]], ends[np.r_[apart, True]]
