"""Why a lesson was found, and the passages that show it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.engine.lessons import LessonText, Told, search, tell
from tallystick.engine.lessons.words import composed
from tests.engine.lessons.builders import HOLIDAYS, LIBRARY, MIGRATION, a_lesson, a_shelf, seen


def told(lesson: LessonText, query: str, others: tuple[LessonText, ...] = ()) -> Told:
    """Return what is told of the first hit, which is the lesson."""
    scope = seen([lesson, *others])
    hit = search(scope, query).hits[0]
    assert hit.lesson_id == lesson.id
    return tell(scope.index, query, hit, lesson)


def marked(pieces: tuple[tuple[str, bool], ...]) -> str:
    """Return pieces as one text, what matches in brackets."""
    return "".join(f"[{text}]" if is_match else text for text, is_match in pieces)


def test_it_names_the_words_and_where_they_stand() -> None:
    found = told(HOLIDAYS, "holiday calendars ")

    assert found.why == "Has holiday, calendars in its title and root cause and preventive action."
    assert marked(found.title) == "Public [holidays] were missing from the service [calendar]"
    assert [(each.part, marked(each.pieces)) for each in found.passages] == [
        ("root_cause", "The [calendar] listed the [holidays] of one year only."),
        ("preventive_action", "List the [holidays] of every year of the term."),
    ]


def test_it_says_how_a_mistyped_word_was_read() -> None:
    found = told(HOLIDAYS, "calender ")

    assert found.why == "Has calender (read as calendar) in its title and root cause."
    assert "[calendar]" in marked(found.title)


def test_it_marks_words_with_their_accents() -> None:
    found = told(MIGRATION, "migracion ")

    assert marked(found.title) == "La [migración] de los servidores empezó sin ensayo"
    assert "las [migraciones] antes" in marked(found.passages[0].pieces)


def test_it_marks_a_word_that_was_begun() -> None:
    found = told(HOLIDAYS, "holid")

    assert "[holidays]" in marked(found.title)


def test_a_hit_by_meaning_names_the_topics_it_shares() -> None:
    lessons = a_shelf()
    scope = seen(lessons)
    near = [hit for hit in search(scope, "calendar ", 100).hits if not hit.words]
    lesson = next(each for each in lessons if each.id == near[0].lesson_id)

    found = tell(scope.index, "calendar ", near[0], lesson)

    assert found.why.startswith("Similar in meaning: shared topics ")
    topics = found.why.removeprefix("Similar in meaning: shared topics ").rstrip(".").split(", ")
    assert set(topics) <= {word.lower() for word in lesson.title.split()}
    assert all(f"[{topic}]" in marked(found.title).lower() for topic in topics)


def test_a_long_text_is_cut_around_the_most_words() -> None:
    text = "penalty " + "word " * 200 + "the penalty clause of the contract " + "word " * 200
    lesson = a_lesson(title="Long", context=text)

    (passage,) = told(lesson, "penalty clause contract ").passages

    shown = marked(passage.pieces)
    assert "[penalty] [clause] of the [contract]" in shown
    assert shown.startswith("\u2026 ")
    assert shown.endswith(" \u2026")
    assert len(shown) < 300


@pytest.mark.parametrize("text", ["<b>penalty</b>", "penalty\x00", "penalty \u202e", "penalty" * 9])
def test_pieces_put_together_are_the_text_as_it_stands(text: str) -> None:
    lesson = a_lesson(title=f"penalty {text}")

    found = told(lesson, "penalty ")

    assert "".join(piece for piece, _ in found.title) == lesson.title


@given(title=st.text(max_size=80), text=st.text(max_size=800), word=st.text(max_size=20))
def test_any_lesson_and_query_can_be_told(title: str, text: str, word: str) -> None:
    lesson = a_lesson(title=f"{word} {title}", context=f"{text} {word} {text}")
    scope = seen([lesson, *LIBRARY])

    for hit in search(scope, word).hits:
        if hit.lesson_id == lesson.id:
            found = tell(scope.index, word, hit, lesson)
            assert "".join(piece for piece, _ in found.title) == composed(lesson.title)
            assert all(text for each in found.passages for text, _ in each.pieces)
