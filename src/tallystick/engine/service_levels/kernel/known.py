"""A history as it was known at an instant, with what several service levels ask of it."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from tallystick.engine.service_levels.calendars import WorkingTime, working_time
from tallystick.engine.service_levels.histories import known_at
from tallystick.engine.service_levels.terms import Calendar
from tallystick.engine.values import Instants, Spans

Rows = NDArray[np.int64]
Mask = NDArray[np.bool_]
Codes = NDArray[np.int32]
T = TypeVar("T")


def _narrow(most: int) -> type[np.integer]:
    """Return the narrowest kind of number that holds sums up to `most`: half the memory to move."""
    return np.int32 if most < 2**31 else np.int64


class Known:
    """
    The rows known at `as_of`, cut off there; each view of them is computed once.

    `starts` and `ends` hold the first row of each item and the row after its last. A calendar is
    looked up once per row, however many service levels count on it.
    """

    def __init__(self, spans: Spans, as_of: int) -> None:
        self.spans = known_at(spans, as_of)
        self.as_of = as_of
        self.starts: Rows = self.spans.starts
        self.rows = len(self.spans.item)
        self.ends: Rows = np.append(self.starts[1:], self.rows)
        self._kept: dict[Any, Any] = {}

    def __len__(self) -> int:
        return self.rows

    def item_start(self) -> Rows:
        """Return for each row the first row of its item."""
        return self.once("item_start", lambda: np.repeat(self.starts, self.ends - self.starts))

    def is_first(self) -> Mask:
        """Return which rows are the first of their item."""

        def compute() -> Mask:
            first = np.zeros(self.rows, dtype=np.bool_)
            first[self.starts] = True
            return first

        return self.once("is_first", compute)

    def in_force(self, name: str) -> Codes:
        """Return the code of an attribute in force in each row: the last one stated, -1 if none."""
        return self.once(("in_force", name), lambda: self._in_force(name))

    def is_constant(self, name: str) -> bool:
        """Return whether no item's attribute ever changes."""

        def compute() -> bool:
            codes = self.in_force(name)
            return not np.any((codes[1:] != codes[:-1]) & ~self.is_first()[1:])

        return self.once(("is_constant", name), compute)

    def working(self, calendar: Calendar, reserve: int) -> WorkingTime:
        """Return the working time of a calendar that covers all rows and `reserve` seconds more."""
        return working_time(calendar, self._first(), self.as_of, reserve)

    def _first(self) -> int:
        return self.once("first", lambda: int(self.spans.since.min()))

    def lengths(self) -> Instants:
        """Return how many seconds each row lasts, hours of a calendar or not."""

        def compute() -> Instants:
            longest = self.as_of - self._first()
            return (self.spans.until - self.spans.since).astype(_narrow(longest))

        return self.once("lengths", compute)

    def worked(self, working: WorkingTime) -> tuple[Instants, Instants]:
        """Return the working seconds before the start of each row, and within it."""
        key = ("worked", working.calendar, working.from_)
        return self.once(key, lambda: self._worked(working))

    def once(self, key: Any, compute: Callable[[], T]) -> T:
        """Return what `compute` gives, computed at the first call with this key."""
        if key not in self._kept:
            self._kept[key] = compute()
        return cast(T, self._kept[key])

    def _worked(self, working: WorkingTime) -> tuple[Instants, Instants]:
        since = working.worked(self.spans.since).astype(_narrow(working.total))
        # A row ends where the item's next one starts; the last one known ends at `as_of`.
        lengths = np.empty_like(since)
        np.subtract(since[1:], since[:-1], out=lengths[:-1])
        last = self.ends - 1
        lengths[last] = working.worked(self.as_of) - since[last]
        return since, lengths

    def _in_force(self, name: str) -> Codes:
        codes = self.spans.attributes[name].codes
        stated = codes >= 0
        if stated.all():
            return codes
        last = np.maximum.accumulate(np.where(stated, np.arange(self.rows), -1))
        return np.where(last >= self.item_start(), codes[np.maximum(last, 0)], -1).astype(np.int32)
