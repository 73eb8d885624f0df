"""Searching lessons."""

import subprocess
import sys
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.engine.lessons import index_lessons, search
from tests.engine.lessons.builders import BASELINES, HOLIDAYS, LIBRARY, a_lesson


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("holiday calendars", ["holidays"]),
        ("HOLIDAYS", ["holidays"]),
        ("measuring baselines", ["baselines"]),
        ("escalating", ["escalation"]),
        ("baseline or holiday", ["baselines", "holidays"]),
    ],
)
def test_a_lesson_is_found_by_any_form_of_its_words(query: str, expected: list[str]) -> None:
    hits = search(index_lessons(LIBRARY), query)

    assert sorted(hit.lesson_id for hit in hits) == expected


def test_a_hit_names_the_words_that_matched_as_they_were_asked() -> None:
    (hit,) = search(index_lessons(LIBRARY), "unknown calendars, missing Holiday")

    assert hit.words == ("calendars", "missing", "holiday")


def test_a_word_in_the_title_counts_more_than_one_in_the_text() -> None:
    lessons = [a_lesson("a", context="penalty"), a_lesson("b", title="Penalty")]

    hits = search(index_lessons(lessons), "penalty")

    assert [hit.lesson_id for hit in hits] == ["b", "a"]


def test_lessons_of_equal_score_stand_in_the_order_of_their_ids() -> None:
    lessons = [a_lesson(each, title="Penalty") for each in ("c", "a", "b")]

    hits = search(index_lessons(lessons), "penalty")

    assert [hit.lesson_id for hit in hits] == ["a", "b", "c"]


def test_the_order_in_which_lessons_come_changes_nothing() -> None:
    answers = {
        tuple(search(index_lessons(lessons), "no baseline holidays names"))
        for lessons in permutations(LIBRARY)
    }

    assert len(answers) == 1


def test_at_most_as_many_hits_as_asked_for_come_back() -> None:
    lessons = [a_lesson(str(number), title="Penalty") for number in range(30)]
    index = index_lessons(lessons)

    counts = [len(search(index, "penalty", limit)) for limit in (0, 1, 25)]

    assert counts == [0, 1, 25]


def test_an_empty_library_answers_with_nothing() -> None:
    assert search(index_lessons([]), "holiday") == []


@pytest.mark.parametrize("title", ["", "the", "*"])
def test_a_library_without_any_word_answers_with_nothing(title: str) -> None:
    index = index_lessons([a_lesson(title=title)])

    assert search(index, "holiday") == []


def test_a_library_of_one_lesson_can_be_searched() -> None:
    hits = search(index_lessons([BASELINES]), "baseline")

    assert [hit.lesson_id for hit in hits] == ["baselines"]


@pytest.mark.parametrize(
    "query",
    [
        "",
        " ",
        '"',
        '"holiday',
        "*",
        "NEAR(",
        "a AND (",
        "-",
        "\x00",
        "\ud83d\ude00",
        "الدرس",
        "x" * 10_000,
    ],
)
def test_a_query_of_marks_finds_nothing_and_never_raises(query: str) -> None:
    hits = search(index_lessons(LIBRARY), query.replace("holiday", ""))

    assert hits == []


def test_marks_around_a_word_do_not_hide_it() -> None:
    hits = search(index_lessons([HOLIDAYS]), 'NEAR("holiday"*) \U0001f600')

    assert [hit.words for hit in hits] == [("holiday",)]


@given(query=st.text(max_size=200))
def test_every_hit_shares_a_word_and_scores_above_nothing(query: str) -> None:
    hits = search(index_lessons(LIBRARY), query)

    assert all(hit.score > 0 and hit.words for hit in hits)


def test_building_and_searching_prints_nothing() -> None:
    script = (
        "from tallystick.engine.lessons import LessonText, index_lessons, search\n"
        "search(index_lessons([LessonText('a', 'Holiday')]), 'holiday')"
    )

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)

    assert (done.stdout, done.stderr) == (b"", b"")
