"""Changes -> spans: what each item was, from when until when."""

import numpy as np
from numpy.typing import NDArray

from tallystick.engine.intake.changes import UNCHANGED_STATE, Changes
from tallystick.engine.values import FOREVER, STATES, Instants, Spans, State

_NEW = STATES.index(State.NEW)


def spans_of(changes: Changes) -> Spans:
    """
    Return the history that the changes make, row for row.

    A row whose state is unchanged takes the state of the row before it; an item that starts
    with such a row starts as new.
    """
    return Spans(
        item=changes.item,
        since=changes.at,
        until=ends_of(changes.item, changes.at),
        state=states_of(changes),
        line=changes.line,
        ids=changes.ids,
        attributes=changes.attributes,
        origin=changes.origin,
    )


def ends_of(item: NDArray[np.int64], since: Instants) -> Instants:
    """Return when each row ends: where the item's next row starts, or FOREVER."""
    until = np.empty(len(item), dtype=np.int64)
    until[:-1] = since[1:]
    until[np.flatnonzero(item[1:] != item[:-1])] = FOREVER
    until[-1:] = FOREVER
    return until


def states_of(changes: Changes) -> NDArray[np.int8]:
    """Return the state in force after each row."""
    rows = np.arange(len(changes), dtype=np.int64)
    first = np.r_[True, np.diff(changes.item) > 0][: len(rows)]
    state = np.where(first & (changes.state == UNCHANGED_STATE), _NEW, changes.state)
    named = np.maximum.accumulate(np.where(state != UNCHANGED_STATE, rows, 0))
    return state[named].astype(np.int8)
