"""An index over time, and what one viewer sees of it."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallystick.engine.lessons import (
    LessonIndex,
    LessonText,
    Scope,
    index_lessons,
    match_lessons,
    probable_duplicates,
    related,
    scope_of,
    search,
    updated,
)
from tallystick.engine.lessons.match import EngagementText
from tests.engine.lessons.builders import HOLIDAYS, LIBRARY, a_lesson, a_shelf, found

WORDS = [
    "calendar", "holidays", "holiday", "backup", "restore", "invoice", "credits", "provider", "la",
    "de", "los", "red",
]  # fmt: skip
TEXT = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)
LESSON = st.builds(
    LessonText,
    id=st.sampled_from([f"l{number}" for number in range(12)]),
    title=TEXT,
    context=TEXT,
    stages=st.sampled_from([(), ("agree",), ("deliver",)]),
    practices=st.sampled_from([(), (1,), (7,)]),
)
LESSONS = st.lists(LESSON, max_size=12, unique_by=lambda lesson: lesson.id)
QUERY = st.one_of(TEXT, st.sampled_from(["calender", "holid", '"calendar holidays"', "bakcup x"]))
SHELF = a_shelf()


def everything(scope: Scope, query: str) -> list[object]:
    """Return all that the engine tells about a scope."""
    draft = LessonText("draft", query, query)
    engagement = EngagementText("service-desk", (query,))
    return [
        search(scope, query),
        related(scope, draft),
        probable_duplicates(scope, draft),
        match_lessons(scope, engagement, "agree"),
    ]


@given(shown=LESSONS, hidden=LESSONS, query=QUERY)
def test_hidden_lessons_change_nothing(
    shown: list[LessonText], hidden: list[LessonText], query: str
) -> None:
    others = [replace(lesson, id=f"hidden-{lesson.id}") for lesson in hidden]

    alone = everything(scope_of(index_lessons(shown)), query)
    among = everything(
        scope_of(index_lessons([*shown, *others]), [lesson.id for lesson in shown]), query
    )

    assert among == alone


@settings(max_examples=10)
@given(hidden=LESSONS, query=QUERY)
def test_hidden_lessons_teach_no_meaning(hidden: list[LessonText], query: str) -> None:
    others = [replace(each, id=f"hidden-{each.id}", restricted=True) for each in hidden]
    visible = [lesson.id for lesson in SHELF]

    alone = everything(scope_of(index_lessons(SHELF)), query)
    among = everything(scope_of(index_lessons([*SHELF, *others]), visible), query)
    later = everything(scope_of(updated(index_lessons(SHELF), others), visible), query)

    assert among == alone
    assert later == alone


@given(lessons=LESSONS, query=QUERY)
def test_one_by_one_answers_like_all_at_once(lessons: list[LessonText], query: str) -> None:
    grown = LessonIndex()
    for lesson in lessons:
        grown = updated(grown, [lesson])

    assert everything(scope_of(grown), query) == everything(scope_of(index_lessons(lessons)), query)


@given(lessons=LESSONS, changes=LESSONS, removed=st.sets(st.sampled_from(["l0", "l1", "l2"])))
def test_changed_and_removed_lessons_leave_nothing_behind(
    lessons: list[LessonText], changes: list[LessonText], removed: set[str]
) -> None:
    last = {lesson.id: lesson for lesson in [*lessons, *changes]}
    left = [last[key] for key in last if key not in removed]

    index = updated(updated(index_lessons(lessons), changes), [], removed)

    assert index.held == {lesson.id: lesson.digest for lesson in left}
    expected = scope_of(index_lessons(left))
    assert everything(scope_of(index), "calendar credits") == everything(
        expected, "calendar credits"
    )


def test_a_few_lessons_more_are_a_segment_of_their_own() -> None:
    before = index_lessons(SHELF)

    after = updated(before, [HOLIDAYS])

    assert [len(segment) for segment in after.segments] == [102, 1]
    assert after.segments[0] is before.segments[0]
    assert after.basis is before.basis


def test_segments_are_merged_as_they_grow() -> None:
    index = index_lessons(SHELF)

    sizes = []
    for number in range(40):
        index = updated(index, [a_lesson(str(number))])
        sizes.append(len(index.segments))

    assert max(sizes) == 5
    assert len(index) == 142


def test_meaning_is_learned_anew_when_one_lesson_in_four_is_new() -> None:
    index = index_lessons(SHELF)
    first = index.basis

    few = updated(index, [a_lesson(str(number)) for number in range(25)])
    more = updated(few, [a_lesson("one more")])

    assert few.basis is first
    assert more.basis is not first


def test_meaning_is_forgotten_where_too_few_lessons_are_left() -> None:
    index = updated(index_lessons(SHELF), [], [lesson.id for lesson in SHELF[:30]])

    assert (len(index), index.basis) == (72, None)


def test_the_later_of_two_lessons_with_one_id_counts() -> None:
    index = index_lessons([a_lesson(title="First"), a_lesson(title="Second")])

    assert len(index) == 1
    assert [hit.lesson_id for hit in search(scope_of(index), "second").hits] == ["l1"]
    assert search(scope_of(index), "first ").hits == ()


@pytest.mark.parametrize(
    "change",
    [{"title": "Other"}, {"stages": ("close",)}, {"state": "retired"}, {"restricted": True}],
)
def test_a_digest_changes_with_the_lesson(change: dict[str, object]) -> None:
    assert replace(HOLIDAYS, **change).digest != HOLIDAYS.digest  # type: ignore[arg-type]


def test_a_viewer_of_nothing_finds_nothing() -> None:
    scope = scope_of(index_lessons(LIBRARY), [])

    assert search(scope, "holiday").total == 0
    assert found([], "holiday") == []
