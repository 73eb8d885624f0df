"""A lesson, or a draft of one -> the lessons next to it, and those that say the same already."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tallystick.engine.lessons.asking import Asked, AskedWord, Reading, plain_words, terms_of
from tallystick.engine.lessons.index import Scope
from tallystick.engine.lessons.lesson import LessonText
from tallystick.engine.lessons.ranking import column_of_stem, rarity, scores_of
from tallystick.engine.lessons.search import (
    NEAR,
    best_rows,
    fused,
    near_in_meaning,
    stems_asked,
)
from tallystick.engine.lessons.segment import TITLE_COUNTS
from tallystick.engine.lessons.words import all_words

BY_WORDS = 0.4
"""The share of the words in a score; of two whole lessons, meaning tells more than words do."""

MOST_TERMS = 40
"""Words that tell most of a lesson; more of them only add noise."""

MOST_WORDS = 400
SHOWN_WORDS = 5

SAME = 0.65
"""
From which share of its telling words on a draft probably says what a lesson says already.

Measured on drafts made from lessons by dropping and changing up to half of the words and leaving
out a part: 94 in 100 of what it names are that lesson, and it misses one in six (decision 0017).
"""


LONGER = 3
"""A lesson so many times longer than a draft shares its words by being long."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A lesson beside another; `score` between 0 and 1, `words` those that tell most of both."""

    lesson_id: str
    score: float
    words: tuple[str, ...]


def related(scope: Scope, lesson: LessonText, limit: int = 10) -> list[Neighbour]:
    """Return at most `limit` lessons that are about the same as one, itself apart."""
    words = _words(scope, lesson)
    known = tuple(each for each in words if each.known)
    by_words = scores_of(scope, terms_of(scope, Asked(known), MOST_TERMS))
    by_meaning = near_in_meaning(scope, stems_asked(words))
    _leave_out(scope, lesson.id, by_words, by_meaning)
    score = fused(by_words, by_meaning, BY_WORDS)
    found = ((by_words > 0) | (by_meaning >= NEAR)) & scope.mask
    return _neighbours(scope, words, score, best_rows(scope, score, found, limit))


def probable_duplicates(scope: Scope, lesson: LessonText, limit: int = 3) -> list[Neighbour]:
    """
    Return at most `limit` lessons that probably say the same as a draft.

    The score is the share of the draft's words that a lesson has too, rare words counting
    more, and words that no lesson has counting as the rarest.
    """
    words = _words(scope, lesson)
    weights = [rarity(scope, each.column) for each in words]
    shared = np.zeros(len(scope.mask))
    for each, weight in zip(words, weights, strict=True):
        shared[each.column.rows] += weight
    _leave_out(scope, lesson.id, shared)
    score = np.round(shared / max(sum(weights), 1e-9), 6)
    told = sum(each.times for each in words) + (TITLE_COUNTS - 1) * len(all_words(lesson.title))
    found = (score >= SAME) & (scope.lengths <= LONGER * told) & scope.mask
    return _neighbours(scope, words, score, best_rows(scope, score, found, limit))


def _words(scope: Scope, lesson: LessonText) -> tuple[AskedWord, ...]:
    told, _ = plain_words(" . ".join(lesson.texts))
    return tuple(
        AskedWord(word, times, Reading.AS_ASKED, (word,), column_of_stem(scope, word))
        for word, times in list(Counter(told).items())[:MOST_WORDS]
    )


def _leave_out(scope: Scope, lesson_id: str, *scores: np.ndarray) -> None:
    if lesson_id in scope.index.places:
        part, row = scope.index.places[lesson_id]
        for each in scores:
            each[scope.offsets[part] + row] = 0


def _neighbours(
    scope: Scope, words: Sequence[AskedWord], score: np.ndarray, rows: list[int]
) -> list[Neighbour]:
    chosen = np.array(rows, dtype=np.int64)
    telling = sorted(
        ((rarity(scope, each.column), each) for each in words if each.known),
        key=lambda pair: (-pair[0], pair[1].word),
    )
    holding = [(each.word, each.column.held_by(chosen)) for _, each in telling]
    return [
        Neighbour(
            lesson_id=key,
            score=float(score[row]),
            words=tuple(word for word, held in holding if held[place])[:SHOWN_WORDS],
        )
        for place, (row, key) in enumerate(zip(rows, scope.ids(rows), strict=True))
    ]
