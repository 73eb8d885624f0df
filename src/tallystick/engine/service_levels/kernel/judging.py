"""Which judgement a kind of measure asks for, and the facts that it is made from."""

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from tallystick.engine.service_levels.kernel.conditions import (
    attribute_values,
    by_value,
    number_of,
    rows_meeting,
)
from tallystick.engine.service_levels.kernel.known import Known, Mask
from tallystick.engine.service_levels.kernel.roles import CANCEL, Course
from tallystick.engine.service_levels.kernel.running import reopened_units
from tallystick.engine.service_levels.kernel.timing import Timing
from tallystick.engine.service_levels.kernel.units import Units, has_clock
from tallystick.engine.service_levels.kernel.verdicts import Facts, counted, good_or_not, timed
from tallystick.engine.service_levels.terms import MeasureKind, ServiceLevel
from tallystick.engine.service_levels.terms.clock import Reopened
from tallystick.engine.service_levels.terms.level import Attribution
from tallystick.engine.service_levels.terms.statistics import StatisticKind
from tallystick.engine.values import FOREVER

REOPENED = "reopened"
"""An attribute that every item has, unless the data carries it: `yes` or `no`."""

MILLION = 10**6
MOST = 10**9
"""The largest value that is counted, so that a sum of billions of millionths stays exact."""
NO_VALUE = int(np.iinfo(np.int64).min)

Codes = NDArray[np.int8]
Values = NDArray[np.int64]


def judged(
    known: Known,
    level: ServiceLevel,
    course: Course,
    units: Units,
    timing: Timing,
    relieved: Collection[str],
) -> tuple[Codes, Codes, Values]:
    """Return the verdict and the reason of each unit, and the value that it is counted with."""
    value = _values(known, level, units)
    facts = _facts(known, level, course, units, timing, relieved)
    waits = ~facts.done if level.attribution is not Attribution.OPENED else ~facts.done & False
    if level.measure.is_timed and level.statistic.kind is StatisticKind.SHARE:
        return *timed(facts), value
    if level.good:
        return *good_or_not(facts, _good(known, level, course, units), waits), value
    if level.measure in {MeasureKind.VOLUME, MeasureKind.BACKLOG}:
        waits = ~facts.done & False
    return *counted(facts, value == NO_VALUE, waits), np.where(value == NO_VALUE, 0, value)


def _facts(
    known: Known,
    level: ServiceLevel,
    course: Course,
    units: Units,
    timing: Timing,
    relieved: Collection[str],
) -> Facts:
    every = level.measure in {MeasureKind.VOLUME, MeasureKind.BACKLOG}
    none = np.zeros(len(units), dtype=np.bool_)
    fails = level.clock.reopened is Reopened.FAILED
    whole = units.whole
    return Facts(
        rule=timing.rule,
        relieved=_relieved(known, units, relieved) if relieved else none,
        cancelled=none if every else units.of_whole(course.role[whole.ends - 1] == CANCEL),
        has_clock=~none if every else units.of_whole(has_clock(whole, course)),
        unreadable=timing.unreadable,
        reopened_fails=reopened_units(course, units, known.starts, level.cycles) if fails else none,
        late=timing.over > 0,
        done=timing.done < FOREVER,
    )


def _relieved(known: Known, units: Units, relieved: Collection[str]) -> Mask:
    wanted = set(relieved)
    items = known.spans.item[units.starts]
    return np.asarray([known.spans.ids[item] in wanted for item in items.tolist()], dtype=np.bool_)


def _good(known: Known, level: ServiceLevel, course: Course, units: Units) -> Mask:
    stated = dict(level.good)
    place = f"service level {level.id}: good"
    own = REOPENED in stated and REOPENED not in known.spans.attributes
    asked = tuple((name, match) for name, match in level.good if not (own and name == REOPENED))
    good = rows_meeting(known, asked, units.ends - 1, place)
    if own:
        reopened = reopened_units(course, units, known.starts, level.cycles)
        accepted = stated[REOPENED].values
        good &= np.where(reopened, "yes" in accepted, "no" in accepted)
    return np.asarray(good, dtype=np.bool_)


def _values(known: Known, level: ServiceLevel, units: Units) -> Values:
    """Return the attribute that a level counts, in millionths; 0 where it counts none."""
    if level.of is None:
        return np.zeros(len(units), dtype=np.int64)
    values = attribute_values(known, level.of, f"service level {level.id}: of")
    read = by_value(values, _millionths, NO_VALUE)
    return read[known.in_force(level.of)[units.ends - 1]]


def _millionths(text: str) -> int | None:
    number = number_of(text)
    return round(number * MILLION) if number is not None and 0 <= number <= MOST else None
