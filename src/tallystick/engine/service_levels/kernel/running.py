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
    Per row: whether it counts, and the working seconds before its start. Per unit: working
    seconds counted and paused, seconds round the clock, when it was done (FOREVER if it is not),
    and the working seconds before the end of its clock.
    """

    counts: Mask
    w_since: Seconds
    seconds: Seconds
    counted: Seconds
    paused: Seconds
    elapsed: Seconds
    done: Instants
    w_end: Seconds


def run_of(known: Known, clock: Clock, course: Course, units: Units, working: WorkingTime) -> Run:
    """Run the clock over the rows of each unit, from where it counts to where it stops."""
    counts, waits = counting_rows(known, clock, course, units)
    w_since, w_lengths = known.worked(working)
    spans = known.spans
    # Multiplied, since choosing with `where` takes many times as long.
    seconds = w_lengths * counts
    ended = units.stops < units.ends
    stop, last = np.where(ended, units.stops, 0), units.ends - 1
    return Run(
        counts=counts,
        w_since=w_since,
        seconds=seconds,
        counted=_added(seconds, units),
        paused=_added(w_lengths * waits, units),
        elapsed=_added(known.lengths() * counts, units),
        done=np.where(ended, spans.since[stop], FOREVER),
        w_end=np.where(ended, w_since[stop], w_since[last] + w_lengths[last]),
    )


def _added(lengths: Seconds, units: Units) -> Seconds:
    # Spans of one item do not overlap, so their sum is within what one of them could hold.
    return np.add.reduceat(lengths, units.starts).astype(np.int64)


def counting_rows(known: Known, clock: Clock, course: Course, units: Units) -> tuple[Mask, Mask]:
    """Return the rows in which the clock of their unit counts, and those in which it waits."""
    alive = between(known.rows, units.counts_from, units.stops)
    counts = alive & (course.role == RUN)
    if clock.gap is Gap.INCLUDED:
        counts |= alive & (course.role >= CANCEL)
    return counts, alive & (course.role == PAUSE)


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
