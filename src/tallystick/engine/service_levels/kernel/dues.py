"""When each unit is due: where its limit runs out, at a date in the data, or on a working day."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from tallystick.engine.service_levels.calendars import WorkingTime
from tallystick.engine.service_levels.kernel.conditions import attribute_values, by_value
from tallystick.engine.service_levels.kernel.known import Known, Mask, Rows
from tallystick.engine.service_levels.kernel.limits import NO_CAP, Rules
from tallystick.engine.service_levels.kernel.marks import BEYOND
from tallystick.engine.service_levels.kernel.running import Run, Seconds
from tallystick.engine.service_levels.kernel.units import Units
from tallystick.engine.service_levels.kernel.working_days import due_on_working_days
from tallystick.engine.service_levels.terms import Agreement, ServiceLevel
from tallystick.engine.service_levels.terms.targets import DueRule
from tallystick.engine.values import FOREVER, Instants, seconds

UNREADABLE = -1
_FIRST_YEAR, _LAST_YEAR = 1971, 2200


def due_by_limit(run: Run, units: Units, limit: Seconds, working: WorkingTime) -> Instants:
    """
    Return when the counted time reached the limit, or would if the clock ran on.

    FOREVER where there is no limit, or no such instant.
    """
    due = working.instant_of(run.w_end + limit - run.counted)
    reached = np.flatnonzero((run.counted >= limit) & (limit > 0))
    if len(reached):
        row, already = _crossing(run.w_lengths, run.counts, units, limit, reached)
        due[reached] = working.instant_of(run.w_since[row] + limit[reached] - already)
    return np.where(limit > 0, due, FOREVER)


def due_round_the_clock(known: Known, run: Run, units: Units, cap: Seconds) -> Instants:
    """Return when the time round the clock, less pauses, reaches the cap; FOREVER without one."""
    spans, capped = known.spans, cap < NO_CAP
    ended = np.minimum(run.done, spans.until[units.ends - 1])
    due = np.where(capped, ended + np.where(capped, cap, 0) - run.elapsed, FOREVER)
    reached = np.flatnonzero(capped & (run.elapsed >= cap))
    if len(reached):
        row, already = _crossing(known.lengths(), run.counts, units, cap, reached)
        due[reached] = spans.since[row] + cap[reached] - already
    return np.asarray(due, dtype=np.int64)


def _crossing(
    lengths: Seconds, counts: Mask, units: Units, goal: Seconds, chosen: Rows
) -> tuple[Rows, Seconds]:
    """Return the row in which some units reached their goal, and what they had before that row."""
    sizes = units.sizes[chosen]
    firsts = np.r_[0, np.cumsum(sizes)[:-1]]
    rows = np.arange(int(sizes.sum())) - np.repeat(firsts - units.starts[chosen], sizes)
    counted = counts[rows]
    # Multiplied, since choosing with `where` takes many times as long.
    seconds = lengths[rows] * counted
    so_far = np.cumsum(seconds, dtype=np.int64)
    before = so_far[firsts] - seconds[firsts]
    over = counted & (so_far >= np.repeat(before + goal[chosen], sizes))
    place = np.minimum.reduceat(np.where(over, np.arange(len(rows)), BEYOND), firsts)
    row = rows[place]
    return row, so_far[place] - before - lengths[row]


def due_by_rule(
    known: Known, level: ServiceLevel, agreement: Agreement, units: Units, begun: Instants,
    rule: Rules,
) -> tuple[Instants, Mask]:  # fmt: skip
    """
    Return when the units under a due rule are due, and which of them have a date that cannot be
    read; the others FOREVER and False.

    Raises:
        UnknownAttribute: if a rule takes the date from an attribute that the data does not carry.
    """
    due = np.full(len(units), FOREVER, dtype=np.int64)
    lost = np.zeros(len(units), dtype=np.bool_)
    for index, each in enumerate(level.targets):
        of = np.flatnonzero(rule == index)
        if each.due is None or not len(of):
            continue
        if each.due.from_ is None:
            calendar = agreement.calendar_of(level)
            days = each.due.working_days or 0
            due[of] = due_on_working_days(calendar, begun[of], days, each.due.at)
            continue
        place = f"service level {level.id}: targets[{index}].due.from"
        found = _from_data(known, each.due, agreement.zone, units.ends[of] - 1, place)
        due[of] = np.where(found == UNREADABLE, FOREVER, found)
        lost[of] = found == UNREADABLE
    return due, lost


def _from_data(known: Known, rule: DueRule, zone: str, rows: Rows, place: str) -> Instants:
    name = str(rule.from_)
    values = attribute_values(known, name, place)
    read = by_value(values, lambda text: _instant(text, rule, zone), UNREADABLE)
    return read[known.in_force(name)[rows]]


def _instant(text: str, rule: DueRule, zone: str) -> int | None:
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        return _with_hour(text.strip(), ZoneInfo(zone))
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        return None
    after = timedelta(days=1) if rule.at < 0 else timedelta(seconds=rule.at)
    return seconds((datetime.combine(day, time()) + after).replace(tzinfo=ZoneInfo(zone)))


def _with_hour(text: str, zone: ZoneInfo) -> int | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        return None
    return seconds(moment if moment.tzinfo else moment.replace(tzinfo=zone))
