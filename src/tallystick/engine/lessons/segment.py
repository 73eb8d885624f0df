"""Lessons -> a segment: the searchable form of some lessons, in flat arrays."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from tallystick.engine.lessons.lesson import LessonText
from tallystick.engine.lessons.pairs import Pairs, joined_pairs, pairs_of, stem_digest
from tallystick.engine.lessons.postings import Ints, Postings, gather, joined
from tallystick.engine.lessons.words import (
    Language,
    all_words,
    key_of,
    language_of,
    stem_keys,
    telling,
)

TITLE_COUNTS = 3
"""How often a title counts; the words of a title say what a lesson is about."""

DENSE = 16
"""Rows are sorted where there are so many times fewer than lessons, else counted in a table."""


@dataclass(frozen=True, slots=True, eq=False)
class Segment:
    """
    Some lessons, one row each, in an order that means nothing.

    Words, stems and labels are sorted; a word has its language before it. `stem_words` holds,
    from `stem_starts[s]` to `stem_starts[s + 1]`, the numbers of the words that have stem `s`.
    """

    ids: list[str]
    digests: list[str]
    restricted: Ints
    lengths: Ints
    words: list[str]
    postings: Postings
    stems: list[str]
    stem_starts: Ints
    stem_words: Ints
    pairs: Pairs
    labels: list[str]
    label_postings: Postings

    def __len__(self) -> int:
        return len(self.ids)

    def word(self, key: str) -> int | None:
        """Return the number of a word, if the segment has it."""
        return _place(self.words, key)

    def beginning(self, key: str) -> range:
        """Return the numbers of the words that begin like this."""
        return range(bisect_left(self.words, key), bisect_right(self.words, key + "\U0010ffff"))

    def words_of_stem(self, key: str) -> Ints:
        """Return the numbers of the words that have a stem."""
        place = _place(self.stems, key)
        if place is None:
            return self.stem_words[:0]
        return self.stem_words[int(self.stem_starts[place]) : int(self.stem_starts[place + 1])]

    def rows_of(self, words: Ints) -> tuple[Ints, Ints]:
        """Return the rows that have any of some words, ascending, and how often they have them."""
        if len(words) == 1:
            return self.postings.of(int(words[0]))
        found = [self.postings.of(int(word)) for word in words]
        if not found:
            return self.postings.rows[:0], self.postings.counts[:0]
        rows, counts = (np.concatenate(column) for column in zip(*found, strict=True))
        if len(rows) * DENSE < len(self):
            unique, places = np.unique(rows, return_inverse=True)
            return unique, np.bincount(places, counts)
        sums = np.bincount(rows, counts, len(self))
        held = np.flatnonzero(sums > 0)
        return held, sums[held]

    def label(self, name: str) -> Ints:
        """Return the rows that have a label."""
        place = _place(self.labels, name)
        rows = self.label_postings.rows
        return rows[:0] if place is None else self.label_postings.of(place)[0]


def _place(sorted_keys: Sequence[str], key: str) -> int | None:
    place = bisect_left(sorted_keys, key)
    return place if place < len(sorted_keys) and sorted_keys[place] == key else None


class _Terms:
    """Terms in the order in which they came, and which row has which of them how often."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.terms, self.rows, self.counts = array("I"), array("I"), array("H")

    def add(self, names: Iterable[str], row: int, count: int) -> None:
        for name in names:
            self.terms.append(self.numbers.setdefault(name, len(self.numbers)))
            self.rows.append(row)
            self.counts.append(count)

    def done(self) -> tuple[list[str], Postings, Ints]:
        """Return the sorted names, their postings, and the new number of each old one."""
        names = sorted(self.numbers)
        moved = np.empty(len(names), dtype=np.int64)
        moved[[self.numbers[name] for name in names]] = np.arange(len(names))
        terms = np.array(self.terms, dtype=np.int64)
        postings = gather(moved[terms], np.array(self.rows), np.array(self.counts), len(names))
        return names, postings, moved


def segment_of(lessons: Iterable[LessonText]) -> Segment:
    """Return a segment of lessons whose ids differ; the same ones give the same segment."""
    ordered = sorted(lessons, key=lambda lesson: lesson.id)
    words, labels, texts = _Terms(), _Terms(), array("I")
    for row, lesson in enumerate(ordered):
        labels.add(lesson.labels, row, 1)
        for part, (language, told) in enumerate(_told(lesson)):
            texts.extend([row * 8 + part] * len(told))
            keys = [key_of(language, word) for word in told]
            words.add(keys, row, TITLE_COUNTS if part == 0 else 1)
    names, postings, moved = words.done()
    stems, starts, stem_words, digests = _stems(names)
    lengths = np.bincount(
        np.array(words.rows, dtype=np.int64), np.array(words.counts), len(ordered)
    )
    label_names, label_postings, _ = labels.done()
    return Segment(
        ids=[lesson.id for lesson in ordered],
        digests=[lesson.digest for lesson in ordered],
        restricted=np.array([lesson.restricted for lesson in ordered], dtype=bool),
        lengths=lengths.astype(np.uint32),
        words=names,
        postings=postings,
        stems=stems,
        stem_starts=starts,
        stem_words=stem_words,
        pairs=pairs_of(
            digests[moved[np.array(words.terms, dtype=np.int64)]],
            np.array(texts),
            np.array(words.rows),
            np.array(words.counts),
        ),
        labels=label_names,
        label_postings=label_postings,
    )


def _told(lesson: LessonText) -> list[tuple[Language, list[str]]]:
    parts = [all_words(text) for text in lesson.texts]
    language = language_of([word for words in parts for word in words])
    return [(language, telling(words, language)) for words in parts]


def _stems(words: Sequence[str]) -> tuple[list[str], Ints, Ints, Ints]:
    """Return the stems, sorted; where the words of each begin; those words; a digest by word."""
    by_word = stem_keys(words)
    names = sorted(set(by_word))
    numbers = {name: number for number, name in enumerate(names)}
    of_word = np.array([numbers[stem] for stem in by_word], dtype=np.int64)
    sizes = np.bincount(of_word, minlength=len(names))
    digests = np.array([stem_digest(name) for name in names], dtype=np.uint32)
    return (
        names,
        np.concatenate(([0], np.cumsum(sizes, dtype=np.int64))),
        np.argsort(of_word, kind="stable").astype(np.uint32),
        digests[of_word],
    )


def merged(parts: Sequence[tuple[Segment, Ints]]) -> Segment:
    """Return several segments as one, each with the mask of the rows that it still holds."""
    segments = [segment for segment, _ in parts]
    rows, size = _moved_rows([alive for _, alive in parts])
    words, word_maps = _moved_names([segment.words for segment in segments])
    labels, label_maps = _moved_names([segment.labels for segment in segments])
    stems, starts, stem_words, _ = _stems(words)
    ids, digests = [""] * size, [""] * size
    for segment, moved in zip(segments, rows, strict=True):
        for old in np.flatnonzero(moved >= 0).tolist():
            ids[moved[old]], digests[moved[old]] = segment.ids[old], segment.digests[old]
    return Segment(
        ids=ids,
        digests=digests,
        restricted=np.concatenate([each.restricted[alive] for each, alive in parts]),
        lengths=np.concatenate([each.lengths[alive] for each, alive in parts]),
        words=words,
        postings=joined([each.postings for each in segments], word_maps, rows, len(words)),
        stems=stems,
        stem_starts=starts,
        stem_words=stem_words,
        pairs=joined_pairs([each.pairs for each in segments], rows),
        labels=labels,
        label_postings=joined(
            [each.label_postings for each in segments], label_maps, rows, len(labels)
        ),
    )


def _moved_rows(masks: Sequence[Ints]) -> tuple[list[Ints], int]:
    found, size = [], 0
    for alive in masks:
        moved = np.full(len(alive), -1, dtype=np.int64)
        held = int(np.count_nonzero(alive))
        moved[alive] = np.arange(size, size + held)
        found.append(moved)
        size += held
    return found, size


def _moved_names(lists: Sequence[Sequence[str]]) -> tuple[list[str], list[Ints]]:
    names = sorted(set().union(*lists))
    numbers = {name: number for number, name in enumerate(names)}
    return names, [np.array([numbers[n] for n in each], dtype=np.int64) for each in lists]
