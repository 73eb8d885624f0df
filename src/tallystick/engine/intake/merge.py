"""A Reading against what is held -> what to store, and what of it is new."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tallystick.engine.intake.changes import (
    Changes,
    attribute,
    items_of,
    put_together,
    rows_of,
    stacked,
)
from tallystick.engine.intake.columns import occurrence_of, row_keys
from tallystick.engine.intake.mapping import History
from tallystick.engine.intake.reading import Account, Reading
from tallystick.engine.intake.shapes import Shape
from tallystick.engine.values import Coded


@dataclass(frozen=True, slots=True)
class Merged:
    """
    What an import adds to what is held.

    `read` = `accepted` + `rejected` + `unchanged`, in rows of the file. `changes` are the whole
    histories of the items that changed, to be stored; without rows there is nothing to store.
    """

    read: int
    accepted: int
    rejected: int
    unchanged: int
    changes: Changes

    def __post_init__(self) -> None:
        if self.read != self.accepted + self.rejected + self.unchanged:
            raise ValueError("each row is accepted, rejected or unchanged")

    @property
    def items(self) -> int:
        """Return how many items changed."""
        return len(self.changes.ids)


@dataclass(frozen=True, slots=True)
class _Compared:
    """The new rows against the held ones; `known` has one entry per row, `same` per item."""

    known: NDArray[np.bool_]
    same: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Grown:
    """The whole histories of the items that changed, and how many rows were held already."""

    changes: Changes
    unchanged: int


def merge(reading: Reading, held: Changes) -> Merged:
    """Compare a file's changes with those held of the same items; see `grow`."""
    grown = grow(reading.changes, held, reading)
    return Merged(
        read=reading.read,
        accepted=reading.accepted - grown.unchanged,
        rejected=len(reading.rejected),
        unchanged=reading.unchanged + grown.unchanged,
        changes=grown.changes,
    )


def grow(new: Changes, held: Changes, account: Account) -> Grown:
    """
    Compare changes of a file with those held of the same items; `account` is of the whole file.

    An item of which the file has a rejected row is treated as additions, whatever the mapping.

    Whole histories: an item whose rows equal the held ones is unchanged, any other is stored as
    the file tells it. Additions: rows that are held already are unchanged; an item that has
    others is stored with its held rows and those. Two equal rows of one file are two changes:
    one held row makes one of them unchanged. In an item table a row is unchanged when its item is.
    """
    if not len(held):
        return Grown(new, 0)
    compared = _compare(new, held)
    log = account.shape is Shape.EVENT_LOG
    grows = np.full(len(new.ids), log and account.history is History.ADDITIONS)
    if log:
        # A rejected row leaves a hole in the file's history; what is held must not fall into it.
        grows |= np.array([name in account.incomplete for name in new.ids], dtype=bool)
    whole = items_of(new, ~compared.same & ~grows)
    changes = put_together([whole, _added(new, held, ~compared.known & grows[new.item])])
    return Grown(changes, int((compared.known if log else compared.same).sum()))


def _added(new: Changes, held: Changes, rows: NDArray[np.bool_]) -> Changes:
    """Return the histories that some new rows make together with the held ones."""
    fresh = rows_of(new, rows)
    grown = set(fresh.ids)
    return put_together([items_of(held, np.array([i in grown for i in held.ids], bool)), fresh])


def _compare(new: Changes, held: Changes) -> _Compared:
    both = [held, new]
    item = stacked([Coded(part.item.astype(np.int32), part.ids) for part in both]).codes
    names = sorted({*new.attributes, *held.attributes})
    columns: list[NDArray[np.integer]] = [item, *_stacked_plain(both)]
    columns += [stacked([attribute(part, name) for part in both]).codes for name in names]
    keys = row_keys(columns, len(item))
    old = len(held)
    known = occurrence_of(keys[old:]) < np.bincount(keys[:old], minlength=len(keys) + 1)[keys[old:]]
    return _Compared(known, _same_items(new, held, keys[old:], keys[:old]))


def _stacked_plain(parts: list[Changes]) -> list[NDArray[np.integer]]:
    return [
        np.concatenate([part.at for part in parts]),
        np.concatenate([part.state for part in parts]),
    ]


def _same_items(
    new: Changes, held: Changes, new_keys: NDArray[np.int64], held_keys: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Return which new items have just the held rows, in the same order."""
    place = {name: code for code, name in enumerate(held.ids)}
    partner = np.array([place.get(name, -1) for name in new.ids], dtype=np.int64)
    held_counts = np.r_[held.counts, 0]
    same: NDArray[np.bool_] = (partner >= 0) & (new.counts == held_counts[partner])
    starts = np.r_[0, np.cumsum(held.counts)]
    offset = np.arange(len(new)) - np.searchsorted(new.item, new.item, side="left")
    rows = np.flatnonzero(same[new.item])
    partners = starts[partner[new.item[rows]]] + offset[rows]
    differs = rows[new_keys[rows] != held_keys[partners]]
    same[new.item[differs]] = False
    return same
