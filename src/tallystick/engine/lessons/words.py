"""Text -> words, folded; words -> stems, in English and Spanish."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from functools import lru_cache

import Stemmer

from tallystick.engine.lessons.stopwords import ENGLISH, SPANISH

LONGEST = 1_000_000
"""Characters of a text that are read; the rest is left out."""

LONGEST_WORD = 100

_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
_MARKS = re.compile("[\u0300-\u036f]")


class Language(StrEnum):
    """The languages whose words are stemmed; a text in any other is read as English."""

    ENGLISH = "e"
    SPANISH = "s"


LANGUAGES = tuple(Language)
_SNOWBALL = {Language.ENGLISH: "english", Language.SPANISH: "spanish"}
_COMMON = {Language.ENGLISH: ENGLISH, Language.SPANISH: SPANISH}


def composed(text: str) -> str:
    """Return the part of a text that is read, each letter one with its accents."""
    return unicodedata.normalize("NFC", text[:LONGEST])


def spans_of(text: str) -> Iterator[tuple[int, int, str]]:
    """Give (start, end, folded word) of each word of a composed text."""
    for found in _WORD.finditer(text):
        if word := fold(found.group()):
            yield found.start(), found.end(), word


def all_words(text: str) -> list[str]:
    """Return every word of a text in order, folded."""
    return [word for _, _, word in spans_of(composed(text))]


@lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """Return a word in lower case, without accents, at most 100 letters of it."""
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", word[:LONGEST_WORD].lower()))
    return plain.replace("\u2019", "'").lower()[:LONGEST_WORD]


def language_of(words: Sequence[str]) -> Language:
    """Return the language whose common words are more frequent; English if neither."""
    spanish = sum(word in SPANISH and word not in ENGLISH for word in words)
    english = sum(word in ENGLISH and word not in SPANISH for word in words)
    return Language.SPANISH if spanish > english else Language.ENGLISH


def telling(words: Iterable[str], language: Language) -> list[str]:
    """Return the words but for those that every text of the language has."""
    common = _COMMON[language]
    return [word for word in words if word not in common]


def words_of(text: str) -> list[str]:
    """Return the words of a text in order, folded, without those every text has."""
    words = all_words(text)
    return telling(words, language_of(words))


def key_of(language: Language, word: str) -> str:
    """Return a word with its language before it, as an index holds it; a stem likewise."""
    return f"{language}{word}"


def stem_keys(keys: Iterable[str]) -> list[str]:
    """Return the stem of each word, both with their language before them."""
    words = list(keys)
    found = [""] * len(words)
    for language in LANGUAGES:
        places = [place for place, word in enumerate(words) if word[0] == language]
        # A stemmer keeps state between words, so two threads may not share one.
        stemmer = Stemmer.Stemmer(_SNOWBALL[language])
        stems = stemmer.stemWords([_spelled(words[place][1:], language) for place in places])
        for place, stem in zip(places, stems, strict=True):
            found[place] = language + (_MARKS.sub("", unicodedata.normalize("NFKD", stem)) or stem)
    return found


@lru_cache(maxsize=100_000)
def stem_key(language: Language, word: str) -> str:
    """Return the stem of one folded word, its language before it (Snowball)."""
    return stem_keys([key_of(language, word)])[0]


def _spelled(word: str, language: Language) -> str:
    # Folding took the accent by which Snowball knows this ending; without it "migraciones" and
    # "migración" would not meet.
    if language == Language.SPANISH and word.endswith("ion"):
        return word[:-3] + "ión"
    return word
