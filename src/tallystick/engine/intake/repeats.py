"""Rows that say who they are -> which to keep: repeats are left out, contradictions rejected."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from tallystick.engine.intake.columns import row_keys
from tallystick.engine.intake.docket import Docket, Reason

Columns = Sequence[NDArray[np.integer]]


def keep_first(
    docket: Docket, key: Columns, rest: Columns, why: Callable[[int, int], Reason]
) -> NDArray[np.bool_]:
    """
    Return which of the free rows to keep: the first of each key.

    A later row of a key that is equal in all the rest is not kept and not rejected; one that is
    not is rejected for the reason `why(row, first)`.
    """
    free = np.flatnonzero(docket.free)
    if not len(free):
        return docket.free.copy()
    keys = row_keys(key, len(docket.free))
    whole = row_keys([keys, *rest], len(docket.free))
    found, first = np.unique(keys[free], return_index=True)
    first_row = np.zeros(int(keys.max()) + 1, dtype=np.int64)
    first_row[found] = free[first]
    first_of = first_row[keys]
    other = docket.free & (whole != whole[first_of])
    docket.reject(other, lambda row: why(row, int(first_of[row])))
    kept: NDArray[np.bool_] = docket.free & (first_of == np.arange(len(first_of)))
    return kept
