"""Streamed cells -> columns of small integers, so that each distinct text is handled once."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from tallystick.engine.intake.text import Row
from tallystick.engine.values import Coded, Instants

# So few that a batch stays in the processor's cache: twice as fast as many thousands.
_AT_ONCE = 512
_TOLD_EVERY = 16 * _AT_ONCE


@dataclass(slots=True)
class _Encoder:
    """Numbers texts in the order in which they first come; white space around them is dropped."""

    index: dict[str, int] = field(default_factory=dict)
    parts: list[NDArray[np.int32]] = field(default_factory=list)

    def add(self, cells: Sequence[str]) -> None:
        index = self.index
        codes = [index.setdefault(cell, len(index)) for cell in cells]
        self.parts.append(np.array(codes, dtype=np.int32))

    def coded(self) -> Coded:
        codes = np.concatenate(self.parts) if self.parts else np.empty(0, dtype=np.int32)
        return stripped(Coded(codes, tuple(self.index)))


@dataclass(frozen=True, slots=True)
class Clock:
    """
    A column of points in time, as whole seconds since 1970; `missing` where there is none.

    They are instants, or what a clock on the wall showed where no zone is told.
    """

    seconds: Instants
    missing: NDArray[np.bool_]
    zoned: bool

    def text(self, row: int) -> str:
        """Return the text of one row."""
        return f"{np.datetime64(int(self.seconds[row]), 's')}{'+00' if self.zoned else ''}"


@dataclass(frozen=True, slots=True)
class Cells:
    """
    The cells of the columns asked for, by position, with the line of each row.

    Only rows as wide as the header are in; `ragged` has the line and width of the others. A
    column is one of texts or, where the file declares it so, one of points in time. Of a file
    that is read in parts, `dates` has the texts that tell how it writes dates, by position.
    """

    columns: dict[int, Coded]
    lines: NDArray[np.int64]
    ragged: tuple[tuple[int, int], ...] = ()
    clocks: Mapping[int, Clock] = field(default_factory=dict)
    dates: Mapping[int, tuple[str, ...]] = field(default_factory=dict)

    @property
    def read(self) -> int:
        """Return how many rows the file has."""
        return len(self.lines) + len(self.ragged)


def read_cells(
    rows: Iterator[Row],
    width: int,
    positions: Iterable[int],
    progress: Callable[[int], None] | None = None,
) -> Cells:
    """Read all rows; `progress` is told now and then how many rows were read so far."""
    encoders = {position: _Encoder() for position in positions}
    lines: list[int] = []
    ragged: list[tuple[int, int]] = []
    done = 0
    while batch := list(islice(rows, _AT_ONCE)):
        ragged += [(line, len(cells)) for line, cells in batch if len(cells) != width]
        whole = [row for row in batch if len(row[1]) == width]
        lines += map(itemgetter(0), whole)
        for position, encoder in encoders.items():
            encoder.add([cells[position] for _, cells in whole])
        done += len(batch)
        if progress and done % _TOLD_EVERY == 0:
            progress(done)
    if progress and done % _TOLD_EVERY:
        progress(done)
    columns = {position: encoder.coded() for position, encoder in encoders.items()}
    return Cells(columns, np.array(lines, dtype=np.int64), tuple(ragged))


def stripped(column: Coded) -> Coded:
    """Return the column without white space around its texts; a text of that alone is empty."""
    if all(column.values) and column.values == (*map(str.strip, column.values),):
        return column
    return recoded(column, str.strip)


def recoded(column: Coded, change: Callable[[str], str]) -> Coded:
    """Return the column with each distinct text changed; texts that become equal share a code."""
    index: dict[str, int] = {}
    codes = [
        index.setdefault(text, len(index)) if (text := change(value)) else -1
        for value in column.values
    ]
    # The last entry answers for code -1, an empty cell.
    table = np.array([*codes, -1], dtype=np.int32)
    return Coded(table[column.codes], tuple(index))


def joined(columns: Sequence[Coded], glue: str) -> Coded:
    """Return the columns as one text column; empty cells are left out of the text."""
    first = columns[0]
    for second in columns[1:]:
        first = _joined(first, second, glue)
    return first


def _joined(first: Coded, second: Coded, glue: str) -> Coded:
    width = len(second.values) + 1
    pairs = (first.codes.astype(np.int64) + 1) * width + second.codes + 1
    distinct, codes = np.unique(pairs, return_inverse=True)
    texts = (("", *first.values), ("", *second.values))
    values = tuple(
        glue.join(filter(None, (texts[0][pair // width], texts[1][pair % width])))
        for pair in distinct.tolist()
    )
    return recoded(Coded(codes.astype(np.int32), values), str)


def compact(column: Coded) -> Coded:
    """Return the column with only those of its values that occur, in their order."""
    used = np.bincount(column.codes + 1, minlength=len(column.values) + 1)[1:] > 0
    if used.all():
        return column
    table = np.append(np.cumsum(used) - 1, -1).astype(np.int32)
    values = tuple(column.values[code] for code in np.flatnonzero(used).tolist())
    return Coded(table[column.codes], values)


def ordered(column: Coded) -> Coded:
    """Return the column with its values sorted and only those that occur."""
    column = compact(column)
    values = tuple(sorted(column.values))
    if values == column.values:
        return column
    place = {value: code for code, value in enumerate(values)}
    table = np.array([*map(place.__getitem__, column.values), -1], dtype=np.int32)
    return Coded(table[column.codes], values)


def chosen(column: Coded, rows: NDArray[np.bool_] | NDArray[np.int64]) -> Coded:
    """Return the column for some rows."""
    return Coded(column.codes[rows], column.values)


def row_keys(columns: Iterable[NDArray[np.integer]], rows: int) -> NDArray[np.int64]:
    """Return one number per row, equal exactly where all columns are equal."""
    keys = np.zeros(rows, dtype=np.int64)
    for column in columns:
        _, codes = np.unique(column, return_inverse=True)
        width = int(codes.max()) + 1 if rows else 1
        _, keys = np.unique(keys * width + codes, return_inverse=True)
    return keys.astype(np.int64)


def occurrence_of(keys: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return for each row how many rows of the same key stand before it."""
    order = np.argsort(keys, kind="stable")
    ranks = np.arange(len(keys)) - np.searchsorted(keys[order], keys[order], side="left")
    ranked = np.empty(len(keys), dtype=np.int64)
    ranked[order] = ranks
    return ranked


def constant(text: str, rows: int) -> Coded:
    """Return a column that holds one text in each row."""
    return Coded(np.zeros(rows, dtype=np.int32), (text,))
