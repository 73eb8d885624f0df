"""What the clock does in each row of a history, and in which rows a cycle or a reset begins."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tallystick.engine.service_levels.kernel.conditions import rows_in
from tallystick.engine.service_levels.kernel.known import Known, Mask
from tallystick.engine.service_levels.terms import ServiceLevel
from tallystick.engine.service_levels.terms.clock import Clock, Condition, SameInstant, Starts
from tallystick.engine.values import STATES

Roles = NDArray[np.int8]

# In the order of their strength: of several changes at one instant, the highest wins. Within one
# change it is otherwise: see `_weakest_first`.
IDLE, RUN, PAUSE, CANCEL, STOP = range(5)


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """The role of each row, where a stopped clock is taken up again, and where it is reset."""

    role: Roles
    reopens: Mask
    resets: Mask | None


def course_of(known: Known, level: ServiceLevel) -> Course:
    """
    Return what the clock of a service level does in each row.

    Rows to which nothing applies stand still, and stay stopped after a stop; with `starts:
    opened` those before the clock first runs count as running.
    """
    clock, place = level.clock, f"service level {level.id}: clock"
    key = ("course", clock)
    return known.once(key, lambda: _course_of(known, clock, place))


def _course_of(known: Known, clock: Clock, place: str) -> Course:
    role = _plain_roles(known, clock) if _is_plain(clock) else _roles(known, clock, place)
    if clock.same_instant is SameInstant.STRONGEST:
        role = _strongest(known, role)
    if (role == IDLE).any():
        role = _settled(known, role)
        if clock.starts is Starts.OPENED:
            role = _from_opening(known, role)
    stopped = role >= CANCEL
    reopens = np.zeros(known.rows, dtype=np.bool_)
    reopens[1:] = stopped[:-1] & ~stopped[1:]
    reopens &= ~known.is_first()
    return Course(role, reopens, _rising(known, rows_in(known, clock.resets, f"{place}.resets")))


def _is_plain(clock: Clock) -> bool:
    return not any(each.when for part in clock.parts for each in part)


def _plain_roles(known: Known, clock: Clock) -> Roles:
    table = np.full(len(STATES), IDLE, dtype=np.int8)
    for role, part in _weakest_first(clock):
        for each in part:
            table[[STATES.index(state) for state in each.states]] = role
    return np.asarray(table[known.spans.state], dtype=np.int8)


def _roles(known: Known, clock: Clock, place: str) -> Roles:
    role = np.full(known.rows, IDLE, dtype=np.int8)
    for code, part in _weakest_first(clock):
        met = rows_in(known, part, place)
        if met is not None:
            role[met] = code
    return role


def _weakest_first(clock: Clock) -> list[tuple[int, tuple[Condition, ...]]]:
    # A change that stops and cancels does both: what cancels says which stops leave an item out.
    stops, cancels, pauses, runs = clock.parts
    return [(RUN, runs), (PAUSE, pauses), (STOP, stops), (CANCEL, cancels)]


def _strongest(known: Known, role: Roles) -> Roles:
    """Return the roles with all rows of one instant of an item set to the strongest among them."""
    since = known.spans.since
    apart = np.ones(known.rows, dtype=np.bool_)
    apart[1:] = (since[1:] != since[:-1]) | known.is_first()[1:]
    groups = np.flatnonzero(apart)
    strongest = np.maximum.reduceat(role, groups)
    return np.repeat(strongest, np.diff(np.append(groups, known.rows)))


def _settled(known: Known, role: Roles) -> Roles:
    rows = np.arange(known.rows)
    said = np.maximum.accumulate(np.where((role != IDLE) | known.is_first(), rows, 0))
    before = role[said]
    return np.where((role == IDLE) & (before >= CANCEL), before, role)


def _from_opening(known: Known, role: Roles) -> Roles:
    runs = np.where(role == RUN, np.arange(known.rows), known.rows)
    first = np.minimum.reduceat(runs, known.starts)
    ever = first < known.ends
    limit = np.repeat(np.where(ever, first, 0), known.ends - known.starts)
    return np.where((role == IDLE) & (np.arange(known.rows) < limit), RUN, role).astype(np.int8)


def _rising(known: Known, met: Mask | None) -> Mask | None:
    """Return the rows in which a condition begins to hold, after the first row of an item."""
    if met is None or not met.any():
        return None
    rises = np.zeros(known.rows, dtype=np.bool_)
    rises[1:] = met[1:] & ~met[:-1]
    return rises & ~known.is_first()
