"""Searching lessons."""

import subprocess
import sys
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.engine.lessons import Where, search, spread
from tests.engine.lessons.builders import (
    BASELINES,
    ESCALATION,
    HOLIDAYS,
    LIBRARY,
    MIGRATION,
    a_lesson,
    a_shelf,
    ask,
    found,
    seen,
)

BAD_QUERIES = [
    "", " ", '"', '"holiday', "*", "NEAR(", "a AND (", "-", "\x00", "\ud83d", "\ud83d\ude00",
    "الدرس", "\u202eyadiloh", "x" * 10_000, '"' * 10_000, "holiday " * 2_000, "ﬁ", "İ",
    "e\u0301" * 300, "\u2019", "«»",
]  # fmt: skip


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
    assert sorted(found(LIBRARY, query)) == expected


@pytest.mark.parametrize("query", ["migracion", "MIGRACIÓN", "migraciones", "migracio\u0301n"])
def test_accents_and_forms_do_not_matter_in_spanish(query: str) -> None:
    assert found([*LIBRARY, MIGRATION], query + " ") == ["migracion"]


def test_a_lesson_is_stemmed_in_its_own_language() -> None:
    # One word in Spanish, and two in English.
    assert found([MIGRATION], "acordar ") == ["migracion"]
    assert found([a_lesson(title="An acordada of the provider")], "acordar ") == []


def test_a_hit_names_the_words_that_matched_as_they_were_asked() -> None:
    (hit,) = ask(LIBRARY, "unknown calendars, missing Holiday").hits

    assert hit.words == ("calendars", "missing", "holiday")


def test_a_word_in_the_title_counts_more_than_one_in_the_text() -> None:
    lessons = [a_lesson("a", context="penalty"), a_lesson("b", title="Penalty")]

    assert found(lessons, "penalty") == ["b", "a"]


def test_the_form_that_was_asked_for_comes_first() -> None:
    lessons = [a_lesson("a", title="Testing"), a_lesson("b", title="Tested")]

    assert found(lessons, "tested ") == ["b", "a"]


def test_words_side_by_side_count_more_than_apart() -> None:
    lessons = [
        a_lesson("a", context="The service of a desk"),
        a_lesson("b", context="desk tickets service"),
        a_lesson("c", context="tickets of a service desk"),
    ]

    assert found(lessons, "service desk ")[-1] == "b"


def test_lessons_of_equal_score_stand_in_the_order_of_their_ids() -> None:
    lessons = [a_lesson(each, title="Penalty") for each in ("c", "a", "b")]

    assert found(lessons, "penalty") == ["a", "b", "c"]


def test_the_order_in_which_lessons_come_changes_nothing() -> None:
    answers = {ask(lessons, "no baseline holidays names").hits for lessons in permutations(LIBRARY)}

    assert len(answers) == 1


def test_at_most_as_many_hits_as_asked_for_come_back_and_all_are_counted() -> None:
    scope = seen([a_lesson(str(number), title="Penalty") for number in range(30)])

    answers = [search(scope, "penalty", limit) for limit in (0, 1, 25)]

    assert [(len(each.hits), each.total) for each in answers] == [(0, 30), (1, 30), (25, 30)]


@pytest.mark.parametrize("lessons", [[], [a_lesson(title="")], [a_lesson(title="the *")]])
def test_a_library_without_any_word_answers_with_nothing(lessons: list[object]) -> None:
    assert found(lessons, "holiday") == []  # type: ignore[arg-type]


def test_a_library_of_one_lesson_can_be_searched() -> None:
    assert found([BASELINES], "baseline") == ["baselines"]


@pytest.mark.parametrize("query", BAD_QUERIES)
def test_a_query_of_marks_finds_nothing_and_never_raises(query: str) -> None:
    assert found(LIBRARY, query.replace("holiday", "")) == []


@pytest.mark.parametrize("text", BAD_QUERIES)
def test_any_text_can_stand_in_a_lesson(text: str) -> None:
    lesson = a_lesson(title=text, context=text, causes=(text,))

    assert found([lesson, HOLIDAYS], "calendar") == ["holidays"]


def test_marks_around_a_word_do_not_hide_it() -> None:
    (hit,) = ask([HOLIDAYS], 'NEAR("holiday"*) \U0001f600').hits

    assert hit.words == ("holiday",)


@given(query=st.text(max_size=200))
def test_every_hit_shares_a_word_and_scores_above_nothing(query: str) -> None:
    hits = ask(LIBRARY, query).hits

    assert all(0 < hit.score <= 1 and hit.words for hit in hits)


@pytest.mark.parametrize(
    ("query", "read"),
    [("calender", "calendar"), ("hloidays", "holidays"), ("esclation", "escalation")],
)
def test_a_word_that_no_lesson_has_is_read_as_the_nearest_one(query: str, read: str) -> None:
    (hit,) = ask(LIBRARY, f"{query} ").hits

    assert hit.read_as == ((query, read),)


@pytest.mark.parametrize("query", ["cal", "calx", "holid4ys", "penultimate"])
def test_what_is_too_short_or_too_far_is_not_corrected(query: str) -> None:
    assert found(LIBRARY, f"{query} ") == []


def test_a_word_that_some_lesson_has_is_not_corrected() -> None:
    lessons = [a_lesson("a", title="Charge"), a_lesson("b", title="Change")]

    assert found(lessons, "charge ") == ["a"]


def test_a_last_word_may_be_the_beginning_of_one() -> None:
    assert found(LIBRARY, "escal") == ["escalation"]
    assert found(LIBRARY, "escalat nothing") == []


def test_quoted_words_must_stand_side_by_side() -> None:
    lessons = [
        a_lesson("a", context="Service levels and a desk"),
        a_lesson("b", context="A service desk"),
    ]

    assert found(lessons, '"service desk"') == ["b"]
    assert found(lessons, "“desk levels”") == []


def test_a_lesson_that_shares_no_word_is_found_by_what_it_means() -> None:
    lessons = a_shelf()
    asked = {lesson.id for lesson in lessons if "calendar" in lesson.title}

    hits = ask(lessons, "calendar ", limit=50).hits

    near = [hit for hit in hits if not hit.words]
    assert {hit.lesson_id for hit in hits if hit.words} == asked
    assert near
    assert {hit.lesson_id[0] for hit in near} == {"0"}
    assert max(hit.score for hit in near) < min(hit.score for hit in hits if hit.words)


def test_a_place_narrows_to_lessons_that_apply_there_or_everywhere() -> None:
    everywhere = a_lesson("all", title="Holidays everywhere")
    lessons = [HOLIDAYS, ESCALATION, everywhere]

    assert found(lessons, "holidays names", Where(stage="agree")) == ["all", "holidays"]
    assert found(lessons, "holidays", Where(practice=1)) == ["all"]
    assert found(lessons, "holidays", Where(service_type="other")) == ["all"]


def test_a_cause_and_a_state_narrow_to_lessons_that_have_them() -> None:
    lessons = [
        a_lesson("one", causes=("agreement-gap",), state="validated"),
        a_lesson("two", causes=("agreement-gap",), state="retired"),
        a_lesson("three", state="validated"),
    ]
    scope = seen(lessons)

    counts = [
        spread(scope, where)[0]
        for where in (
            Where(),
            Where(cause="agreement-gap"),
            Where(cause="agreement-gap", without="retired"),
            Where(state="retired"),
            Where(state="validated", cause="decision-late"),
        )
    ]

    assert counts == [3, 2, 1, 1, 0]


def test_facets_count_what_was_found_by_each_kind() -> None:
    facets = ask(LIBRARY, "names holiday ").facets

    assert facets == {
        "stage": {"agree": 1, "deliver": 1, "transition": 1},
        "service": {"": 1, "application-support": 1, "service-desk": 1},
        "practice": {"": 1, "7": 1},
        "state": {"": 1, "validated": 1},
        "cause": {"": 1, "communication": 1},
    }


def test_building_and_searching_prints_nothing() -> None:
    script = (
        "from tallystick.engine.lessons import LessonText, index_lessons, scope_of, search\n"
        "search(scope_of(index_lessons([LessonText('a', 'Holiday')])), 'holiday')"
    )

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)

    assert (done.stdout, done.stderr) == (b"", b"")
