"""Lessons -> an index in memory; a query -> the lessons that answer it, best first (BM25)."""

from collections.abc import Iterable
from dataclasses import dataclass

import bm25s
import numpy as np

from tallystick.engine.lessons.lesson import LessonText
from tallystick.engine.lessons.words import stems_of, words_by_stem

TITLE_COUNTS = 3
"""How often a title counts; the words of a title say what a lesson is about."""

LONGEST_QUERY = 10_000


@dataclass(frozen=True, slots=True)
class Hit:
    """A lesson that answers a query: its BM25 score, above 0, and the words they share."""

    lesson_id: str
    score: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LessonIndex:
    """The searchable form of some lessons; build it with `index_lessons`."""

    ids: tuple[str, ...]
    stems: tuple[frozenset[str], ...]
    ranking: bm25s.BM25 | None
    """None where no lesson has any word."""


def index_lessons(lessons: Iterable[LessonText]) -> LessonIndex:
    """Return an index over the lessons; the same lessons give the same index in any order."""
    ordered = sorted(lessons, key=lambda lesson: lesson.id)
    stemmed = [_weighted(lesson) for lesson in ordered]
    ranking = None
    if any(stemmed):
        ranking = bm25s.BM25(method="lucene", backend="numpy")
        ranking.index(stemmed, show_progress=False)
    return LessonIndex(
        ids=tuple(lesson.id for lesson in ordered),
        stems=tuple(frozenset(stems) for stems in stemmed),
        ranking=ranking,
    )


def _weighted(lesson: LessonText) -> list[str]:
    title, *rest = lesson.texts
    return stems_of(title) * TITLE_COUNTS + [stem for text in rest for stem in stems_of(text)]


def search(index: LessonIndex, query: str, limit: int = 20) -> list[Hit]:
    """
    Return at most `limit` lessons that share a word with the query, best first.

    Any text is a query: marks have no meaning, and what lies beyond 10,000 characters is left
    out. Lessons of equal score stand in the order of their ids.
    """
    asked = words_by_stem(query[:LONGEST_QUERY])
    if index.ranking is None or not asked or limit < 1:
        return []
    scores = np.asarray(index.ranking.get_scores(list(asked)), dtype=np.float64)
    best = np.argsort(-scores, kind="stable")[:limit]
    return [
        Hit(
            lesson_id=index.ids[row],
            score=round(float(scores[row]), 6),
            words=tuple(word for stem, word in asked.items() if stem in index.stems[row]),
        )
        for row in best
        if scores[row] > 0
    ]
