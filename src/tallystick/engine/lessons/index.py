"""Lessons -> an index of one audience; brought up to date by what changed; seen through a scope."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

import numpy as np

from tallystick.engine.lessons.lesson import LessonText
from tallystick.engine.lessons.meaning import Basis, Vectors, fold_in, learn
from tallystick.engine.lessons.postings import Ints
from tallystick.engine.lessons.segment import Segment, merged, segment_of

BATCH = 4_000
"""Lessons that are read at once when an index is built."""

LEARN_ANEW = 4
"""Directions of meaning are learned anew when one lesson in so many has come or gone since."""


@dataclass(frozen=True, eq=False)
class LessonIndex:
    """
    The searchable form of the lessons of one audience; build it with `index_lessons`.

    Segments never change; `alive` says which rows of each still count. `since` is how many
    lessons that every reader may see have come or gone since the basis was learned.
    """

    segments: tuple[Segment, ...] = ()
    alive: tuple[Ints, ...] = ()
    vectors: tuple[Vectors, ...] = ()
    basis: Basis | None = None
    since: int = 0

    @cached_property
    def places(self) -> dict[str, tuple[int, int]]:
        """Return the segment and the row of each lesson that it holds, by id."""
        return {
            segment.ids[row]: (part, row)
            for part, (segment, alive) in enumerate(zip(self.segments, self.alive, strict=True))
            for row in np.flatnonzero(alive).tolist()
        }

    def __len__(self) -> int:
        return sum(int(np.count_nonzero(alive)) for alive in self.alive)

    def digest_of(self, key: str) -> str | None:
        """Return the digest of a lesson, or None if it does not hold it."""
        if key not in self.places:
            return None
        part, row = self.places[key]
        return self.segments[part].digests[row]

    @property
    def held(self) -> dict[str, str]:
        """Return the digest of each lesson that it holds, by id."""
        return {key: self.segments[part].digests[row] for key, (part, row) in self.places.items()}


def index_lessons(lessons: Iterable[LessonText]) -> LessonIndex:
    """Return an index over the lessons; the same lessons answer alike in any order."""
    return updated(LessonIndex(), lessons)


def updated(
    index: LessonIndex, changed: Iterable[LessonText], removed: Collection[str] = ()
) -> LessonIndex:
    """
    Return the index with lessons put in or replaced, and others taken out.

    What it held before is not read again: a few lessons make a small segment of their own,
    which is merged with those before it once it is half as large as they are.
    """
    index = _without(index, removed)
    waiting = iter(changed)
    while batch := {lesson.id: lesson for lesson in islice(waiting, BATCH)}:
        shown = sum(not lesson.restricted for lesson in batch.values())
        index = _without(index, batch)
        index = _with(replace(index, since=index.since + shown), segment_of(batch.values()))
        index = _compacted(index)
    return _learned(_compacted(index))


def _without(index: LessonIndex, ids: Collection[str]) -> LessonIndex:
    alive, shown = list(index.alive), 0
    for key in ids:
        if key in index.places:
            part, row = index.places[key]
            if alive[part] is index.alive[part]:
                alive[part] = index.alive[part].copy()
            alive[part][row] = False
            shown += not index.segments[part].restricted[row]
    return replace(index, alive=tuple(alive), since=index.since + shown)


def _with(index: LessonIndex, added: Segment) -> LessonIndex:
    vectors = (fold_in(index.basis, added),) if index.basis else ()
    return replace(
        index,
        segments=(*index.segments, added),
        alive=(*index.alive, np.ones(len(added), dtype=bool)),
        vectors=(*index.vectors, *vectors),
    )


def _compacted(index: LessonIndex) -> LessonIndex:
    """Merge the last segments while they are half as large as the one before, or one half empty."""
    sizes = [int(np.count_nonzero(alive)) for alive in index.alive]
    if not sizes:
        return index
    first, tail = len(sizes) - 1, sizes[-1]
    while first and 2 * tail >= sizes[first - 1]:
        first -= 1
        tail += sizes[first]
    wasted = [part for part, alive in enumerate(index.alive) if 2 * sizes[part] < len(alive)]
    first = min([first, *wasted])
    if first == len(sizes) - 1 and not wasted:
        return index
    whole = merged(list(zip(index.segments[first:], index.alive[first:], strict=True)))
    vectors = index.vectors[:first]
    if index.basis is not None:
        parts = zip(index.vectors[first:], index.alive[first:], strict=True)
        kept = [(each.steps[alive], each.lengths[alive]) for each, alive in parts]
        steps, lengths = (np.concatenate(column) for column in zip(*kept, strict=True))
        vectors = (*vectors, Vectors(steps, lengths))
    return replace(
        index,
        segments=(*index.segments[:first], whole),
        alive=(*index.alive[:first], np.ones(len(whole), dtype=bool)),
        vectors=vectors,
    )


def _learned(index: LessonIndex) -> LessonIndex:
    """Learn the directions of meaning where there are none, or many lessons came or went."""
    if index.basis is not None and index.since * LEARN_ANEW < index.basis.lessons:
        return index
    basis = learn(index.segments, index.alive)
    vectors = tuple(fold_in(basis, each) for each in index.segments) if basis else ()
    return replace(index, basis=basis, vectors=vectors, since=0)


@dataclass(frozen=True, slots=True, eq=False)
class Scope:
    """
    What one viewer may see of an index; every figure of a search is taken from it alone.

    Rows are numbered through all segments, from `offsets` on.
    """

    index: LessonIndex
    mask: Ints
    offsets: tuple[int, ...]
    lengths: Ints
    number: int
    average: float
    """Words in a lesson, among those that the viewer may see."""

    def ids(self, rows: Iterable[int]) -> list[str]:
        """Return the ids of some rows."""
        bounds = np.array(self.offsets)
        found = []
        for row in rows:
            part = int(np.searchsorted(bounds, row, side="right")) - 1
            found.append(self.index.segments[part].ids[row - self.offsets[part]])
        return found


def scope_of(index: LessonIndex, visible: Collection[str] | None = None) -> Scope:
    """Return what a viewer sees who may read these lessons; None is a reader of them all."""
    sizes = [len(segment) for segment in index.segments]
    offsets = tuple(sum(sizes[:part]) for part in range(len(sizes)))
    if visible is None:
        mask = np.concatenate([np.zeros(0, dtype=bool), *index.alive])
    else:
        mask = np.zeros(sum(sizes), dtype=bool)
        places = (index.places[key] for key in visible if key in index.places)
        mask[[offsets[part] + row for part, row in places]] = True
    lengths = np.concatenate([np.zeros(0), *(segment.lengths for segment in index.segments)])
    number = int(np.count_nonzero(mask))
    average = float(lengths[mask].sum() / number) if number else 0.0
    return Scope(index, mask, offsets, lengths, number, average)
