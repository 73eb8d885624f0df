"""Text -> stems, and the words a person would recognise behind them."""

import re
import unicodedata
from functools import lru_cache

import Stemmer
from bm25s.stopwords import STOPWORDS_EN_PLUS

LONGEST = 1_000_000
"""Characters of a text that are read; the rest is left out."""

_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
_COMMON = frozenset(STOPWORDS_EN_PLUS)


def words_of(text: str) -> list[str]:
    """Return the words of a text in order, in lower case, without those every text has."""
    folded = unicodedata.normalize("NFKC", text[:LONGEST]).lower()
    return [word for word in _WORD.findall(folded) if word not in _COMMON]


def stems_of(text: str) -> list[str]:
    """Return the English stem of each word of a text, in order (Snowball)."""
    return [stem_of(word) for word in words_of(text)]


def words_by_stem(text: str) -> dict[str, str]:
    """Return each stem of a text with the first word that has it."""
    found: dict[str, str] = {}
    for word in words_of(text):
        found.setdefault(stem_of(word), word)
    return found


@lru_cache(maxsize=100_000)
def stem_of(word: str) -> str:
    """Return the English stem of one word."""
    # A stemmer keeps state between words, so two threads may not share one.
    stem: str = Stemmer.Stemmer("english", 0).stemWord(word[:100])
    return stem
