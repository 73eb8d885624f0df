"""What is judged: an item's whole life, one of its cycles, or the part under one limit."""

from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from tallystick.engine.service_levels.kernel.known import Known, Mask, Rows
from tallystick.engine.service_levels.kernel.limits import rules_at
from tallystick.engine.service_levels.kernel.marks import any_in, between, first_in, last_in
from tallystick.engine.service_levels.kernel.roles import CANCEL, IDLE, PAUSE, RUN, Course
from tallystick.engine.service_levels.terms import ServiceLevel
from tallystick.engine.service_levels.terms.clock import Cycles, LimitChange

T = TypeVar("T", bound=np.generic)


@dataclass(frozen=True, slots=True, eq=False)
class Units:
    """
    Stretches of rows side by side, which cover all rows; each is judged by itself.

    Per unit: its first row, the row after its last, the row from which its clock counts, the row
    that stopped the clock for good (`ends` if none did) and the number of its cycle, from 1. What
    counts from the row that stops the clock counts nothing; none counts from a later one.
    Where a change of the limit parted clocks, or started them anew, `parted` are the whole ones and
    `owner` tells the one of which each unit is a part, None if it is one; one of each is reported.
    """

    starts: Rows
    ends: Rows
    counts_from: Rows
    stops: Rows
    cycle: Rows
    parted: "Units | None" = None
    owner: Rows | None = None

    def __len__(self) -> int:
        return len(self.starts)

    @property
    def sizes(self) -> Rows:
        """Return how many rows each unit has."""
        return self.ends - self.starts

    @property
    def whole(self) -> "Units":
        """Return the whole clocks: these units themselves, unless they are parts."""
        return self if self.parted is None else self.parted

    def are_parts(self) -> Mask:
        """Return which units do not hold all of what their whole clock counted."""
        owner = self.of_whole(np.arange(len(self.whole)))
        shared = np.bincount(owner)[owner] > 1
        later = self.counts_from > self.of_whole(self.whole.counts_from)
        return np.asarray(shared | later)

    def of_whole(self, per_whole: NDArray[T]) -> NDArray[T]:
        """Return for each unit the value of its whole."""
        return per_whole if self.owner is None else per_whole[self.owner]


def units_of(known: Known, level: ServiceLevel, course: Course) -> Units:
    """Return the units that a service level judges, one or more of each item."""
    starts, ends = known.starts, known.ends
    if level.cycles is Cycles.EACH and course.reopens.any():
        starts = np.flatnonzero(known.is_first() | course.reopens)
        ends = np.append(starts[1:], known.rows)
    begins = _begins(course, starts, ends, level.cycles)
    stops = _stops(course, starts, ends, begins, level.cycles)
    if course.resets is not None:
        begins = np.maximum(begins, last_in(course.resets, starts, stops))
    whole = Units(starts, ends, begins, stops, _cycle_numbers(known, starts))
    if level.clock.limit_change is LimitChange.RETROACTIVE:
        return whole
    return _parted(known, level, whole)


def _parted(known: Known, level: ServiceLevel, whole: Units) -> Units:
    """Return the units parted, or begun anew, where the limit changes while the clock is on."""
    changes = _limit_changes(known, level)
    changes &= between(known.rows, whole.counts_from + 1, whole.stops)
    if not changes.any():
        return whole
    if level.clock.limit_change is LimitChange.PER_SEGMENT:
        return _by_segment(known, changes, whole)
    begins = np.maximum(whole.counts_from, last_in(changes, whole.starts, whole.ends))
    return replace(whole, counts_from=begins, parted=whole)


def _stops(course: Course, starts: Rows, ends: Rows, begins: Rows, cycles: Cycles) -> Rows:
    """Return the row that stops each unit's clock for good; its end if none does."""
    if cycles is Cycles.CUMULATIVE:
        # A reopened item resumes its clock, so only the last unbroken stretch of stops counts.
        return last_in(course.role < CANCEL, starts, ends) + 1
    return first_in(course.role >= CANCEL, begins, ends)


def _begins(course: Course, starts: Rows, ends: Rows, cycles: Cycles) -> Rows:
    if cycles is not Cycles.LAST:
        return starts
    return np.maximum(last_in(course.reopens, starts, ends), starts)


def _limit_changes(known: Known, level: ServiceLevel) -> Mask:
    """Return the rows in which another rule begins to hold, after the first row of an item."""
    rule = rules_at(known, level, slice(None))
    changes = np.zeros(known.rows, dtype=np.bool_)
    changes[1:] = rule[1:] != rule[:-1]
    return changes & ~known.is_first()


def _cycle_numbers(known: Known, starts: Rows) -> Rows:
    if len(starts) == len(known.starts):
        return np.ones(len(starts), dtype=np.int64)
    first = np.searchsorted(starts, known.item_start()[starts])
    return np.arange(len(starts)) - first + 1


def _by_segment(known: Known, changes: Mask, whole: Units) -> Units:
    """Return the units parted where the limit changes."""
    starts = np.flatnonzero(changes | np.isin(np.arange(known.rows), whole.starts))
    ends = np.append(starts[1:], known.rows)
    owner = np.searchsorted(whole.starts, starts, side="right") - 1
    return Units(
        starts=starts,
        ends=ends,
        counts_from=np.maximum(starts, whole.counts_from[owner]),
        stops=np.minimum(whole.stops[owner], ends),
        cycle=whole.cycle[owner],
        parted=whole,
        owner=owner,
    )


def has_clock(units: Units, course: Course) -> Mask:
    """Return which units ever ran or paused, or had no row that stands still."""
    idle = any_in(course.role == IDLE, units.starts, units.ends)
    if not idle.any():
        return ~idle
    moves = any_in((course.role == RUN) | (course.role == PAUSE), units.starts, units.ends)
    return moves | ~idle
