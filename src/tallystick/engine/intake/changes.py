"""The accepted changes of work items as columns, and what puts several sets of them together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from tallystick.engine.intake.columns import chosen, ordered
from tallystick.engine.values import FOREVER, Coded, Instants

UNCHANGED_STATE = -1
"""The state of a change that leaves its item's state as it was."""


@dataclass(frozen=True, slots=True)
class Changes:
    """
    What happened to work items, one row per change, as the source told it.

    Rows are sorted by item, then time, then order in the source; `ids` is sorted, without
    repeats, and each of them has a row. `spans_of` turns changes into what each item was from
    when until when. The changes are what is stored, since a change that comes later can alter
    what an earlier `same` means.
    """

    item: NDArray[np.int64]  # position in `ids`, ascending
    at: Instants
    state: NDArray[np.int8]  # position in STATES, or UNCHANGED_STATE
    line: NDArray[np.int64]  # line of the file it came from, header = 1
    origin: Coded  # digest of that file
    ids: tuple[str, ...]  # external id of each item
    attributes: Mapping[str, Coded] = field(default_factory=dict)

    def __post_init__(self) -> None:
        columns: list[NDArray[np.integer]] = [self.at, self.state, self.line, self.origin.codes]
        columns += [column.codes for column in self.attributes.values()]
        if any(len(column) != len(self.item) for column in columns):
            raise ValueError("the columns of changes are equally long")
        if len(self.item) and np.any(np.diff(self.item) < 0):
            raise ValueError("the changes of an item lie side by side")

    def __len__(self) -> int:
        return len(self.item)

    @property
    def counts(self) -> NDArray[np.int64]:
        """Return the number of rows of each item."""
        return np.bincount(self.item, minlength=len(self.ids)).astype(np.int64)


def no_changes() -> Changes:
    """Return changes without rows."""
    none = np.empty(0, dtype=np.int64)
    nothing = Coded(none.astype(np.int32), ())
    return Changes(none, none, none.astype(np.int8), none, nothing, ())


def sorted_changes(
    item: Coded,
    at: Instants,
    state: NDArray[np.int8],
    line: NDArray[np.int64],
    origin: Coded,
    attributes: Mapping[str, Coded],
) -> Changes:
    """Return changes from columns in source order; no item is empty."""
    item = ordered(item)
    rows = _in_order(item.codes, at)
    return Changes(
        item=item.codes[rows].astype(np.int64),
        at=at[rows],
        state=state[rows],
        line=line[rows],
        origin=chosen(origin, rows),
        ids=item.values,
        attributes={name: ordered(chosen(column, rows)) for name, column in attributes.items()},
    )


def _in_order(item: NDArray[np.int32], at: Instants) -> NDArray[np.int64]:
    """Return the rows by item and time; those of one item and one second stay in source order."""
    since = at - at.min(initial=FOREVER)
    bits = int(since.max(initial=0)).bit_length()
    if bits > 32:
        return np.lexsort((at, item))
    # One number for both sorts several times as fast, but leaves rows of one second as it likes.
    key = (item.astype(np.int64) << bits) | since
    rows = np.argsort(key)
    ordered = key[rows]
    equal = ordered[1:] == ordered[:-1]
    if equal.any():
        tied = np.flatnonzero(np.r_[equal, False] | np.r_[False, equal])
        rows[tied] = rows[tied][np.lexsort((rows[tied], ordered[tied]))]
    return rows


def items_of(changes: Changes, kept: NDArray[np.bool_]) -> Changes:
    """Return the changes of some items; `kept` has one entry per item."""
    return rows_of(changes, kept[changes.item])


def rows_of(changes: Changes, rows: NDArray[np.bool_]) -> Changes:
    """Return some rows; items that lose all their rows lose their id."""
    present = np.zeros(len(changes.ids), dtype=np.bool_)
    present[changes.item[rows]] = True
    place = np.cumsum(present) - 1
    return Changes(
        item=place[changes.item[rows]].astype(np.int64),
        at=changes.at[rows],
        state=changes.state[rows],
        line=changes.line[rows],
        origin=chosen(changes.origin, rows),
        ids=tuple(changes.ids[code] for code in np.flatnonzero(present).tolist()),
        attributes={name: chosen(column, rows) for name, column in changes.attributes.items()},
    )


def put_together(parts: Sequence[Changes]) -> Changes:
    """
    Return all rows of several changes as one; in one second, rows of an earlier part come first.

    An attribute that a part does not have is empty there.
    """
    parts = [part for part in parts if len(part)]
    if not parts:
        return no_changes()
    if len(parts) == 1:
        return parts[0]
    names = sorted({name for part in parts for name in part.attributes})
    item = stacked([Coded(part.item.astype(np.int32), part.ids) for part in parts])
    return sorted_changes(
        item,
        np.concatenate([part.at for part in parts]),
        np.concatenate([part.state for part in parts]),
        np.concatenate([part.line for part in parts]),
        stacked([part.origin for part in parts]),
        {name: stacked([attribute(part, name) for part in parts]) for name in names},
    )


def attribute(changes: Changes, name: str) -> Coded:
    """Return an attribute's column; an empty one where the changes do not have it."""
    empty = Coded(np.full(len(changes), -1, dtype=np.int32), ())
    return changes.attributes.get(name, empty)


def stacked(columns: Sequence[Coded]) -> Coded:
    """Return columns one below the other, over one list of values."""
    index: dict[str, int] = {}
    codes = []
    for column in columns:
        table = [index.setdefault(value, len(index)) for value in column.values]
        codes.append(np.array([*table, -1], dtype=np.int32)[column.codes])
    return Coded(np.concatenate(codes), tuple(index))
