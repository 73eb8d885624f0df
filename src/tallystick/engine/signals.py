"""What is known of the components of a service: probes, states or outages, as columns."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from tallystick.engine.values import FOREVER, Coded, Instants


class SignalKind(StrEnum):
    """What one row tells: an attempt to use a component, its state from then on, or an outage."""

    PROBES = "probes"
    STATES = "states"
    OUTAGES = "outages"


class Status(StrEnum):
    """
    What a component is said to be.

    An invalid probe is `unknown`. `maintenance` is a state; `excused` is an outage that the data
    call excused.
    """

    UP = "up"
    UNKNOWN = "unknown"
    DOWN = "down"
    MAINTENANCE = "maintenance"
    EXCUSED = "excused"


STATUSES: tuple[Status, ...] = tuple(Status)
"""
The code of a status in columnar data is its position here; never reorder.

That `up` < `unknown` < `down` is used: the worse of two is the maximum.
"""

UP, UNKNOWN, DOWN, MAINTENANCE, EXCUSED = range(len(STATUSES))

ALL_USERS = -1
"""The number of affected users where the data tell none: an outage affects everybody."""


@dataclass(frozen=True, slots=True)
class Signals:
    """
    Signals of one kind, one per row, sorted by component, then since, then line.

    `until` is `since` for a probe, the component's next `since` for a state, and the end of an
    outage; FOREVER where there is none. `users` is how many an outage affects, or ALL_USERS.
    Shapes: every column has one entry per row; `components` is sorted, without repeats.
    """

    kind: SignalKind
    component: NDArray[np.int64]  # position in `components`, ascending
    since: Instants
    until: Instants
    status: NDArray[np.int8]  # position in STATUSES
    users: NDArray[np.int64]
    line: NDArray[np.int64]  # line of the source file, header = 1
    components: tuple[str, ...]
    origin: Coded | None = None  # digest of the source file; None if it is not told

    def __post_init__(self) -> None:
        columns: list[NDArray[np.integer]] = [
            self.since, self.until, self.status, self.users, self.line,
        ]  # fmt: skip
        if self.origin is not None:
            columns.append(self.origin.codes)
        if any(len(column) != len(self.component) for column in columns):
            raise ValueError("the columns of signals are equally long")
        if len(self) and np.any(np.diff(self.component) < 0):
            raise ValueError("the signals of a component lie side by side")

    def __len__(self) -> int:
        return len(self.component)

    @property
    def open_outages(self) -> int:
        """Return how many outages have no end, and so last until one is told."""
        outages = self.kind is SignalKind.OUTAGES
        return int((self.until == FOREVER).sum()) if outages else 0

    def rows_of(self, name: str) -> slice:
        """Return where the rows of a component lie; an empty slice if there are none."""
        if name not in self.components:
            return slice(0, 0)
        place = self.components.index(name)
        first, last = np.searchsorted(self.component, [place, place + 1])
        return slice(int(first), int(last))


def open_words(outages: int) -> str:
    """Say that outages have no end yet, and what that means; empty if there are none."""
    if not outages:
        return ""
    said = "1 outage has" if outages == 1 else f"{outages} outages have"
    counts = "it counts" if outages == 1 else "each counts"
    return f"{said} no end yet: {counts} as down until a later file tells one."


def no_signals(kind: SignalKind) -> Signals:
    """Return signals without rows."""
    none = np.empty(0, dtype=np.int64)
    return Signals(kind, none, none, none, none.astype(np.int8), none, none, ())


@dataclass(frozen=True, slots=True)
class ProbeChunk:
    """
    Some consecutive probes of one component, in the order of their slots.

    A slot is an interval of the agreed length, counted from the epoch; several probes may share
    one. `status` holds UP, DOWN or UNKNOWN.
    """

    component: str
    slot: NDArray[np.int64] | NDArray[np.int32]
    status: NDArray[np.int8]
