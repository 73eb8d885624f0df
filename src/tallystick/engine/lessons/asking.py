"""A query + a scope -> what is asked for: words as they are read, side by side, in quotes."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.distance import OSA

from tallystick.engine.lessons.index import Scope
from tallystick.engine.lessons.ranking import (
    EXACT,
    PAIR,
    Column,
    column_of_pair,
    column_of_stem,
    column_of_word,
    column_of_words,
    rarity,
)
from tallystick.engine.lessons.words import (
    LANGUAGES,
    Language,
    all_words,
    key_of,
    language_of,
    telling,
)

LONGEST_QUERY = 10_000
MOST_WORDS = 128
"""Different words of a query that are looked up; what follows them is left out."""

MOST_MENDED = 5
"""Words that nobody uses which are read as others; a text of nothing else is no mistake."""

LEAST_MENDED = (5, 8)
"""From so many letters on a word is read as another that differs by one letter, and by two."""

LEAST_BEGUN = 3
"""Letters of a last word that is taken for the beginning of one."""

MOST_COMPLETED = 20

_MARKS = '"\u201c\u201d\u00ab\u00bb'
_QUOTED = re.compile(f"[{_MARKS}]([^{_MARKS}]+)[{_MARKS}]")


class Reading(StrEnum):
    """How a word of a query is understood."""

    AS_ASKED = "as asked"
    COMPLETED = "completed"
    CORRECTED = "corrected"


@dataclass(frozen=True, slots=True, eq=False)
class AskedWord:
    """A word of a query, how often it stands there, what it is read as, and who has that."""

    word: str
    times: int
    reading: Reading
    read_as: tuple[str, ...]
    column: Column

    @property
    def known(self) -> bool:
        """Return whether any visible lesson has it."""
        return len(self.column.rows) > 0


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """What a query asks for; `phrases` are pairs of words that must stand side by side."""

    words: tuple[AskedWord, ...]
    pairs: tuple[tuple[str, str], ...] = ()
    phrases: tuple[tuple[str, str], ...] = ()


def plain_words(text: str) -> tuple[list[str], Language]:
    """Return the telling words of a text in order, and its language."""
    words = all_words(text[:LONGEST_QUERY])
    language = language_of(words)
    return telling(words, language), language


def read_query(scope: Scope, query: str) -> Asked:
    """Return what a text asks for. Any text is a query, and marks but for quotes mean nothing."""
    text = query[:LONGEST_QUERY]
    every = all_words(text)
    language = language_of(every)
    words = telling(every, language)
    last = every[-1] if every and text[-1].isalnum() else ""
    read: list[AskedWord] = []
    mended = 0
    for word, times in list(Counter(words).items())[:MOST_WORDS]:
        found = AskedWord(word, times, Reading.AS_ASKED, (word,), column_of_stem(scope, word))
        if word == last:
            found = _completed(scope, found)
        if not found.known and mended < MOST_MENDED:
            found = _corrected(scope, found)
            mended += 1
        read.append(found)
    meant = {each.word: each.read_as[0] for each in read}
    quoted = [telling(all_words(part), language) for part in _QUOTED.findall(text)]
    return Asked(
        words=tuple(each for each in read if each.known),
        pairs=_beside([meant[word] for word in words if word in meant]),
        phrases=_beside(*quoted),
    )


def _beside(*texts: Sequence[str]) -> tuple[tuple[str, str], ...]:
    pairs = (pair for words in texts for pair in pairwise(words))
    return tuple(dict.fromkeys(pairs))


def _completed(scope: Scope, asked: AskedWord) -> AskedWord:
    """Return a word that may not be whole yet, read as the words that begin like it."""
    if asked.known or len(asked.word) < LEAST_BEGUN:
        return asked
    having: Counter[str] = Counter()
    for part, offset in zip(scope.index.segments, scope.offsets, strict=True):
        seen = scope.mask[offset : offset + len(part)]
        for language in LANGUAGES:
            numbers = part.beginning(key_of(language, asked.word))
            if numbers:
                counts = part.postings.within(numbers, seen).tolist()
                for number, count in zip(numbers, counts, strict=True):
                    having[part.words[number][1:]] += count
    words = sorted((word for word in having if having[word]), key=lambda w: (-having[w], w))
    if not words:
        return asked
    best = tuple(words[:MOST_COMPLETED])
    return AskedWord(asked.word, asked.times, Reading.COMPLETED, best, column_of_words(scope, best))


def _corrected(scope: Scope, asked: AskedWord) -> AskedWord:
    """Return a word that no visible lesson has, read as the nearest one that some lesson has."""
    word = asked.word
    most = sum(len(word) >= length for length in LEAST_MENDED) if word.isalpha() else 0
    near: dict[str, int] = {}
    for part in scope.index.segments if most else ():
        for language in LANGUAGES:
            numbers = part.beginning(language)
            keys = part.words[numbers.start : numbers.stop]
            found = process.extract(
                key_of(language, word), keys, scorer=OSA.distance, score_cutoff=most, limit=None
            )
            near |= {key[1:]: int(distance) for key, distance, _ in found}
    best = min(
        (
            (distance, -having, other)
            for other, distance in near.items()
            if (having := len(column_of_word(scope, other).rows))
        ),
        default=None,
    )
    if best is None:
        return asked
    return AskedWord(
        word, asked.times, Reading.CORRECTED, (best[2],), column_of_stem(scope, best[2])
    )


def terms_of(scope: Scope, asked: Asked, most: int) -> list[tuple[float, Column]]:
    """Return the weighted terms of a query: of its words, the `most` that tell most."""
    telling_most = sorted(
        asked.words, key=lambda each: (-each.times * rarity(scope, each.column), each.word)
    )[:most]
    terms: list[tuple[float, Column]] = []
    for each in sorted(telling_most, key=lambda each: each.word):
        terms.append((float(each.times), each.column))
        if each.reading != Reading.COMPLETED:
            terms.append((EXACT, column_of_word(scope, each.read_as[0])))
    terms += [(PAIR, column_of_pair(scope, *pair)) for pair in asked.pairs[:most]]
    return [(weight, column) for weight, column in terms if len(column.rows)]
