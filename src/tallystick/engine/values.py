"""The plain values that every part of the engine shares; each checks itself once, at birth."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

type_error = "an instant carries its zone: {0!r} has none"

Instants = NDArray[np.int64]
"""Whole seconds since 1970-01-01T00:00Z. All service-level arithmetic is done on these."""

Number = Decimal | Fraction | int
"""An exact number, as people write it or as it is computed; `Fraction` takes each of them."""

FOREVER: int = int(np.iinfo(np.int64).max)
"""The `until` of a span that has not ended."""


class State(StrEnum):
    """What a work item is at an instant (ITIL 4, incident and request management)."""

    NEW = "new"
    IN_PROGRESS = "in-progress"
    ON_HOLD = "on-hold"
    RESOLVED = "resolved"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Severity(StrEnum):
    """How much a finding weighs; a gate does not open while a blocker is open."""

    BLOCKER = "blocker"
    MAJOR = "major"
    MINOR = "minor"

    @property
    def rank(self) -> int:
        """Return 0 for the gravest."""
        return tuple(Severity).index(self)


STATES: tuple[State, ...] = tuple(State)
"""The code of a state in columnar data is its position here; never reorder."""


def decimal_text(number: Decimal) -> str:
    """Return an exact decimal as people write it: no exponent, no zeros that say nothing."""
    return f"{number.normalize():f}"


def seconds(moment: datetime) -> int:
    """Return whole seconds since the epoch; a fraction of a second is dropped."""
    if moment.tzinfo is None:
        raise ValueError(type_error.format(moment))
    return int(moment.timestamp() // 1)


def moment(instant: int) -> datetime:
    """Return the UTC datetime of whole seconds since the epoch."""
    return datetime.fromtimestamp(instant, tz=UTC)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A span of time, closed at its start and open at its end; both instants carry a zone."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        for edge in (self.start, self.end):
            if edge.tzinfo is None:
                raise ValueError(type_error.format(edge))
        if not self.start < self.end:
            raise ValueError(f"a period ends after it starts, not {self.start} to {self.end}")


@dataclass(frozen=True, slots=True, order=True)
class Share:
    """A part of a whole, between 0 and 1, kept as an exact fraction."""

    value: Fraction

    def __post_init__(self) -> None:
        if not 0 <= self.value <= 1:
            raise ValueError(f"a share lies between 0 and 1, not {self.value}")


@dataclass(frozen=True, slots=True)
class Coded:
    """A text column as small integers: `values[codes[i]]` is row i, -1 is empty."""

    codes: NDArray[np.int32]
    values: tuple[str, ...]

    def text(self, row: int) -> str:
        """Return the text of one row; empty text where there is none."""
        code = int(self.codes[row])
        return "" if code < 0 else self.values[code]


@runtime_checkable
class Taking(Protocol):
    """Texts of which some can be had without the others."""

    def take(self, places: NDArray[np.int64]) -> list[str]:
        """Return the texts at some places, in that order."""


def texts_at(texts: Sequence[str], places: NDArray[np.int64]) -> list[str]:
    """Return the texts at some places; what stays in a file unless asked for is read from there."""
    if isinstance(texts, Taking):
        return texts.take(places)
    return [texts[place] for place in places.tolist()]


@dataclass(frozen=True, slots=True)
class Spans:
    """
    The history of work items as columns: what each item was, from when until when.

    Rows are sorted by item, then time, then order in the source, so an item's rows lie side
    by side. `until` is the next row's `since`, or FOREVER for an item's last row. Two changes
    at one instant make a row of zero length, kept because order is part of the semantics.
    Shapes: every column has one entry per row; `ids` has one per item. `ids` may lie in a file
    until they are asked for; see `texts_at`.
    """

    item: NDArray[np.int64]  # position in `ids`, ascending
    since: Instants
    until: Instants
    state: NDArray[np.int8]  # position in STATES
    line: NDArray[np.int64]  # line of the source file, header = 1
    ids: Sequence[str]  # external id of each item
    attributes: Mapping[str, Coded] = field(default_factory=dict)
    origin: Coded | None = None  # digest of the source file; None if it is not told

    def __post_init__(self) -> None:
        rows = len(self.item)
        columns: list[NDArray[np.integer]] = [self.since, self.until, self.state, self.line]
        if any(len(column) != rows for column in columns) or not self._origin_fits(rows):
            raise ValueError("the columns of a history are equally long")
        if np.any(self.item[1:] < self.item[:-1]):
            raise ValueError("the rows of an item lie side by side")

    def _origin_fits(self, rows: int) -> bool:
        return self.origin is None or len(self.origin.codes) == rows

    @property
    def starts(self) -> NDArray[np.int64]:
        """Return the first row of each item that has rows."""
        begins = np.ones(len(self.item), dtype=np.bool_)
        np.not_equal(self.item[1:], self.item[:-1], out=begins[1:])
        return np.flatnonzero(begins)
