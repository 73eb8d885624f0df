"""
Lessons -> directions of meaning; a text -> how near in meaning each lesson is to it.

Latent semantic analysis: words that stand in the same lessons point the same way, so that a
lesson is found by other words than its own.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from tallystick.engine.lessons.postings import Ints
from tallystick.engine.lessons.segment import Segment

RANK = 200
"""Directions at most; of few lessons, one for every ten."""

LESSONS_EACH = 10

LEAST_LESSONS = 100
"""Fewer lessons teach nothing about which words belong together."""

MOST_LESSONS = 4_000
"""So many lessons, drawn by their ids, teach the directions; the others are folded in."""

MOST_STEMS = 20_000
ROUNDS = 7
"""Of subspace iteration; the leading directions no longer move then."""

_BLOCK = 1_000
_LESSON_STEPS, _QUERY_STEPS = 127, 511
"""
Vectors are kept in whole steps. A product of 200 of them stays below 2**24, which a float holds
exactly; so a score is the same to the last digit whatever else stands in the index.
"""

Floats = NDArray[np.floating]


@dataclass(frozen=True, slots=True, eq=False)
class Basis:
    """Directions of meaning: per stem its weight and where it points."""

    stems: list[str]
    weights: Ints
    directions: Ints
    lessons: int
    """How many there were when it was learned, drawn or not."""
    places: dict[str, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        places = {stem: place for place, stem in enumerate(self.stems)}
        object.__setattr__(self, "places", places)


@dataclass(frozen=True, slots=True, eq=False)
class Vectors:
    """Where the lessons of a segment point, in whole steps, and the length of each."""

    steps: Ints
    lengths: Ints


def learn(segments: Sequence[Segment], alive: Sequence[Ints]) -> Basis | None:
    """Return the directions that the lessons teach which every reader of the index may see."""
    drawn, number = _drawn(segments, alive)
    if number < LEAST_LESSONS:
        return None
    size = sum(int(np.count_nonzero(rows >= 0)) for rows in drawn)
    columns = _columns(segments, drawn)
    stems = sorted(columns)
    weights = np.array([np.log(size / len(columns[stem][0])) for stem in stems])
    matrix = _Sparse(size, [columns[stem] for stem in stems], weights)
    return Basis(stems, weights, matrix.directions(min(RANK, size // LESSONS_EACH)), number)


def _drawn(segments: Sequence[Segment], alive: Sequence[Ints]) -> tuple[list[Ints], int]:
    """Return the place of each row among the drawn ones, or -1; and how many might be drawn."""
    every = [
        (blake2b(segment.ids[row].encode("utf-8", "replace"), digest_size=8).digest(), part, row)
        for part, (segment, held) in enumerate(zip(segments, alive, strict=True))
        for row in np.flatnonzero(held & ~segment.restricted).tolist()
    ]
    places = [np.full(len(segment), -1, dtype=np.int64) for segment in segments]
    for place, (_, part, row) in enumerate(sorted(every)[:MOST_LESSONS]):
        places[part][row] = place
    return places, len(every)


def _columns(segments: Sequence[Segment], drawn: Sequence[Ints]) -> dict[str, tuple[Ints, Ints]]:
    """Return, by stem, the drawn lessons that have it and how often; stems of two or more."""
    found: dict[str, list[tuple[Ints, Ints]]] = {}
    for segment, places in zip(segments, drawn, strict=True):
        for number, stem in enumerate(segment.stems):
            words = segment.stem_words[
                int(segment.stem_starts[number]) : int(segment.stem_starts[number + 1])
            ]
            rows, counts = segment.rows_of(words)
            among = places[rows]
            kept = among >= 0
            if kept.any():
                found.setdefault(stem, []).append((among[kept], counts[kept]))
    whole = {
        stem: tuple(np.concatenate(column) for column in zip(*parts, strict=True))
        for stem, parts in found.items()
    }
    frequent = sorted(whole, key=lambda stem: (-len(whole[stem][0]), stem))[:MOST_STEMS]
    return {stem: (whole[stem][0], whole[stem][1]) for stem in frequent if len(whole[stem][0]) > 1}


class _Sparse:
    """Lessons by stems, weighted, each lesson of length 1; taken a block of stems at a time."""

    def __init__(self, size: int, columns: Sequence[tuple[Ints, Ints]], weights: Ints) -> None:
        order = [np.argsort(rows, kind="stable") for rows, _ in columns]
        self.size = size
        self.rows = [rows[by] for (rows, _), by in zip(columns, order, strict=True)]
        self.values = [
            np.sqrt(counts[by].astype(np.float64)) * weight
            for (_, counts), by, weight in zip(columns, order, weights, strict=True)
        ]
        squares = np.zeros(size)
        for rows, values in zip(self.rows, self.values, strict=True):
            squares[rows] += values**2
        self.norms = np.sqrt(np.maximum(squares, 1e-12))

    def blocks(self) -> Iterable[Floats]:
        for first in range(0, len(self.rows), _BLOCK):
            part = range(first, min(first + _BLOCK, len(self.rows)))
            block = np.zeros((self.size, len(part)), dtype=np.float32)
            for place, number in enumerate(part):
                rows = self.rows[number]
                block[rows, place] = self.values[number] / self.norms[rows]
            yield block

    def directions(self, rank: int) -> Ints:
        """Return where each stem points: the leading right singular vectors."""
        gram = np.zeros((self.size, self.size), dtype=np.float32)
        for block in self.blocks():
            gram += block @ block.T
        start = np.random.default_rng(0).standard_normal((self.size, min(rank + 20, self.size)))
        near = np.linalg.qr(start.astype(np.float32))[0]
        for _ in range(ROUNDS):
            near = np.linalg.qr(gram @ near)[0]
        values, mix = np.linalg.eigh(near.T @ gram @ near)
        leading = np.argsort(-values)[:rank]
        strength = np.sqrt(np.maximum(values[leading], 1e-9))
        left = (near @ mix[:, leading]) / strength
        found: Ints = np.concatenate(
            [np.zeros((0, len(leading)), dtype=np.float32)]
            + [(block.T @ left).astype(np.float32) for block in self.blocks()]
        )
        return found


def fold_in(basis: Basis, segment: Segment) -> Vectors:
    """Return where the lessons of a segment point; each by its own words alone."""
    points = np.zeros((len(segment), basis.directions.shape[1]), dtype=np.float32)
    for number, stem in enumerate(segment.stems):
        place = basis.places.get(stem)
        if place is None:
            continue
        words = segment.stem_words[
            int(segment.stem_starts[number]) : int(segment.stem_starts[number + 1])
        ]
        rows, counts = segment.rows_of(words)
        strength = (np.sqrt(counts) * basis.weights[place]).astype(np.float32)
        points[rows] += strength[:, None] * basis.directions[place]
    return _in_steps(points, _LESSON_STEPS)


def _in_steps(points: Floats, steps: int) -> Vectors:
    whole = np.empty(points.shape, dtype=np.int8 if steps < 128 else np.int16)
    lengths = np.empty(len(points))
    for first in range(0, len(points), _BLOCK):
        place = slice(first, first + _BLOCK)
        block = points[place]
        largest = np.abs(block).max(axis=1, initial=0.0)
        scale = np.where(largest > 0, steps / np.maximum(largest, 1e-30), 0)
        block = np.rint(block * scale[:, None].astype(np.float32))
        whole[place] = block
        lengths[place] = np.sqrt(np.einsum("ij,ij->i", block, block, dtype=np.float64))
    return Vectors(whole, lengths)


def point_of(basis: Basis, counts: Mapping[str, float]) -> Vectors | None:
    """Return where a text points that has each stem so often; None if it points nowhere."""
    known = sorted(stem for stem in counts if stem in basis.places)
    point = np.zeros((1, basis.directions.shape[1]), dtype=np.float32)
    for stem in known:
        place = basis.places[stem]
        point += np.float32(np.sqrt(counts[stem]) * basis.weights[place]) * basis.directions[place]
    found = _in_steps(point, _QUERY_STEPS)
    return found if found.lengths[0] > 0 else None


def nearness(point: Vectors, lessons: Vectors) -> Floats:
    """Return the cosine of a text with each lesson of a segment."""
    asked = point.steps[0].astype(np.float32)
    products = np.empty(len(lessons.lengths), dtype=np.float32)
    for first in range(0, len(products), _BLOCK):
        place = slice(first, first + _BLOCK)
        # Not a product of matrices: those take threads, which wait on a busy machine.
        block = lessons.steps[place].astype(np.float32)
        np.einsum("ij,j->i", block, asked, out=products[place])
    whole = lessons.lengths * point.lengths[0]
    found: Floats = np.divide(products, whole, out=np.zeros(len(products)), where=whole > 0)
    return found


def common_topics(
    basis: Basis, asked: Mapping[str, float], told: Mapping[str, float], limit: int
) -> list[str]:
    """Return the stems of a lesson that bring it nearest to a text, the strongest first."""
    point = point_of(basis, asked)
    if point is None:
        return []
    direction = point.steps[0].astype(np.float64)
    strength = {
        stem: float(basis.directions[place] @ direction)
        * float(np.sqrt(count) * basis.weights[place])
        for stem, count in told.items()
        if (place := basis.places.get(stem)) is not None
    }
    best = sorted(
        (stem for stem in strength if strength[stem] > 0), key=lambda s: (-strength[s], s)
    )
    return best[:limit]
