"""Lessons beside a lesson, and those that say the same already."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.engine.lessons import LessonText, probable_duplicates, related
from tests.engine.lessons.builders import (
    BASELINES,
    ESCALATION,
    HOLIDAYS,
    LIBRARY,
    MIGRATION,
    a_lesson,
    a_shelf,
    seen,
)

EASTER = a_lesson("easter", title="Easter was no holiday in the calendar of the service desk")


def test_the_lesson_about_the_same_comes_first_and_says_what_they_share() -> None:
    scope = seen([*LIBRARY, EASTER])

    first = related(scope, HOLIDAYS)[0]

    assert first.lesson_id == "easter"
    assert set(first.words) == {"calendar", "desk", "holidays", "service"}


def test_a_lesson_is_not_its_own_neighbour() -> None:
    scope = seen([*LIBRARY, EASTER])

    assert "holidays" not in {each.lesson_id for each in related(scope, HOLIDAYS, limit=50)}


def test_a_lesson_that_is_not_in_the_index_has_neighbours_too() -> None:
    scope = seen(LIBRARY)

    assert [each.lesson_id for each in related(scope, EASTER)] == ["holidays"]


def test_a_neighbour_may_share_the_meaning_alone() -> None:
    lessons = a_shelf()
    mine = next(each for each in lessons if each.title.startswith("calendar"))

    topics = {each.lesson_id[0] for each in related(seen(lessons), mine, limit=20)}

    assert topics == {"0"}


def test_the_same_words_are_a_duplicate() -> None:
    (found,) = probable_duplicates(seen(LIBRARY), replace(HOLIDAYS, id="draft"))

    assert (found.lesson_id, found.score) == ("holidays", 1.0)


def test_a_draft_with_other_endings_and_without_a_part_is_one_too() -> None:
    draft = LessonText(
        "draft",
        title="A public holiday was missing in service calendars",
        root_cause="Calendars listed holidays of one year.",
    )

    found = probable_duplicates(seen(LIBRARY), draft)

    assert [each.lesson_id for each in found] == ["holidays"]


@pytest.mark.parametrize("lesson", [BASELINES, ESCALATION, MIGRATION, LessonText("empty", "")])
def test_another_lesson_is_no_duplicate(lesson: LessonText) -> None:
    others = [each for each in LIBRARY if each.id != lesson.id]

    assert probable_duplicates(seen(others), lesson) == []


def test_a_long_lesson_is_not_the_same_as_each_of_its_sentences() -> None:
    long = a_lesson("long", context=" ".join(text for each in LIBRARY for text in each.texts))
    scope = seen([long])

    assert probable_duplicates(scope, LessonText("draft", "Nobody knew whom to call")) == []


def test_a_stored_lesson_is_no_duplicate_of_itself() -> None:
    assert probable_duplicates(seen(LIBRARY), HOLIDAYS) == []


@given(text=st.text(max_size=300))
def test_any_draft_can_be_compared(text: str) -> None:
    scope = seen(LIBRARY)
    draft = LessonText("draft", text, text)

    scores = [each.score for each in [*related(scope, draft), *probable_duplicates(scope, draft)]]

    assert all(0 <= score <= 1 for score in scores)
