"""Signals of one component -> what of it is lost over the stretches of an axis."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tallystick.engine.service_levels.terms.availability import (
    AvailabilityTerms,
    MaintenanceState,
    SeveralProbes,
    Weight,
)
from tallystick.engine.signals import (
    ALL_USERS,
    DOWN,
    EXCUSED,
    MAINTENANCE,
    UNKNOWN,
    SignalKind,
    Signals,
)
from tallystick.engine.values import Instants

NO_ROW = -1


@dataclass(frozen=True, slots=True, eq=False)
class Loss:
    """
    What a component, or a group of them, loses over each stretch of an axis.

    `affected` is how many of the users are without it, `charged` how many of those are not
    excused by the data; time counts as one user. Where it is not `known`, neither holds.
    """

    known: NDArray[np.bool_]
    charged: NDArray[np.int64]
    affected: NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Track:
    """The signals of one component that are known, ready to be laid along any axis."""

    kind: SignalKind
    rows: slice
    since: Instants
    until: Instants
    status: NDArray[np.int8]
    users: NDArray[np.int64]
    row: NDArray[np.int64]  # position in the signals

    @property
    def edges(self) -> Instants:
        """Return every instant at which the component may change."""
        return np.concatenate([self.since, self.until])


def track_of(signals: Signals, name: str, terms: AvailabilityTerms, as_of: int) -> Track:
    """Return the signals of one component known at `as_of`; probes as the slots they stand for."""
    rows = signals.rows_of(name)
    known = np.flatnonzero(signals.since[rows] <= as_of) + rows.start
    track = Track(
        kind=signals.kind,
        rows=rows,
        since=signals.since[known],
        until=np.minimum(signals.until[known], as_of),
        status=signals.status[known],
        users=signals.users[known],
        row=known,
    )
    return _slots(track, terms, as_of) if signals.kind is SignalKind.PROBES else track


def _slots(track: Track, terms: AvailabilityTerms, as_of: int) -> Track:
    """Return one row for each slot that has a valid probe: the one that decides it."""
    valid = np.flatnonzero(track.status != UNKNOWN)
    slot = track.since[valid] // slot_length(terms)
    # In each slot the deciding probe comes first: an up if all must fail, or else a down.
    up_first = terms.several_probes is SeveralProbes.DOWN_IF_ALL_FAIL
    status = track.status[valid] if up_first else -track.status[valid]
    order = np.lexsort((status, slot))
    first = order[np.flatnonzero(np.diff(slot[order], prepend=-1))]
    kept = valid[first]
    since = slot[first] * slot_length(terms)
    return Track(
        kind=track.kind,
        rows=track.rows,
        since=since,
        until=np.minimum(since + slot_length(terms), as_of),
        status=track.status[kept],
        users=track.users[kept],
        row=track.row[kept],
    )


def slot_length(terms: AvailabilityTerms) -> int:
    """Return the seconds for which a probe stands."""
    if terms.interval is None:
        raise ValueError("only probes stand for an interval")
    return terms.interval


def deciding_rows(track: Track, starts: Instants) -> NDArray[np.int64]:
    """
    Return the position in the track of the row that decides each stretch, or NO_ROW.

    Of outages at one instant, it is the last to begin.
    """
    if not len(track.since):
        return np.full(len(starts), NO_ROW, dtype=np.int64)
    if track.kind is SignalKind.OUTAGES:
        return _last_to_begin(track, starts)
    place = np.searchsorted(track.since, starts, side="right") - 1
    covered = (place >= 0) & (starts < track.until[np.maximum(place, 0)])
    return np.where(covered, place, NO_ROW)


def _last_to_begin(track: Track, starts: Instants) -> NDArray[np.int64]:
    found = np.full(len(starts), NO_ROW, dtype=np.int64)
    firsts, lasts = np.searchsorted(starts, track.since), np.searchsorted(starts, track.until)
    for row, (first, last) in enumerate(zip(firsts.tolist(), lasts.tolist(), strict=True)):
        found[first:last] = row
    return found


def loss_of(track: Track, starts: Instants, terms: AvailabilityTerms, recorded: bool) -> Loss:
    """
    Return the loss of a component over stretches that its own edges do not cut.

    Without a row a component is not known; but where outages are `recorded` it is up.
    """
    if track.kind is SignalKind.OUTAGES:
        return _outages(track, starts, terms, recorded)
    row = deciding_rows(track, starts)
    status = np.r_[track.status, np.int8(UNKNOWN)][row]
    planned = status == MAINTENANCE
    excused = planned & (terms.maintenance_state is MaintenanceState.EXCUSED)
    affected = np.where((status == DOWN) | planned, terms.users, 0)
    return Loss(status != UNKNOWN, np.where(excused, 0, affected), affected)


def _outages(track: Track, starts: Instants, terms: AvailabilityTerms, recorded: bool) -> Loss:
    users = np.where(track.users == ALL_USERS, terms.users, track.users)
    if terms.weight is Weight.TIME:
        users = np.ones_like(users)
    charged = np.where(track.status == EXCUSED, 0, users)
    first = np.searchsorted(starts, track.since)
    last = np.searchsorted(starts, track.until)
    return Loss(
        np.full(len(starts), recorded),
        _added_up(charged, first, last, len(starts), terms.users),
        _added_up(users, first, last, len(starts), terms.users),
    )


def _added_up(
    users: NDArray[np.int64],
    first: NDArray[np.int64],
    last: NDArray[np.int64],
    size: int,
    most: int,
) -> NDArray[np.int64]:
    """Return the users of all outages at each stretch together, at most all users."""
    steps = np.zeros(size + 1, dtype=np.int64)
    np.add.at(steps, first, np.minimum(users, most))
    np.subtract.at(steps, last, np.minimum(users, most))
    return np.minimum(np.cumsum(steps[:-1]), most)
