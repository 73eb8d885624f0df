"""Words that stand side by side: which lesson has which pair, in three flat arrays."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np

from tallystick.engine.lessons.postings import PIECE, Ints

_MIX = np.uint32(0x9E3779B1)
_ALL = 1 << 32
_MOST = np.iinfo(np.uint8).max


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Pair `digests[n]` stands in `rows[n]`, `counts[n]` times; by digest, then by row."""

    digests: Ints
    rows: Ints
    counts: Ints

    def of(self, digest: np.uint32) -> tuple[Ints, Ints]:
        """Return the rows in which a pair of words stands, and how often."""
        first = int(np.searchsorted(self.digests, digest, "left"))
        last = int(np.searchsorted(self.digests, digest, "right"))
        return self.rows[first:last], self.counts[first:last]


def stem_digest(stem: str) -> int:
    """Return the number that stands for a stem in pairs, in every segment the same."""
    told = blake2b(stem.encode("utf-8", "surrogatepass"), digest_size=4).digest()
    return int.from_bytes(told, "big")


def pair_digests(first: Ints, second: Ints) -> Ints:
    """
    Return the number of each pair of two stems that stand side by side.

    Two pairs may share one by chance: in an index of 100,000 lessons, one in some 400 that is
    asked for. It then counts a little for a lesson that does not have it.
    """
    mixed: Ints = first * _MIX + second
    return mixed


def pairs_of(stems: Ints, texts: Ints, rows: Ints, counts: Ints) -> Pairs:
    """Return the pairs of words in order: of each its stem's digest, text, row and count."""
    beside = texts[1:] == texts[:-1]
    found = pair_digests(stems[:-1], stems[1:])[beside]
    return _added_up(found, rows[1:][beside], counts[1:][beside])


def _added_up(digests: Ints, rows: Ints, counts: Ints) -> Pairs:
    order = np.lexsort((rows, digests))
    digests, rows, counts = digests[order], rows[order], counts[order].astype(np.int64)
    first = np.ones(len(digests), dtype=bool)
    first[1:] = (digests[1:] != digests[:-1]) | (rows[1:] != rows[:-1])
    places = np.flatnonzero(first)
    sums = np.add.reduceat(counts, places) if len(places) else counts
    return Pairs(
        digests[places].astype(np.uint32),
        rows[places].astype(np.uint32),
        np.minimum(sums, _MOST).astype(np.uint8),
    )


def joined_pairs(parts: Sequence[Pairs], rows: Sequence[Ints]) -> Pairs:
    """Return the pairs of several parts as one; `rows` says the new number of each row, or -1."""
    whole = sum(len(part.digests) for part in parts)
    into = Pairs(np.empty(whole, np.uint32), np.empty(whole, np.uint32), np.empty(whole, np.uint8))
    filled, step = 0, _ALL // (whole // PIECE + 1) + 1
    for low in range(0, _ALL, step):
        found = [_piece(*each, low, low + step) for each in zip(parts, rows, strict=True)]
        digests, moved, counts = (np.concatenate(column) for column in zip(*found, strict=True))
        order = np.argsort(digests, kind="stable")
        place = slice(filled, filled + len(order))
        into.digests[place] = digests[order]
        into.rows[place], into.counts[place] = moved[order], counts[order]
        filled = place.stop
    if filled == whole:
        return into
    return Pairs(*(each[:filled].copy() for each in (into.digests, into.rows, into.counts)))


def _piece(part: Pairs, rows: Ints, low: int, high: int) -> tuple[Ints, Ints, Ints]:
    bounds = np.searchsorted(part.digests, np.array((low, high), dtype=np.int64))
    place = slice(int(bounds[0]), int(bounds[1]))
    moved = rows[part.rows[place]]
    kept = moved >= 0
    return part.digests[place][kept], moved[kept], part.counts[place][kept]
