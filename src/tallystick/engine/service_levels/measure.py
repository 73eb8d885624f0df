"""The kernel: histories + one service level -> what became of each item, without a loop."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from tallystick.engine.service_levels.calendars import WorkingTime
from tallystick.engine.service_levels.kernel.dues import (
    due_by_limit,
    due_by_rule,
    due_round_the_clock,
)
from tallystick.engine.service_levels.kernel.judging import judged
from tallystick.engine.service_levels.kernel.known import Known, Mask, Rows
from tallystick.engine.service_levels.kernel.limits import (
    NO_CAP,
    NO_RULE,
    Limits,
    Rules,
    limits_of,
    rules_at,
)
from tallystick.engine.service_levels.kernel.oddities import flags_of
from tallystick.engine.service_levels.kernel.placing import last_places_of
from tallystick.engine.service_levels.kernel.roles import Course, course_of
from tallystick.engine.service_levels.kernel.running import Run, run_of
from tallystick.engine.service_levels.kernel.states import entered
from tallystick.engine.service_levels.kernel.units import Units, units_of
from tallystick.engine.service_levels.outcomes import Outcomes, no_outcomes
from tallystick.engine.service_levels.terms import Agreement, Attribution, ServiceLevel
from tallystick.engine.service_levels.terms.clock import LimitChange
from tallystick.engine.service_levels.windows import place_in, windows_of
from tallystick.engine.values import FOREVER, Instants, Spans, State


@dataclass(frozen=True, slots=True, eq=False)
class Timing:
    """Per unit: its rule and limit, how its clock ran, when it is due, by how much it is late."""

    rule: Rules
    limit: Rows
    run: Run
    due: Instants
    first_due: Instants
    unreadable: Mask
    over: Rows
    limit_changed: Mask


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
    timing = _timing(known, level, agreement, course, units)
    found = _outcomes(known, level, agreement, course, units, timing, relieved)
    return Judged(course, units, found, _reported(units, timing))


def _timing(
    known: Known, level: ServiceLevel, agreement: Agreement, course: Course, units: Units
) -> Timing:
    limits = limits_of(level, agreement)
    last = units.ends - 1
    if level.clock.limit_change is not LimitChange.RETROACTIVE:
        # What changed after the stop is no longer asked.
        last = np.minimum(units.stops, last)
    rule = rules_at(known, level, last)
    working = known.working(agreement.calendar_of(level), int(limits.seconds.max()))
    run = run_of(known, level.clock, course, units, working)
    due, unreadable = _due(known, level, agreement, units, run, rule, limits, working)
    ended = np.minimum(run.done, known.spans.until[units.ends - 1])
    by_rule = (limits.seconds[rule] == 0) & (rule != NO_RULE)
    over = np.maximum(
        run.counted - limits.seconds[rule], run.elapsed - limits.round_the_clock[rule]
    )
    over = np.where(by_rule, ended - due, np.where(rule == NO_RULE, 0, over))
    first = rules_at(known, level, units.starts)
    changed = (first != rule) & (first != NO_RULE)
    first_due = due
    if changed.any():
        first_due = _first_due(known, level, course, units, first, changed, due, limits, working)
    return Timing(rule, limits.seconds[rule], run, due, first_due, unreadable, over, changed)


def _due(
    known: Known,
    level: ServiceLevel,
    agreement: Agreement,
    units: Units,
    run: Run,
    rule: Rules,
    limits: Limits,
    working: WorkingTime,
) -> tuple[Instants, Mask]:
    due = due_by_limit(run, units, limits.seconds[rule], working)
    cap = limits.round_the_clock[rule]
    if (cap < NO_CAP).any():
        due = np.minimum(due, due_round_the_clock(known, run, units, cap))
    unreadable = np.zeros(len(units), dtype=np.bool_)
    if any(each.due for each in level.targets):
        begun = known.spans.since[np.maximum(units.starts, units.counts_from)]
        stated, unreadable = due_by_rule(known, level, agreement, units, begun, rule)
        due = np.minimum(due, stated)
    return due, unreadable


def _first_due(
    known: Known,
    level: ServiceLevel,
    course: Course,
    units: Units,
    first: Rules,
    changed: Mask,
    due: Instants,
    limits: Limits,
    working: WorkingTime,
) -> Instants:
    """Return when each unit would be due under the limit that held first, on its whole clock."""
    from_start = Units(
        units.starts, units.ends, units.starts, units.stops, units.cycle, units.whole
    )
    run = run_of(known, level.clock, course, from_start, working)
    under_first = due_by_limit(run, from_start, limits.seconds[first], working)
    return np.where(changed & (under_first < FOREVER), under_first, due)


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
        opened=spans.since[units.whole],
        due=timing.due,
        first_due=timing.first_due,
        done=run.done,
        counted=run.counted,
        paused=run.paused,
        elapsed=run.elapsed,
        rule=timing.rule,
        limit=timing.limit,
        over=np.where(timing.unreadable, 0, timing.over),
        value=value,
        verdict=verdict,
        reason=reason,
        flags=flags_of(known, course, units, timing.limit_changed, timing.unreadable),
        window=window,
        last_window=last_places_of(
            level, windows, window, verdict, timing.due, run.done, known.as_of
        ),
    )


def _attributed(known: Known, level: ServiceLevel, units: Units, timing: Timing) -> Instants:
    """Return the instant of each unit that puts it into a window."""
    if level.attribution is Attribution.DUE:
        return timing.due
    if level.attribution is Attribution.OPENED:
        return known.spans.since[units.whole]
    if level.attribution is Attribution.DONE:
        return timing.run.done
    states = (State.RESOLVED, State.CLOSED)
    return entered(known, units, states[level.attribution is Attribution.CLOSED :])


def _reported(units: Units, timing: Timing) -> Rows:
    """Return the unit that is reported of each whole: the first that was late, else the last."""
    if units.whole is units.starts:
        return np.arange(len(units))
    wholes = np.flatnonzero(np.diff(units.whole, prepend=-1))
    unit = np.arange(len(units))
    late = np.minimum.reduceat(np.where(timing.over > 0, unit, len(units)), wholes)
    last = np.append(wholes[1:], len(units)) - 1
    return np.where(late < len(units), late, last)
