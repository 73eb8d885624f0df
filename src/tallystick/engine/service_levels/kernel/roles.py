"""What the clock does in each row of a history, and in which rows a cycle or a reset begins."""

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from tallystick.engine.service_levels.kernel.conditions import rows_in
from tallystick.engine.service_levels.kernel.known import Known, Mask
from tallystick.engine.service_levels.terms import ServiceLevel
from tallystick.engine.service_levels.terms.clock import Clock, Condition, SameInstant, Starts
from tallystick.engine.values import STATES

Roles = NDArray[np.int8]
T = TypeVar("T", bound=np.generic)

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
    if clock.requires:
        role = _required(known, role, _lacking(known, clock, place))
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


def _strongest(known: Known, role: NDArray[T]) -> NDArray[T]:
    """Return the roles with all rows of one instant of an item set to the strongest among them."""
    since = known.spans.since
    apart = np.ones(known.rows, dtype=np.bool_)
    apart[1:] = (since[1:] != since[:-1]) | known.is_first()[1:]
    groups = np.flatnonzero(apart)
    strongest = np.maximum.reduceat(role, groups)
    return np.repeat(strongest, np.diff(np.append(groups, known.rows)))


def _lacking(known: Known, clock: Clock, place: str) -> Mask:
    """Return the rows that lack what the clock requires."""
    met = rows_in(known, clock.requires, f"{place}.requires")
    lacking = np.zeros(known.rows, dtype=np.bool_) if met is None else ~met
    if clock.same_instant is SameInstant.STRONGEST:
        lacking = _strongest(known, lacking)
    return lacking


def _required(known: Known, role: Roles, lacking: Mask) -> Roles:
    """
    Return the roles where the first row that lacks what is required cancels a clock that is on.

    A row that stops it by itself stops it. Later rows of the kind change nothing, and neither does
    a stop after such a cancel: a clock that is off waits for a row in which it runs or pauses.
    """
    on = ((role == RUN) | (role == PAUSE)) & ~lacking
    ends = lacking & _follows(known, on, on | lacking | (role >= CANCEL))
    cancels = ends & (role != STOP)
    off = (role >= CANCEL) & _follows(known, cancels, on | cancels)
    role = np.where(lacking | off, IDLE, role)
    role[ends] = STOP
    role[cancels] = CANCEL
    return role


def _follows(known: Known, wanted: Mask, marked: Mask) -> Mask:
    """Return the rows of which the last marked row before them, in the same item, is wanted."""
    rows = np.arange(known.rows)
    last = np.maximum.accumulate(np.where(marked, rows, -1))
    before = np.append(-1, last[:-1])
    return np.asarray((before >= known.item_start()) & wanted[before], dtype=np.bool_)


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
