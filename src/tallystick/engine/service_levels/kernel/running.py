"""How the clock ran over each unit: time counted, paused, passed, and when it stopped."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tallystick.engine.service_levels.calendars import WorkingTime
from tallystick.engine.service_levels.kernel.known import Known, Mask, Rows
from tallystick.engine.service_levels.kernel.roles import CANCEL, PAUSE, RUN, Course
from tallystick.engine.service_levels.kernel.units import BEYOND, Units
from tallystick.engine.service_levels.terms.clock import Clock, Gap, Starts
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
    w_since, w_until = known.worked(working)
    spans = known.spans
    seconds = np.where(counts, w_until - w_since, 0)
    elapsed = np.where(counts, spans.until - spans.since, 0)
    ended = units.stops < units.ends
    stop = np.where(ended, units.stops, 0)
    return Run(
        counts=counts,
        w_since=w_since,
        seconds=seconds,
        counted=np.add.reduceat(seconds, units.starts),
        paused=np.add.reduceat(np.where(waits, w_until - w_since, 0), units.starts),
        elapsed=np.add.reduceat(elapsed, units.starts),
        done=np.where(ended, spans.since[stop], FOREVER),
        w_end=np.where(ended, w_since[stop], w_until[units.ends - 1]),
    )


def counting_rows(known: Known, clock: Clock, course: Course, units: Units) -> tuple[Mask, Mask]:
    """Return the rows in which the clock of their unit counts, and those in which it waits."""
    row = np.arange(known.rows)
    alive = row < units.spread(units.stops)
    if (units.counts_from > units.starts).any():
        alive &= row >= units.spread(units.counts_from)
    counts = alive & (course.role == RUN)
    if clock.gap is Gap.INCLUDED:
        counts |= alive & (course.role >= CANCEL)
    return counts, alive & (course.role == PAUSE)


def begun_rows(clock: Clock, course: Course, units: Units) -> Rows:
    """Return the row in which the clock of each unit started: where it first ran, if it did."""
    if clock.starts is Starts.OPENED:
        return units.counts_from
    row = np.arange(len(course.role))
    runs = (course.role == RUN) & (row >= units.spread(units.counts_from))
    runs &= row < units.spread(units.stops)
    first = np.minimum.reduceat(np.where(runs, row, BEYOND), units.starts)
    return np.where(first < BEYOND, first, units.counts_from)


def reopened_units(course: Course, units: Units, starts: Rows) -> Mask:
    """Return which units belong to an item that was taken up again after it had stopped."""
    ever = np.logical_or.reduceat(course.reopens, starts)
    return np.asarray(ever[np.searchsorted(starts, units.starts, side="right") - 1], np.bool_)
