"""A stream of probes -> availability: each component becomes one status per slot, and is counted.

It gives what `measure_availability` gives, in memory that depends on the time covered and not on
the number of probes.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from tallystick.engine.service_levels.availability.excuses import Excuse
from tallystick.engine.service_levels.availability.figures import Availability, Figure
from tallystick.engine.service_levels.availability.lattice import (
    STATUS_CODES,
    Lattice,
    lattice_of,
)
from tallystick.engine.service_levels.availability.measure import check_kind, rules_of
from tallystick.engine.service_levels.availability.timeline import Rules
from tallystick.engine.service_levels.terms import Calendar
from tallystick.engine.service_levels.terms.availability import (
    AvailabilityTerms,
    Formula,
    SeveralProbes,
)
from tallystick.engine.service_levels.terms.composition import Composition, How
from tallystick.engine.service_levels.windows import Window
from tallystick.engine.signals import DOWN, UNKNOWN, UP, ProbeChunk, SignalKind

SHORT = 3
"""The status of a slot within an outage too short to count; it stands beside those of signals."""

_AT_ONCE = 2**17
Statuses = NDArray[np.int8]


def measure_probes(
    chunks: Iterable[ProbeChunk],
    terms: AvailabilityTerms,
    calendar: Calendar,
    windows: Sequence[Window],
    as_of: int,
    *,
    excused: Iterable[Excuse] = (),
) -> Availability:
    """
    Return how available a service was in each window, in exact seconds.

    The chunks hold probes known at `as_of`; those of one component come one after another, in the
    order of their slots. A chunk may end within a slot. The windows do not overlap.

    Raises:
        WrongSignals: if the terms do not measure from probes.
    """
    check_kind(SignalKind.PROBES, terms)
    since = min((window.start for window in windows), default=as_of) - terms.minimum_outage
    rules = rules_of(terms, calendar, windows, as_of, excused, since=since, recorded=False)
    lattice = lattice_of(rules)
    names = list(terms.components.names()) if terms.components else None
    service = _Group(terms.components, lattice.count)
    figures: dict[str, tuple[Figure, ...]] = {}
    rows: dict[str, int] = {}
    for name, status, count in _components(chunks, lattice, terms, names):
        service.take(name, status)
        figures[name], rows[name] = _figures(status, lattice, rules), count
    blank = _figures(lattice.blank(), lattice, rules)
    named = sorted(figures) if names is None else names
    return Availability(
        service=_figures(service.status(), lattice, rules),
        components={name: figures.get(name, blank) for name in named},
        signals={name: rows.get(name, 0) for name in named},
    )


def _components(
    chunks: Iterable[ProbeChunk],
    lattice: Lattice,
    terms: AvailabilityTerms,
    names: Sequence[str] | None,
) -> Iterator[tuple[str, Statuses, int]]:
    """Give each component with its status in every slot, and its number of probes."""
    all_must_fail = terms.several_probes is SeveralProbes.DOWN_IF_ALL_FAIL
    for name, parts in groupby(chunks, key=attrgetter("component")):
        if names is not None and name not in names:
            continue
        status, count = lattice.blank(), 0
        for part in parts:
            _lay(status, part, lattice.first, all_must_fail)
            count += len(part.slot)
        yield name, status, count


def _lay(status: Statuses, chunk: ProbeChunk, first: int, all_must_fail: bool) -> None:
    """Write the probes of a chunk into the slots that they stand for."""
    low, high = np.searchsorted(chunk.slot, [first, first + len(status)])
    if low == high:
        return
    slot, told = _decided(chunk.slot[low:high], chunk.status[low:high], all_must_fail)
    slot = slot - first
    # The chunk before may have ended within this slot.
    told[0] = _decide(status[slot[0]], told[0], all_must_fail)
    if slot[-1] - slot[0] == len(slot) - 1:
        status[slot[0] : slot[-1] + 1] = told
    else:
        status[slot] = told


def _decided(
    slot: NDArray[np.integer], status: Statuses, all_must_fail: bool
) -> tuple[NDArray[np.integer], Statuses]:
    """Return each slot once, with the status that its probes make."""
    steps = np.diff(slot)
    if len(steps) == 0 or steps.min() > 0:
        return slot, status.copy()
    starts = np.flatnonzero(np.r_[True, steps > 0])
    # What is invalid decides nothing: it stands where no valid status can be chosen over it.
    if all_must_fail:
        least = np.minimum.reduceat(np.where(status == UNKNOWN, SHORT, status), starts)
        return slot[starts], np.where(least == SHORT, UNKNOWN, least).astype(np.int8)
    most = np.maximum.reduceat(np.where(status == UNKNOWN, -1, status), starts)
    return slot[starts], np.where(most == -1, UNKNOWN, most).astype(np.int8)


def _decide(one: int, other: int, all_must_fail: bool) -> int:
    if UNKNOWN in (one, other):
        return other if one == UNKNOWN else one
    return min(one, other) if all_must_fail else max(one, other)


class _Group:
    """A group of the service, and the status of what was taken into it so far."""

    def __init__(self, composition: Composition | None, slots: int) -> None:
        """Start an empty group; without a composition it needs whatever comes."""
        parts = composition.parts if composition else ()
        self._serial = composition is None or composition.how is How.SERIAL
        self._status = np.full(slots, UP if self._serial else DOWN, dtype=np.int8)
        self._groups = [_Group(part, slots) for part in parts if isinstance(part, Composition)]
        self._awaited = {part for part in parts if isinstance(part, str)} if composition else None
        self._taken = 0

    def take(self, name: str, status: Statuses) -> bool:
        """Take a component to where it belongs; return whether it belongs here."""
        if self._awaited is None or name in self._awaited:
            self._fold(status)
            if self._awaited:
                self._awaited.remove(name)
            return True
        return any(group.take(name, status) for group in self._groups)

    def status(self) -> Statuses:
        """Return the status of the whole group; a component that never came is not known."""
        for group in self._groups:
            self._fold(group.status())
        if self._awaited or not self._taken:
            self._fold(np.full_like(self._status, UNKNOWN))
        return self._status

    def _fold(self, status: Statuses) -> None:
        # Up < unknown < down: the worst decides a serial group, the best a parallel one.
        choose = np.maximum if self._serial else np.minimum
        choose(self._status, status, out=self._status)
        self._taken += 1


def _figures(status: Statuses, lattice: Lattice, rules: Rules) -> tuple[Figure, ...]:
    """Count the slots of each profile and status, and add up what they count for."""
    counts = np.zeros(lattice.profiles * STATUS_CODES, dtype=np.int64)
    status = _shortened(status, lattice, rules.terms.minimum_outage)
    for start in range(0, lattice.count, _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        keys = np.add(lattice.profile[part], status[part], dtype=np.intp)
        counts += np.bincount(keys, minlength=len(counts))
    each = np.tensordot(counts.reshape(-1, STATUS_CODES).T, lattice.seconds, axes=1)
    each *= rules.terms.users
    return tuple(
        _figure(window, each[:, place, 0].tolist(), each[:, place, 1].tolist(), rules.terms)
        for place, window in enumerate(rules.windows)
    )


def _figure(
    window: Window, counted: list[int], within: list[int], terms: AvailabilityTerms
) -> Figure:
    """Return a figure of seconds by status: those without an excuse, and those within one."""
    parts = [counted, within] if terms.formula is Formula.LESS_EXCUSED else [counted]
    left_out = within[DOWN] if terms.formula is Formula.LESS_EXCUSED else sum(within)
    return Figure(
        window=window.text,
        up=sum(part[UP] + part[SHORT] for part in parts),
        down=counted[DOWN],
        excused=left_out,
        unmeasured=sum(part[UNKNOWN] for part in parts),
        least_measured=terms.least_measured,
    )


def _shortened(status: Statuses, lattice: Lattice, least: int) -> Statuses:
    """Return the statuses with SHORT for outages of less than `least` seconds."""
    if not least:
        return status
    flips = np.flatnonzero(np.diff(status == DOWN, prepend=False, append=False))
    found = status.copy()
    starts, ends = flips[::2], flips[1::2]
    cut = (lattice.first + lattice.count) * lattice.interval - lattice.end
    lengths = (ends - starts) * lattice.interval - np.where(ends == lattice.count, cut, 0)
    for start, end in zip(starts[lengths < least], ends[lengths < least], strict=True):
        found[start:end] = SHORT
    return found
