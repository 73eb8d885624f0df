"""How each unit's clock compares with what is agreed: its limit, its due instants, how late."""

from dataclasses import dataclass

import numpy as np

from tallystick.engine.service_levels.calendars import WorkingTime
from tallystick.engine.service_levels.kernel.dues import (
    due_by_limit,
    due_by_rule,
    due_round_the_clock,
)
from tallystick.engine.service_levels.kernel.known import Known, Mask, Rows
from tallystick.engine.service_levels.kernel.limits import (
    NO_RULE,
    Limits,
    Rules,
    limits_of,
    rules_at,
)
from tallystick.engine.service_levels.kernel.roles import Course
from tallystick.engine.service_levels.kernel.running import Run, begun_rows, run_of
from tallystick.engine.service_levels.kernel.units import Units
from tallystick.engine.service_levels.terms import Agreement, ServiceLevel
from tallystick.engine.service_levels.terms.clock import LimitChange
from tallystick.engine.values import FOREVER, Instants


@dataclass(frozen=True, slots=True, eq=False)
class Timing:
    """
    Per unit: its rule and limit, how its clock ran, when its whole was done and it is due.

    `over` is by how much it is late; 0 where nothing is due.
    """

    rule: Rules
    limit: Rows
    run: Run
    done: Instants
    due: Instants
    first_due: Instants
    unreadable: Mask
    over: Rows
    limit_changed: Mask


@dataclass(frozen=True, slots=True, eq=False)
class _Asked:
    """What is measured, on which calendar, against which limits."""

    known: Known
    level: ServiceLevel
    agreement: Agreement
    course: Course
    limits: Limits
    working: WorkingTime


def timing_of(
    known: Known, level: ServiceLevel, agreement: Agreement, course: Course, units: Units
) -> Timing:
    """Compare each unit's clock with the limit that holds for it, and with the one before."""
    limits = limits_of(level, agreement)
    working = known.working(agreement.calendar_of(level), int(limits.seconds.max()))
    asked = _Asked(known, level, agreement, course, limits, working)
    rule = _rule(asked, units)
    run = run_of(known, level.clock, course, units, working)
    due, unreadable = _due(asked, units, run, rule)
    changed, first_due = _first_due(asked, units, run, rule, due)
    return Timing(
        rule=rule,
        limit=limits.seconds[rule],
        run=run,
        done=units.of_whole(_done(known, units.whole)),
        due=due,
        first_due=first_due,
        unreadable=unreadable,
        over=_over(asked, units, run, rule, due),
        limit_changed=changed,
    )


def _rule(asked: _Asked, units: Units) -> Rules:
    """Return the rule by the last known attributes, or by those with which the clock went on."""
    retroactive = asked.level.clock.limit_change is LimitChange.RETROACTIVE
    return rules_at(asked.known, asked.level, units.ends - 1 if retroactive else units.counts_from)


def _done(known: Known, units: Units) -> Instants:
    ended = units.stops < units.ends
    return np.where(ended, known.spans.since[np.where(ended, units.stops, 0)], FOREVER)


def _over(asked: _Asked, units: Units, run: Run, rule: Rules, due: Instants) -> Rows:
    limits, spans = asked.limits, asked.known.spans
    limit = limits.seconds[rule]
    over = run.counted - limit
    if limits.any_round_the_clock:
        over = np.maximum(over, run.elapsed - limits.round_the_clock[rule])
    over *= limit > 0
    if any(each.due for each in asked.level.targets):
        by_rule = np.flatnonzero((limit == 0) & (due < FOREVER))
        over[by_rule] = np.minimum(run.done, spans.until[units.ends - 1])[by_rule] - due[by_rule]
    return over


def _due(asked: _Asked, units: Units, run: Run, rule: Rules) -> tuple[Instants, Mask]:
    known, level, limits = asked.known, asked.level, asked.limits
    due = due_by_limit(run, units, limits.seconds[rule], asked.working)
    if limits.any_round_the_clock:
        cap = limits.round_the_clock[rule]
        due = np.minimum(due, due_round_the_clock(known, run, units, cap))
    if not any(each.due for each in level.targets):
        return due, np.zeros(len(units), dtype=np.bool_)
    begun = known.spans.since[begun_rows(level.clock, asked.course, units)]
    stated, unreadable = due_by_rule(known, level, asked.agreement, units, begun, rule)
    return np.minimum(due, stated), unreadable


def _first_due(
    asked: _Asked, units: Units, run: Run, rule: Rules, due: Instants
) -> tuple[Mask, Instants]:
    """Return which units had another limit first, and when they are due on their whole clock."""
    whole = units.whole
    names = {name for each in asked.level.targets for name, _ in each.when}
    names |= {name for name, _ in asked.level.applies_to}
    if not units.parted and all(asked.known.is_constant(name) for name in names):
        return np.zeros(len(units), dtype=np.bool_), due
    first = rules_at(asked.known, asked.level, whole.counts_from)
    changed = units.are_parts() if units.parted else first != rule
    changed &= units.of_whole(first != NO_RULE)
    if not changed.any():
        return changed, due
    if units.parted:
        run = run_of(asked.known, asked.level.clock, asked.course, whole, asked.working)
    under_first = units.of_whole(_due(asked, whole, run, first)[0])
    return changed, np.where(changed & (under_first < FOREVER), under_first, due)
