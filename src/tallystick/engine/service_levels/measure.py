"""The kernel: histories + one service level -> what became of each item, without a loop."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from tallystick.engine.service_levels.kernel.judging import judged
from tallystick.engine.service_levels.kernel.known import Known, Rows
from tallystick.engine.service_levels.kernel.limits import rules_at
from tallystick.engine.service_levels.kernel.oddities import flags_of
from tallystick.engine.service_levels.kernel.placing import last_places_of
from tallystick.engine.service_levels.kernel.roles import Course, course_of
from tallystick.engine.service_levels.kernel.states import entered
from tallystick.engine.service_levels.kernel.timing import Timing, timing_of
from tallystick.engine.service_levels.kernel.units import Units, units_of
from tallystick.engine.service_levels.outcomes import Outcomes, no_outcomes
from tallystick.engine.service_levels.terms import Agreement, Attribution, ServiceLevel
from tallystick.engine.service_levels.windows import place_in, windows_of
from tallystick.engine.values import Instants, Spans, State


def measure(
    spans: Spans,
    level: ServiceLevel,
    agreement: Agreement,
    as_of: int,
    relieved: Collection[str] = (),
) -> Outcomes:
    """
    Return the outcome of each item that had begun by `as_of`, under one service level.

    Changes after `as_of` are not known and an item still open is counted through `as_of`. The
    attributes of an item are its last known ones. An item keeps its limit if its counted
    working time does not exceed it: exactly at the limit is met. `relieved` are the ids of items
    whose relief was approved; they are in no count.

    Raises:
        UnknownAttribute: if a condition asks for an attribute that the data does not carry.
    """
    return measure_known(Known(spans, as_of), level, agreement, relieved)


def measure_known(
    known: Known, level: ServiceLevel, agreement: Agreement, relieved: Collection[str] = ()
) -> Outcomes:
    """Return what `measure` gives; several levels of one history share what they have in common."""
    if not known.rows:
        rules_at(known, level, np.empty(0, dtype=np.int64))
        return no_outcomes(known.spans.ids)
    judged = judge_units(known, level, agreement, relieved)
    if len(judged.reported) < len(judged.units):
        return judged.outcomes.some(judged.reported)
    return judged.outcomes


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """Every unit that was judged, with its outcome, and the rows of those that are reported."""

    course: Course
    units: Units
    outcomes: Outcomes
    reported: Rows


def judge_units(
    known: Known, level: ServiceLevel, agreement: Agreement, relieved: Collection[str] = ()
) -> Judged:
    """Judge every unit of histories that are not empty; `measure` tells what is raised."""
    course = course_of(known, level)
    units = units_of(known, level, course)
    timing = timing_of(known, level, agreement, course, units)
    found = _outcomes(known, level, agreement, course, units, timing, relieved)
    return Judged(course, units, found, _reported(units, timing))


def _outcomes(
    known: Known,
    level: ServiceLevel,
    agreement: Agreement,
    course: Course,
    units: Units,
    timing: Timing,
    relieved: Collection[str],
) -> Outcomes:
    spans, run = known.spans, timing.run
    verdict, reason, value = judged(known, level, course, units, timing, relieved)
    windows = windows_of(agreement, level.window)
    window = place_in(_attributed(known, level, units, timing), windows)
    return Outcomes(
        ids=spans.ids,
        item=spans.item[units.starts],
        cycle=units.cycle.astype(np.int32),
        opened=spans.since[units.of_whole(units.whole.starts)],
        due=timing.due,
        first_due=timing.first_due,
        done=timing.done,
        counted=run.counted,
        paused=run.paused,
        elapsed=run.elapsed,
        rule=timing.rule,
        limit=timing.limit,
        over=timing.over,
        value=value,
        verdict=verdict,
        reason=reason,
        flags=flags_of(known, level.cycles, course, units, timing.limit_changed, timing.unreadable),
        window=window,
        last_window=last_places_of(
            level, windows, window, verdict, timing.due, timing.done, known.as_of
        ),
    )


def _attributed(known: Known, level: ServiceLevel, units: Units, timing: Timing) -> Instants:
    """Return the instant of each unit that puts it into a window."""
    if level.attribution is Attribution.DUE and not timing.unreadable.any():
        return timing.due
    if level.attribution is Attribution.DUE:
        # When these are due nobody can tell; left out, they must still be seen.
        return np.where(timing.unreadable, known.spans.since[units.starts], timing.due)
    if level.attribution is Attribution.OPENED:
        return known.spans.since[units.of_whole(units.whole.starts)]
    if level.attribution is Attribution.DONE:
        return timing.done
    states = (State.RESOLVED, State.CLOSED)
    wanted = states[level.attribution is Attribution.CLOSED :]
    return units.of_whole(entered(known, units.whole, wanted))


def _reported(units: Units, timing: Timing) -> Rows:
    """Return the unit that is reported of each whole: the first that was late, else the last."""
    if units.owner is None:
        return np.arange(len(units))
    wholes = np.flatnonzero(np.diff(units.owner, prepend=-1))
    unit = np.arange(len(units))
    late = np.minimum.reduceat(np.where(timing.over > 0, unit, len(units)), wholes)
    last = np.append(wholes[1:], len(units)) - 1
    return np.where(late < len(units), late, last)
