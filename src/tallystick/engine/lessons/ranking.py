"""Terms + a scope -> how well each lesson answers them (BM25 over what the viewer may see)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import log

import numpy as np

from tallystick.engine.lessons.index import Scope
from tallystick.engine.lessons.pairs import pair_digests, stem_digest
from tallystick.engine.lessons.postings import Ints
from tallystick.engine.lessons.segment import Segment
from tallystick.engine.lessons.words import LANGUAGES, key_of, stem_key

K1 = 2.0
B = 0.75

EXACT = 0.2
"""What a word counts once more where a lesson has it in the very form in which it was asked."""

PAIR = 0.25
"""What two words that stand side by side count, beside what each counts by itself."""


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """The visible rows that have a term, ascending, and how often each has it."""

    rows: Ints
    counts: Ints

    def held_by(self, rows: Ints) -> Ints:
        """Return which of some rows are among these."""
        if not len(self.rows):
            return np.zeros(len(rows), dtype=bool)
        places = np.minimum(np.searchsorted(self.rows, rows), len(self.rows) - 1)
        found: Ints = self.rows[places] == rows
        return found


def column_of_stem(scope: Scope, word: str) -> Column:
    """Return who has a word in any of its forms, in the forms of the language of each lesson."""
    stems = [stem_key(language, word) for language in LANGUAGES]
    return _column(scope, lambda part: [part.rows_of(part.words_of_stem(stem)) for stem in stems])


def column_of_word(scope: Scope, word: str) -> Column:
    """Return who has a word in this very form."""
    return column_of_words(scope, [word])


def column_of_words(scope: Scope, words: Iterable[str]) -> Column:
    """Return who has any of some words in this very form."""
    keys = [key_of(language, word) for language in LANGUAGES for word in words]
    return _column(scope, lambda part: [part.rows_of(_numbers(part, keys))])


def _numbers(part: Segment, keys: Iterable[str]) -> Ints:
    return np.array([place for key in keys if (place := part.word(key)) is not None], dtype=int)


def column_of_pair(scope: Scope, first: str, second: str) -> Column:
    """Return who has two words side by side, each in any of its forms."""
    stems = [[stem_digest(stem_key(lang, word)) for lang in LANGUAGES] for word in (first, second)]
    digests = pair_digests(*np.array(stems, dtype=np.uint32))
    return _column(scope, lambda part: [part.pairs.of(digest) for digest in digests])


def column_of_label(scope: Scope, label: str) -> Column:
    """Return who has a label."""
    return _column(scope, lambda part: [(part.label(label), part.label(label))])


def _column(scope: Scope, find: Callable[[Segment], list[tuple[Ints, Ints]]]) -> Column:
    found = []
    for part, offset in zip(scope.index.segments, scope.offsets, strict=True):
        # A lesson is in one language, so what two languages find never overlaps.
        pieces = [piece for piece in find(part) if len(piece[0])]
        if not pieces:
            continue
        rows, counts = pieces[0]
        if len(pieces) > 1:
            rows, counts = _end_to_end(pieces)
            order = np.argsort(rows, kind="stable")
            rows, counts = rows[order], counts[order]
        rows = rows.astype(np.int64) + offset
        seen = scope.mask[rows]
        found.append((rows, counts) if seen.all() else (rows[seen], counts[seen]))
    if not found:
        return Column(np.zeros(0, dtype=np.int64), np.zeros(0))
    return Column(*_end_to_end(found))


def _end_to_end(pieces: Sequence[tuple[Ints, Ints]]) -> tuple[Ints, Ints]:
    rows, counts = zip(*pieces, strict=True)
    return np.concatenate(rows), np.concatenate(counts)


def rarity(scope: Scope, column: Column) -> float:
    """Return how much a term tells: the more, the fewer of the visible lessons have it."""
    having = len(column.rows)
    return log(1 + (scope.number - having + 0.5) / (having + 0.5))


def scores_of(scope: Scope, terms: Iterable[tuple[float, Column]]) -> Ints:
    """Return the BM25 score of every row for weighted terms; 0 for a row without any of them."""
    scores = np.zeros(len(scope.mask))
    usual = K1 * (1 - B + B * scope.lengths / scope.average) if scope.average else scores
    for weight, column in terms:
        counts = column.counts.astype(np.float64)
        # The order of operations is the same for every row, so a score never depends on others.
        scores[column.rows] += (weight * rarity(scope, column)) * (
            counts / (counts + usual[column.rows])
        )
    return scores
