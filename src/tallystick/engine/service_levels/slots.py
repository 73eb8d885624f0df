"""Segments of working time -> a table of equal slots, in which many values are looked up fast."""

from dataclasses import dataclass
from math import gcd

import numpy as np
from numpy.typing import NDArray

from tallystick.engine.values import Instants

MANY = 4_096
"""So many instants are worth a table."""

_MOST_SLOTS = 1 << 20


@dataclass(frozen=True, slots=True, eq=False)
class Slots:
    """
    Working seconds before the start of each slot of `size` seconds, and whether it counts; the
    positions of those that do.

    A slot lies wholly within the hours or wholly outside: its size divides all their edges.
    """

    from_: int
    size: int
    before: NDArray[np.int64]
    counts: NDArray[np.int64]
    open_slots: NDArray[np.int64]

    def worked(self, at: Instants) -> Instants:
        """Return the working seconds before each instant of the coverage."""
        into = at - self.from_
        slot = into // self.size
        into -= slot * self.size
        into *= self.counts[slot]
        into += self.before[slot]
        return into

    def instant_of(self, worked: Instants) -> Instants:
        """Return the earliest instant with so many working seconds before it, from 1 to all."""
        slot = (worked - 1) // self.size
        into = worked - slot * self.size
        into += self.open_slots[slot] * self.size
        into += self.from_
        return into


def slots_of(from_: int, until: int, starts: Instants, lengths: NDArray[np.int64]) -> Slots | None:
    """Return the table of segments over [from_, until]; None where it would be too large."""
    size = gcd(int(np.gcd.reduce(starts - from_)), int(np.gcd.reduce(lengths))) or until - from_
    count = (until - from_) // size + 1
    if count > _MOST_SLOTS:
        return None
    open_for = np.zeros(count + 1, dtype=np.int64)
    edges = (starts - from_) // size
    np.add.at(open_for, edges, 1)
    np.subtract.at(open_for, edges + lengths // size, 1)
    counts = np.cumsum(open_for)[:count]
    before = np.cumsum(counts * size) - counts * size
    return Slots(from_, size, before, counts, np.flatnonzero(counts))
