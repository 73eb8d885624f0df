"""Marked rows of units side by side: the first, the last, if there is one, what lies between."""

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int64]
Mask = NDArray[np.bool_]

BEYOND = int(np.iinfo(np.int64).max)

# Looking up the marked rows is several times faster than reducing a column over each unit.


def first_in(marked: Mask, starts: Rows, ends: Rows) -> Rows:
    """Return the first marked row from each start on; the end where there is none before it."""
    rows = np.append(np.flatnonzero(marked), BEYOND)
    return np.asarray(np.minimum(rows[np.searchsorted(rows, starts)], ends), dtype=np.int64)


def last_in(marked: Mask, starts: Rows, ends: Rows) -> Rows:
    """Return the last marked row before each end; the row before the start where there is none."""
    rows = np.append(-1, np.flatnonzero(marked))
    return np.asarray(np.maximum(rows[np.searchsorted(rows, ends) - 1], starts - 1), dtype=np.int64)


def any_in(marked: Mask, starts: Rows, ends: Rows) -> Mask:
    """Return which units have a marked row."""
    rows = np.flatnonzero(marked)
    if not len(rows):
        return np.zeros(len(starts), dtype=np.bool_)
    return np.asarray(np.searchsorted(rows, ends) > np.searchsorted(rows, starts), dtype=np.bool_)


def between(rows: int, starts: Rows, ends: Rows) -> Mask:
    """Return the rows that lie in one of some stretches; they do not overlap, some are empty."""
    steps = np.zeros(rows + 1, dtype=np.int8)
    some = starts < ends
    # A stretch may end where the next one starts, so these are two steps.
    steps[starts[some]] += 1
    steps[ends[some]] -= 1
    return np.cumsum(steps[:rows], dtype=np.int8).view(np.bool_)
