"""Which lesson has which term, and how often: sparse columns in three flat arrays."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Ints: TypeAlias = NDArray[Any]

PIECE = 1_000_000
"""Postings that are merged at once, so that merging needs little memory of its own."""

MOST = np.iinfo(np.uint16).max


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """Term `t` stands in `rows[starts[t]:starts[t + 1]]`, ascending, so often as `counts` says."""

    starts: Ints
    rows: Ints
    counts: Ints

    def of(self, term: int) -> tuple[Ints, Ints]:
        """Return the rows of a term and how often each has it."""
        place = slice(int(self.starts[term]), int(self.starts[term + 1]))
        return self.rows[place], self.counts[place]

    def within(self, terms: range, mask: NDArray[np.bool_]) -> Ints:
        """Return of how many rows of the mask each term of a range is."""
        low = int(self.starts[terms.start])
        seen = mask[self.rows[low : int(self.starts[terms.stop])]]
        sums = np.concatenate(([0], np.cumsum(seen, dtype=np.int64)))
        bounds = np.asarray(self.starts[terms.start : terms.stop + 1]) - low
        result: Ints = np.diff(sums[bounds])
        return result


def gather(terms: Ints, rows: Ints, counts: Ints, size: int) -> Postings:
    """Return the postings of (term, row, count) triples; equal pairs are added up."""
    order = np.lexsort((rows, terms))
    terms, rows, counts = terms[order], rows[order], counts[order].astype(np.int64)
    first = np.ones(len(terms), dtype=bool)
    first[1:] = (terms[1:] != terms[:-1]) | (rows[1:] != rows[:-1])
    places = np.flatnonzero(first)
    sums = np.add.reduceat(counts, places) if len(places) else counts
    return Postings(
        starts=_starts(np.bincount(terms[places].astype(np.int64), minlength=size)),
        rows=rows[places].astype(np.uint32),
        counts=np.minimum(sums, MOST).astype(np.uint16),
    )


def _starts(sizes: Ints) -> Ints:
    return np.concatenate(([0], np.cumsum(sizes, dtype=np.int64)))


def joined(
    parts: Sequence[Postings], terms: Sequence[Ints], rows: Sequence[Ints], size: int
) -> Postings:
    """
    Return the postings of several as one with `size` terms.

    `terms` says the new number of each term of each part, ascending; `rows` the new number of
    each row, -1 for a row that is left out, ascending from part to part.
    """
    whole = sum(len(part.rows) for part in parts)
    into = Postings(
        starts=np.zeros(size + 1, dtype=np.int64),
        rows=np.empty(whole, dtype=np.uint32),
        counts=np.empty(whole, dtype=np.uint16),
    )
    filled = low = 0
    while low < size:
        high = _reach(parts, terms, low, size)
        found = [_piece(*each, low, high) for each in zip(parts, terms, rows, strict=True)]
        term, row, count = (np.concatenate(column) for column in zip(*found, strict=True))
        order = np.argsort(term, kind="stable")
        place = slice(filled, filled + len(term))
        into.rows[place], into.counts[place] = row[order], count[order]
        into.starts[low + 1 : high + 1] = filled + np.cumsum(
            np.bincount(term - low, minlength=high - low)
        )
        filled, low = place.stop, high
    if filled == whole:
        return into
    return Postings(into.starts, into.rows[:filled].copy(), into.counts[:filled].copy())


def _reach(parts: Sequence[Postings], terms: Sequence[Ints], low: int, size: int) -> int:
    """Return up to which term a piece goes that begins at one."""
    high, most = size, PIECE // len(parts)
    for part, named in zip(parts, terms, strict=True):
        first = int(np.searchsorted(named, low))
        last = int(np.searchsorted(part.starts, part.starts[first] + most))
        if last < len(named):
            high = min(high, max(int(named[last]), low + 1))
    return high


def _piece(part: Postings, terms: Ints, rows: Ints, low: int, high: int) -> tuple[Ints, Ints, Ints]:
    first, last = (int(place) for place in np.searchsorted(terms, (low, high)))
    place = slice(int(part.starts[first]), int(part.starts[last]))
    row = rows[part.rows[place]]
    term = np.repeat(terms[first:last], np.diff(part.starts[first : last + 1]))
    kept = row >= 0
    return term[kept], row[kept], part.counts[place][kept]
