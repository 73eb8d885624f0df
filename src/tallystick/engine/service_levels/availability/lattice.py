"""Windows, calendar and excuses -> what one slot of a regular set of probes counts for."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tallystick.engine.service_levels.availability.excuses import (
    NOT_EXCUSED,
    edges_of,
    excused_by,
)
from tallystick.engine.service_levels.availability.losses import slot_length
from tallystick.engine.service_levels.availability.timeline import Rules
from tallystick.engine.service_levels.outcomes import NO_WINDOW
from tallystick.engine.service_levels.windows import Window
from tallystick.engine.signals import UNKNOWN
from tallystick.engine.values import Instants

STATUS_CODES = 4


@dataclass(frozen=True, slots=True, eq=False)
class Lattice:
    """
    Slots of equal length side by side, and what each of them counts for.

    Slot i of `count` is [first + i, first + i + 1) times `interval`, the last one cut at `end`.
    Slots that count for the same share a profile: `profile[i]` is its number times STATUS_CODES.
    `seconds[p, w, e]` are the service seconds of one slot of profile p in window w, excused
    (e = 1) or not (e = 0).
    """

    interval: int
    first: int
    count: int
    end: int
    profile: NDArray[np.int32]
    seconds: NDArray[np.int64]

    @property
    def profiles(self) -> int:
        """Return how many profiles there are."""
        return len(self.seconds)

    def blank(self) -> NDArray[np.int8]:
        """Return a status for each slot: unknown."""
        return np.full(self.count, UNKNOWN, dtype=np.int8)


def lattice_of(rules: Rules) -> Lattice:
    """
    Return the slots that cover the windows up to the instant of measuring.

    It starts, and ends, one shortest outage beyond the windows: what is longer than that within
    the lattice is long, however much of it lies outside.
    """
    interval, least = slot_length(rules.terms), rules.terms.minimum_outage
    start = min((window.start for window in rules.windows), default=rules.as_of) - least
    end = min(max((window.end for window in rules.windows), default=start) + least, rules.as_of)
    first = start // interval
    count = max(0, -(-end // interval) - first)
    edges = (first + np.arange(count + 1, dtype=np.int64)) * interval
    edges[-1] = end if count else edges[-1]
    inner = _inner_edges(rules, int(edges[0]), int(edges[-1]))
    mixed = np.diff(edges) != interval
    mixed[inner // interval - first] = True
    profile, plain = _plain_profiles(rules, edges, mixed)
    profile[mixed] = len(plain) + np.arange(int(mixed.sum()))
    mixtures = _mixtures(rules, edges, inner, mixed)
    seconds = np.concatenate([plain, mixtures])
    return Lattice(interval, first, count, end, (profile * STATUS_CODES).astype(np.int32), seconds)


def _inner_edges(rules: Rules, start: int, end: int) -> Instants:
    """Return the instants between two slots' edges at which anything changes."""
    working = rules.working
    own = [edge for window in rules.windows for edge in (window.start, window.end)]
    edges = np.unique(
        np.concatenate(
            [
                edges_of(rules.excuses),
                np.array(own, np.int64),
                working.starts,
                working.starts + working.lengths,
            ]
        )
    )
    edges = edges[(edges > start) & (edges < end)]
    return np.asarray(edges[edges % slot_length(rules.terms) != 0], dtype=np.int64)


def _plain_profiles(
    rules: Rules, edges: Instants, mixed: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the profile of each slot that nothing cuts: none, or a window, excused or not."""
    windows = len(rules.windows)
    window, excused, seconds = _pieces(rules, edges)
    profile = np.where((window == NO_WINDOW) | (seconds == 0) | mixed, 0, 1 + 2 * window + excused)
    plain = np.zeros((1 + 2 * windows, windows, 2), dtype=np.int64)
    for place in range(windows):
        plain[1 + 2 * place, place, 0] = plain[2 + 2 * place, place, 1] = slot_length(rules.terms)
    return profile, plain


def _mixtures(
    rules: Rules, edges: Instants, inner: Instants, mixed: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """Return a profile of its own for each slot within which something changes."""
    number = np.cumsum(mixed) - 1
    found = np.zeros((int(mixed.sum()), len(rules.windows), 2), dtype=np.int64)
    slots = np.flatnonzero(mixed)
    cuts = np.unique(np.concatenate([edges[slots], edges[slots + 1], inner]))
    window, excused, seconds = _pieces(rules, cuts)
    # What lies between two mixed slots starts in a slot that is not mixed.
    slot = np.searchsorted(edges, cuts[:-1], side="right") - 1
    counts = mixed[slot] & (window != NO_WINDOW)
    at = number[slot[counts]], window[counts], excused[counts]
    np.add.at(found, at, seconds[counts])
    return found


def _pieces(
    rules: Rules, edges: Instants
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return window, whether excused, and service seconds of each piece between two edges."""
    starts = edges[:-1]
    excused = (excused_by(rules.excuses, starts) != NOT_EXCUSED).astype(np.int64)
    return _windows_at(rules.windows, starts), excused, np.diff(rules.working.worked(edges))


def _windows_at(windows: Sequence[Window], instants: Instants) -> NDArray[np.int64]:
    found = np.full(len(instants), NO_WINDOW, dtype=np.int64)
    for place, window in enumerate(windows):
        first, last = np.searchsorted(instants, [window.start, window.end])
        found[first:last] = place
    return found
