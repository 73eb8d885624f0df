"""What became of each work item under one service level, as columns."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from tallystick.engine.values import Instants


class ItemVerdict(StrEnum):
    """Whether an item kept its limit. Pending and excluded items are in no denominator."""

    MET = "met"
    MISSED = "missed"
    PENDING = "pending"
    EXCLUDED = "excluded"


class Reason(StrEnum):
    """Why an item has its verdict."""

    DONE_IN_TIME = "done-in-time"
    DONE_LATE = "done-late"
    OPEN_IN_TIME = "open-in-time"
    OPEN_LATE = "open-late"
    CANCELLED = "cancelled"
    NO_LIMIT = "no-limit"


ITEM_VERDICTS: tuple[ItemVerdict, ...] = tuple(ItemVerdict)
"""The code of a verdict in columnar data is its position here; never reorder."""

REASONS: tuple[Reason, ...] = tuple(Reason)
"""The code of a reason in columnar data is its position here; never reorder."""

NO_WINDOW = -1
"""The window of an item that falls into no month of the term."""


@dataclass(frozen=True, slots=True, eq=False)
class Outcomes:
    """
    One row per item that was known at the instant of measuring, in the order of the items.

    `counted` and `paused` are working seconds up to `done`, or up to the instant of measuring.
    `done` is FOREVER for an open item. `due` is the instant at which the counted time reached
    the limit or, for an item below it, would reach it if the clock ran on; FOREVER if there is
    no limit or no such instant. `limit` is 0 where no limit applies. `window` is a position in
    `windows_of(agreement)`, or NO_WINDOW.
    """

    ids: tuple[str, ...]
    item: NDArray[np.int64]
    opened: Instants
    due: Instants
    done: Instants
    counted: NDArray[np.int64]
    paused: NDArray[np.int64]
    limit: NDArray[np.int64]
    verdict: NDArray[np.int8]
    reason: NDArray[np.int8]
    window: NDArray[np.int32]

    def __post_init__(self) -> None:
        if any(len(getattr(self, name)) != len(self.item) for name in COLUMNS):
            raise ValueError("the columns of outcomes are equally long")

    def __len__(self) -> int:
        return len(self.item)

    def id_of(self, row: int) -> str:
        """Return the external id of the item in a row."""
        return self.ids[int(self.item[row])]

    def verdict_of(self, row: int) -> ItemVerdict:
        """Return the verdict on the item in a row."""
        return ITEM_VERDICTS[int(self.verdict[row])]

    def reason_of(self, row: int) -> Reason:
        """Return the reason for the verdict in a row."""
        return REASONS[int(self.reason[row])]


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
