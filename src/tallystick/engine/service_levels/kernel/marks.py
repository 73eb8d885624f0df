"""Marked rows of units side by side: the first, the last, if there is one, what lies between."""

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int64]
Mask = NDArray[np.bool_]

BEYOND = int(np.iinfo(np.int64).max)

_STEPS = 6
"""So many rows are looked at one by one, for all units together, before the rest is looked up."""


def first_in(marked: Mask, starts: Rows, ends: Rows) -> Rows:
    """Return the first marked row from each start on; the end where there is none before it."""
    row = starts.copy()
    # Most units are decided within a few rows, and then nothing is searched.
    left = _undecided(marked, row, ends, np.arange(len(row)))
    for _ in range(_STEPS):
        row[left] += 1
        left = _undecided(marked, row, ends, left)
    if len(left):
        rows = np.append(np.flatnonzero(marked), BEYOND)
        row[left] = np.minimum(rows[np.searchsorted(rows, row[left])], ends[left])
    return row


def _undecided(marked: Mask, row: Rows, ends: Rows, left: Rows) -> Rows:
    at = row[left]
    inside = at < ends[left]
    return left[inside & ~marked[np.minimum(at, len(marked) - 1)]]


def last_in(marked: Mask, starts: Rows, ends: Rows) -> Rows:
    """Return the last marked row before each end; the row before the start where there is none."""
    if not len(marked):
        return starts - 1
    # The same, seen from the other end.
    last = len(marked) - 1
    found = first_in(marked[::-1], last + 1 - ends[::-1], last + 1 - starts[::-1])
    return np.asarray(last - found[::-1], dtype=np.int64)


def any_in(marked: Mask, starts: Rows, ends: Rows) -> Mask:
    """Return which units, side by side in order, have a marked row."""
    found = np.zeros(len(starts), dtype=np.bool_)
    rows = np.flatnonzero(marked)
    owner = np.searchsorted(starts, rows, side="right") - 1
    inside = (owner >= 0) & (rows < ends[np.maximum(owner, 0)])
    found[owner[inside]] = True
    return found


def between(rows: int, starts: Rows, ends: Rows) -> Mask:
    """Return the rows that lie in one of some stretches; they do not overlap, some are empty."""
    steps = np.zeros(rows + 1, dtype=np.int8)
    some = starts < ends
    # A stretch may end where the next one starts, so these are two steps.
    steps[starts[some]] += 1
    steps[ends[some]] -= 1
    return np.cumsum(steps[:rows], dtype=np.int8).view(np.bool_)
