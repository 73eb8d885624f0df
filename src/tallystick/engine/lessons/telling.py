"""A hit + its lesson's text -> why it was found, and the passages that show it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tallystick.engine.lessons.asking import plain_words
from tallystick.engine.lessons.index import LessonIndex
from tallystick.engine.lessons.lesson import PARTS, LessonText
from tallystick.engine.lessons.meaning import common_topics
from tallystick.engine.lessons.search import Hit
from tallystick.engine.lessons.words import (
    LANGUAGES,
    all_words,
    composed,
    language_of,
    spans_of,
    stem_key,
    telling,
)

LONGEST_PASSAGE = 240
MOST_PASSAGES = 2
SHOWN_TOPICS = 3

Pieces = tuple[tuple[str, bool], ...]
"""A text cut into pieces, each with whether it matches; put together they are the text."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Part of a lesson where it matches: which part, and its pieces."""

    part: str
    pieces: Pieces


@dataclass(frozen=True, slots=True)
class Told:
    """Why a lesson was found: one sentence, its title in pieces, and its best passages."""

    why: str
    title: Pieces
    passages: tuple[Passage, ...]


def tell(index: LessonIndex, query: str, hit: Hit, lesson: LessonText) -> Told:
    """Return why a lesson answers a query, and where it says so."""
    read = dict(hit.read_as)
    wanted = [read.get(word, word) for word in hit.words]
    topics: list[str] = []
    if not hit.words:
        topics = wanted = _topics(index, query, lesson)
    matching = _Matching(wanted)
    title, *rest = (matching.places(text) for text in lesson.texts)
    where = [part for part, found in zip(PARTS, (title, *rest), strict=True) if found]
    best = sorted(
        (number for number, found in enumerate(rest) if found),
        key=lambda number: (-len({stem for *_, stem in rest[number]}), number),
    )[:MOST_PASSAGES]
    return Told(
        why=_why(hit, topics, where),
        title=_pieces(composed(lesson.title), title),
        passages=tuple(
            Passage(PARTS[number + 1], _passage(composed(lesson.texts[number + 1]), rest[number]))
            for number in sorted(best)
        ),
    )


def _why(hit: Hit, topics: Sequence[str], where: Sequence[str]) -> str:
    if not hit.words:
        shared = f": shared topics {', '.join(topics)}" if topics else ""
        return f"Similar in meaning{shared}."
    read = dict(hit.read_as)
    told = [f"{word} (read as {read[word]})" if word in read else word for word in hit.words]
    places = " and ".join(part.replace("_", " ") for part in where[:3])
    return f"Has {', '.join(told)}" + (f" in its {places}." if places else ".")


def _topics(index: LessonIndex, query: str, lesson: LessonText) -> list[str]:
    """Return the words of a lesson that bring it near to a query that shares none of them."""
    if index.basis is None:
        return []
    asked = Counter(stem_key(lang, word) for word in plain_words(query)[0] for lang in LANGUAGES)
    words = [word for text in lesson.texts for word in all_words(text)]
    language = language_of(words)
    told = telling(words, language)
    counts = Counter(stem_key(language, word) for word in told)
    first = {stem_key(language, word): word for word in reversed(told)}
    return [first[stem] for stem in common_topics(index.basis, asked, counts, SHOWN_TOPICS)]


class _Matching:
    """Finds words in a text: in any of their forms, or as the beginning of a longer one."""

    def __init__(self, words: Sequence[str]) -> None:
        self.stems = {stem_key(lang, word) for word in words for lang in LANGUAGES}
        self.begun = tuple(word for word in words if len(word) > 2)

    def places(self, text: str) -> list[tuple[int, int, str]]:
        """Return (start, end, stem) of each word that matches, in a text once composed."""
        return [
            (start, end, stem_key(LANGUAGES[0], word))
            for start, end, word in spans_of(composed(text))
            if any(stem_key(lang, word) in self.stems for lang in LANGUAGES)
            or word.startswith(self.begun)
        ]


def _passage(text: str, places: Sequence[tuple[int, int, str]]) -> Pieces:
    """Return the stretch of a text in which the most different words match."""
    best = max(
        range(len(places)),
        key=lambda first: (
            len(
                {
                    stem
                    for start, end, stem in places[first:]
                    if end <= places[first][0] + LONGEST_PASSAGE
                }
            ),
            -first,
        ),
    )
    start, end = _cut(text, places[best][0])
    within = [(s - start, e - start, stem) for s, e, stem in places if start <= s and e <= end]
    pieces = _pieces(text[start:end], within)
    front = (("\u2026 ", False),) if start else ()
    back = ((" \u2026", False),) if end < len(text) else ()
    return (*front, *pieces, *back)


def _cut(text: str, first: int) -> tuple[int, int]:
    """Return where a passage begins and ends: around a word, at spaces where there are any."""
    start = max(0, first - LONGEST_PASSAGE // 4)
    if start and (space := text.find(" ", start, first)) >= 0:
        start = space + 1
    end = min(len(text), start + LONGEST_PASSAGE)
    if end < len(text) and (space := text.rfind(" ", first + 1, end)) > start:
        end = space
    return start, end


def _pieces(text: str, places: Sequence[tuple[int, int, str]]) -> Pieces:
    found, last = [], 0
    for start, end, _ in places:
        found += [(text[last:start], False), (text[start:end], True)]
        last = end
    return tuple(piece for piece in [*found, (text[last:], False)] if piece[0])
