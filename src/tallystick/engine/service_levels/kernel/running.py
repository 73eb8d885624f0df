"""How the clock ran over each unit: time counted, paused, passed, and when it stopped."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tallystick.engine.service_levels.calendars import WorkingTime
from tallystick.engine.service_levels.kernel.known import Known, Mask, Rows
from tallystick.engine.service_levels.kernel.marks import any_in, between, first_in
from tallystick.engine.service_levels.kernel.roles import CANCEL, PAUSE, RUN, Course
from tallystick.engine.service_levels.kernel.units import Units
from tallystick.engine.service_levels.terms.clock import Clock, Cycles, Gap, Starts
from tallystick.engine.values import FOREVER, Instants

Seconds = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """
    Per row: whether it counts, the working seconds before its start, and those within it. Per
    unit: working seconds counted and paused, seconds round the clock, when it was done (FOREVER if
    it is not), and the working seconds before the end of its clock.
    """

    counts: Mask
    w_since: Seconds
    w_lengths: Seconds
    counted: Seconds
    paused: Seconds
    elapsed: Seconds
    done: Instants
    w_end: Seconds


def run_of(known: Known, clock: Clock, course: Course, units: Units, working: WorkingTime) -> Run:
    """Run the clock over the rows of each unit, from where it counts to where it stops."""
    spans, (w_since, w_lengths) = known.spans, known.worked(working)
    counts, aside = counting_rows(known, clock, course, units)
    ended, last = units.stops < units.ends, units.ends - 1
    stop, first = np.where(ended, units.stops, last), units.counts_from
    done = np.where(ended, spans.since[stop], FOREVER)
    w_end = w_since[stop] + np.where(ended, 0, w_lengths[stop])
    # The rows of an item follow each other without a gap, so what its clock counts is what lies
    # between its ends less the few rows in which it stands still.
    owner = np.searchsorted(units.starts, aside, side="right") - 1
    w_idle, waits = w_lengths[aside], course.role[aside] == PAUSE
    passed = np.minimum(done, spans.until[last]) - spans.since[first]
    return Run(
        counts=counts,
        w_since=w_since,
        w_lengths=w_lengths,
        counted=w_end - w_since[first] - _added(w_idle, owner, len(units)),
        paused=_added(w_idle * waits, owner, len(units)),
        elapsed=passed - _added(known.lengths()[aside], owner, len(units)),
        done=done,
        w_end=w_end,
    )


def _added(lengths: Seconds, owner: Rows, units: int) -> Seconds:
    """Return the lengths of each unit's rows together."""
    added = np.zeros(units, dtype=np.int64)
    # Of one type on both sides: adding others takes thirty times as long.
    np.add.at(added, owner, lengths.astype(np.int64))
    return added


def counting_rows(known: Known, clock: Clock, course: Course, units: Units) -> tuple[Mask, Rows]:
    """Return whether the clock of its unit counts in each row, and where it is on and does not."""
    alive = between(known.rows, units.counts_from, units.stops)
    runs = course.role == RUN
    if clock.gap is Gap.INCLUDED:
        runs |= course.role >= CANCEL
    counts = alive & runs
    return counts, np.flatnonzero(alive & ~runs)


def begun_rows(clock: Clock, course: Course, units: Units) -> Rows:
    """Return the row in which the clock of each unit started: where it first ran, if it did."""
    if clock.starts is Starts.OPENED:
        return units.counts_from
    first = first_in(course.role == RUN, units.counts_from, units.stops)
    return np.where(first < units.stops, first, units.counts_from)


def reopened_units(course: Course, units: Units, starts: Rows, cycles: Cycles) -> Mask:
    """
    Return which units belong to an item that was taken up again after it had stopped.

    Where the first stop is all that is judged, a later pause takes nothing up: an item that was
    responded to and then put on hold waits for no other response.
    """
    again = course.reopens
    if cycles is Cycles.FIRST:
        again = again & (course.role == RUN)
    if len(starts) == len(units):
        return any_in(again, units.starts, units.ends)
    ever = any_in(again, starts, np.append(starts[1:], len(course.role)))
    return np.asarray(ever[np.searchsorted(starts, units.starts, side="right") - 1], np.bool_)
