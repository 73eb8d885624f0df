"""What became of each work item under one service level, as columns."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tallystick.engine.values import Instants


class ItemVerdict(StrEnum):
    """
    Whether an item kept its limit. Pending and excluded items are in no denominator.

    A `counted` item stands behind a figure, such as a mean or a volume, that does not judge it.
    """

    MET = "met"
    MISSED = "missed"
    PENDING = "pending"
    EXCLUDED = "excluded"
    COUNTED = "counted"


class Reason(StrEnum):
    """Why an item has its verdict."""

    DONE_IN_TIME = "done-in-time"
    DONE_LATE = "done-late"
    OPEN_IN_TIME = "open-in-time"
    OPEN_LATE = "open-late"
    CANCELLED = "cancelled"
    NO_LIMIT = "no-limit"
    RELIEVED = "relieved"
    NEVER_STARTED = "never-started"
    REOPENED = "reopened"
    NO_DUE_DATE = "no-due-date"
    NO_VALUE = "no-value"
    GOOD = "good"
    NOT_GOOD = "not-good"
    COUNTED = "counted"
    STILL_OPEN = "still-open"


ITEM_VERDICTS: tuple[ItemVerdict, ...] = tuple(ItemVerdict)
"""The code of a verdict in columnar data is its position here; never reorder."""

REASONS: tuple[Reason, ...] = tuple(Reason)
"""The code of a reason in columnar data is its position here; never reorder."""

NO_WINDOW = -1
"""The window of an item that falls into no month of the term."""


@dataclass(frozen=True, slots=True, eq=False)
class Outcomes:
    """
    One row per item that was known at the instant of measuring, in the order of the items; one
    per cycle where a service level judges each cycle.

    `counted` and `paused` are working seconds, `elapsed` seconds round the clock less pauses,
    up to `done`, or up to the instant of measuring. `done` is FOREVER for an open item. `due`
    is the instant at which the limit was reached or, for an item below it, would be if the
    clock ran on; FOREVER if there is no limit or no such instant. `first_due` is the same under
    the limit that held first. `rule` is the position of the limit among the level's targets, -1
    where none applies, and `limit` its seconds, 0 where a due instant is stated; `over` is by
    how many seconds the limit or the due instant was exceeded, negative if it was kept. `value`
    is in millionths, for levels that count an attribute. `flags` are those of `flags.Flag`.
    `window` is a position in `windows_of`, or NO_WINDOW; an item whose due date cannot be read has
    that of its opening. A missed item counts in each window up to `last_window`.
    """

    ids: Sequence[str]
    item: NDArray[np.int64]
    cycle: NDArray[np.int32]
    opened: Instants
    due: Instants
    first_due: Instants
    done: Instants
    counted: NDArray[np.int64]
    paused: NDArray[np.int64]
    elapsed: NDArray[np.int64]
    rule: NDArray[np.int16]
    limit: NDArray[np.int64]
    over: NDArray[np.int64]
    value: NDArray[np.int64]
    verdict: NDArray[np.int8]
    reason: NDArray[np.int8]
    flags: NDArray[np.int16]
    window: NDArray[np.int32]
    last_window: NDArray[np.int32]

    def __post_init__(self) -> None:
        if any(len(getattr(self, name)) != len(self.item) for name in COLUMNS):
            raise ValueError("the columns of outcomes are equally long")

    def __len__(self) -> int:
        return len(self.item)

    def id_of(self, row: int) -> str:
        """Return the external id of the item in a row."""
        return self.ids[int(self.item[row])]

    def names(self) -> list[str]:
        """Return the external id of the item in each row; stored ids are read for these alone."""
        if isinstance(self.ids, tuple):
            return [self.ids[item] for item in self.item.tolist()]
        take = getattr(self.ids, "take", None)
        found: list[str] = take(self.item) if take else [self.ids[i] for i in self.item.tolist()]
        return found

    def verdict_of(self, row: int) -> ItemVerdict:
        """Return the verdict on the item in a row."""
        return ITEM_VERDICTS[int(self.verdict[row])]

    def reason_of(self, row: int) -> Reason:
        """Return the reason for the verdict in a row."""
        return REASONS[int(self.reason[row])]

    def some(self, rows: NDArray[np.int64] | NDArray[np.bool_]) -> "Outcomes":
        """Return some rows, with the same ids."""
        return Outcomes(self.ids, **{name: getattr(self, name)[rows] for name in COLUMNS})


def no_outcomes(ids: Sequence[str]) -> Outcomes:
    """Return the outcomes of no item."""
    kinds = {"cycle": np.int32, "window": np.int32, "last_window": np.int32, "rule": np.int16}
    kinds |= {"verdict": np.int8, "reason": np.int8, "flags": np.int16}
    columns: dict[str, Any] = {
        name: np.empty(0, dtype=kinds.get(name, np.int64)) for name in COLUMNS
    }
    return Outcomes(ids, **columns)


COLUMNS: tuple[str, ...] = tuple(field.name for field in fields(Outcomes))[1:]
"""The columns of outcomes by name, without `ids`."""


def concatenate(parts: Sequence[Outcomes]) -> Outcomes:
    """Return the outcomes of several buckets, under one service level, as one."""
    ids = tuple(name for part in parts for name in part.ids)
    offsets = accumulate((len(part.ids) for part in parts[:-1]), initial=0)
    items = [part.item + offset for part, offset in zip(parts, offsets, strict=True)]
    columns = {
        name: np.concatenate([getattr(part, name) for part in parts]) for name in COLUMNS[1:]
    }
    return Outcomes(ids=ids, item=np.concatenate(items), **columns)
