"""Text -> words -> stems."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.engine.lessons.stopwords import ENGLISH, SPANISH
from tallystick.engine.lessons.words import (
    Language,
    fold,
    language_of,
    spans_of,
    stem_key,
    words_of,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The provider's calendar", ["provider's", "calendar"]),
        ("La migración no fue probada", ["migracion", "probada"]),
        ("P1/P2, 24x7 e-mail_box", ["p1", "p2", "24x7", "mail", "box"]),
        ("*** \x00 \u202e", []),
    ],
)
def test_a_text_is_folded_words_without_those_that_every_text_has(
    text: str, expected: list[str]
) -> None:
    assert words_of(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the calendar of the provider", Language.ENGLISH),
        ("el calendario del proveedor", Language.SPANISH),
        ("SLA", Language.ENGLISH),
        ("no a me", Language.ENGLISH),
    ],
)
def test_the_common_words_tell_the_language(text: str, expected: Language) -> None:
    assert language_of(text.split()) == expected


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (Language.ENGLISH, ["escalation", "escalating", "escalated", "escalates"]),
        (Language.SPANISH, ["migracion", "migraciones"]),
        (Language.SPANISH, ["servidor", "servidores"]),
    ],
)
def test_forms_of_a_word_have_one_stem(language: Language, words: list[str]) -> None:
    assert len({stem_key(language, word) for word in words}) == 1


def test_the_same_letters_in_two_languages_are_two_stems() -> None:
    assert stem_key(Language.ENGLISH, "plan") != stem_key(Language.SPANISH, "plan")


def test_common_words_are_written_as_they_are_compared() -> None:
    assert [word for word in ENGLISH | SPANISH if fold(word) != word] == []


@given(text=st.text(max_size=200))
def test_each_word_stands_where_it_says(text: str) -> None:
    for start, end, word in spans_of(text):
        assert word == fold(text[start:end])
        assert word
