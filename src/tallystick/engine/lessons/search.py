"""A query + a scope -> the lessons that answer it, best first, with why and what else there is."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from tallystick.engine.lessons.asking import Asked, AskedWord, Reading, read_query, terms_of
from tallystick.engine.lessons.index import Scope
from tallystick.engine.lessons.meaning import nearness, point_of
from tallystick.engine.lessons.postings import Ints
from tallystick.engine.lessons.ranking import column_of_label, column_of_pair, scores_of
from tallystick.engine.lessons.words import LANGUAGES, stem_key

BY_WORDS = 0.75
"""The share of the words in a score; the rest is nearness in meaning."""

NEAR = 0.35
"""A lesson that shares no word with a query is found from this nearness on."""

MOST_TERMS = 64

FACETS = ("stage", "service", "practice", "state", "cause")


@dataclass(frozen=True, slots=True)
class Where:
    """
    Which lessons are wanted; what is empty does not narrow.

    A lesson that applies everywhere applies there too. `without` is a state that is left out.
    """

    stage: str = ""
    service_type: str = ""
    practice: int | None = None
    cause: str = ""
    state: str = ""
    without: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """
    A lesson that answers a query.

    `score` lies between 0 and 1. `words` are those of the query that it has, as they were
    asked; `read_as` says of which of them how they were read. A hit without words is near in
    meaning alone.
    """

    lesson_id: str
    score: float
    words: tuple[str, ...] = ()
    read_as: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """
    What was found: the best hits, how many there are in all, and how they spread.

    `facets` counts by kind and value; the value "" is of lessons that apply everywhere.
    """

    hits: tuple[Hit, ...]
    total: int
    facets: Mapping[str, Mapping[str, int]]


def search(scope: Scope, query: str, limit: int = 20, where: Where | None = None) -> Answer:
    """
    Return at most `limit` lessons that share a word with the query or are near it in meaning.

    Lessons of equal score stand in the order of their ids.
    """
    asked = read_query(scope, query)
    by_words = scores_of(scope, terms_of(scope, asked, MOST_TERMS))
    by_meaning = near_in_meaning(scope, stems_asked(asked.words))
    found = ((by_words > 0) | (by_meaning >= NEAR)) & allowed(scope, where or Where())
    for pair in asked.phrases:
        having = np.zeros(len(found), dtype=bool)
        having[column_of_pair(scope, *pair).rows] = True
        found &= having
    score = fused(by_words, by_meaning, BY_WORDS)
    rows = best_rows(scope, score, found, limit)
    return Answer(
        _hits(scope, asked, score, rows), int(np.count_nonzero(found)), facets(scope, found)
    )


def spread(scope: Scope, where: Where) -> tuple[int, Mapping[str, Mapping[str, int]]]:
    """Return how many lessons there are of which no text is asked, and how they spread."""
    found = allowed(scope, where)
    return int(np.count_nonzero(found)), facets(scope, found)


def stems_asked(words: tuple[AskedWord, ...]) -> Counter[str]:
    """Return how often each stem stands in a query, in every language that it may be in."""
    counts: Counter[str] = Counter()
    for each in words:
        stems = {stem_key(lang, word) for lang in LANGUAGES for word in each.read_as}
        counts.update(dict.fromkeys(stems, each.times))
    return counts


def near_in_meaning(scope: Scope, stems: Mapping[str, float]) -> Ints:
    """Return how near each visible row is in meaning, 0 for what points elsewhere or is hidden."""
    basis = scope.index.basis
    point = point_of(basis, stems) if basis else None
    if point is None:
        return np.zeros(len(scope.mask))
    found = np.concatenate([nearness(point, each) for each in scope.index.vectors])
    near: Ints = np.where(scope.mask, np.maximum(found, 0), 0)
    return near


def fused(by_words: Ints, by_meaning: Ints, share: float) -> Ints:
    """Return both scores as one, each as a share of its best."""
    best_word, best_near = by_words.max(initial=0), by_meaning.max(initial=0)
    words = by_words / best_word if best_word > 0 else by_words
    if best_near <= 0:
        return np.round(words, 6)
    both: Ints = np.round(share * words + (1 - share) * (by_meaning / best_near), 6)
    return both


def allowed(scope: Scope, where: Where) -> Ints:
    """Return which rows are visible and wanted."""
    found = scope.mask.copy()
    places = {"stage": where.stage, "service": where.service_type, "practice": where.practice}
    for kind, value in places.items():
        if value:
            found &= applies(scope, kind, value)
    for kind, value in {"cause": where.cause, "state": where.state}.items():
        if value:
            found &= labelled(scope, f"{kind}:{value}")
    if where.without:
        found &= ~labelled(scope, f"state:{where.without}")
    return found


def labelled(scope: Scope, *labels: str) -> Ints:
    """Return which visible rows have one of the labels."""
    found = np.zeros(len(scope.mask), dtype=bool)
    for label in labels:
        found[column_of_label(scope, label).rows] = True
    return found


def applies(scope: Scope, kind: str, value: object) -> Ints:
    """Return which visible rows name a place, or none at all."""
    return labelled(scope, f"{kind}:{value}", f"{kind}:")


def facets(scope: Scope, found: Ints) -> dict[str, dict[str, int]]:
    """Return how many of the found rows have each label, by kind."""
    counts: Counter[str] = Counter()
    for part, offset in zip(scope.index.segments, scope.offsets, strict=True):
        among = found[offset : offset + len(part)]
        numbers = part.label_postings.within(range(len(part.labels)), among).tolist()
        counts.update(dict(zip(part.labels, numbers, strict=True)))
    spread: dict[str, dict[str, int]] = {kind: {} for kind in FACETS}
    for label in sorted(counts):
        kind, _, value = label.partition(":")
        if counts[label]:
            spread[kind][value] = counts[label]
    return spread


def best_rows(scope: Scope, score: Ints, found: Ints, limit: int) -> list[int]:
    """Return the rows of the best scores, those of equal score in the order of their ids."""
    rows = np.flatnonzero(found)
    if limit < 1 or not len(rows):
        return []
    if len(rows) > limit:
        last = np.partition(score[rows], len(rows) - limit)[len(rows) - limit]
        rows = rows[score[rows] >= last]
    named = zip((-score[rows]).tolist(), scope.ids(rows.tolist()), rows.tolist(), strict=True)
    return [row for _, _, row in sorted(named)[:limit]]


def _hits(scope: Scope, asked: Asked, score: Ints, rows: list[int]) -> tuple[Hit, ...]:
    chosen = np.array(rows, dtype=np.int64)
    holding = [(each, each.column.held_by(chosen)) for each in asked.words]
    hits = []
    for place, (row, key) in enumerate(zip(rows, scope.ids(rows), strict=True)):
        shared = [each for each, held in holding if held[place]]
        hits.append(
            Hit(
                lesson_id=key,
                score=float(score[row]),
                words=tuple(each.word for each in shared),
                read_as=tuple(
                    (each.word, each.read_as[0])
                    for each in shared
                    if each.reading == Reading.CORRECTED
                ),
            )
        )
    return tuple(hits)
