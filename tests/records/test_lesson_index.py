"""The index of what an organisation may read: brought up to date by what changed."""

from pathlib import Path

import pytest
from pytest_django import DjangoAssertNumQueries

from tallystick.actions.lesson_wording import wording_of
from tallystick.actions.share_lesson import share_lesson
from tallystick.records import lesson_index
from tallystick.records.lesson_index import index_of, scope_over
from tallystick.records.lessons import Lesson, LessonState, SharedLesson
from tallystick.records.library import Wanted, library
from tallystick.records.viewer import Viewer
from tests.cast import TODAY, Cast
from tests.web.pages import a_lesson

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_home(home: Path) -> None:
    # Each test begins with no index, neither on disk nor open.
    lesson_index._open.clear()


def held_for(viewer: Viewer) -> dict[str, str]:
    """Return what the index of the viewer's organisation holds once it is up to date."""
    return index_of(viewer.organisation.public_id, Lesson.objects.visible_to(viewer)).held


def held_for_provider(viewer: Viewer) -> dict[str, str]:
    """Return what the index of a provider holds once it is up to date."""
    shared = SharedLesson.objects.visible_to(viewer)
    return index_of(viewer.organisation.public_id, shared).held


def test_it_holds_what_the_organisation_may_read(cast: Cast) -> None:
    lesson = a_lesson(cast.ada)

    assert held_for(cast.ada) == {lesson.public_id: "1"}
    assert held_for_provider(cast.cleo) == {}


def test_what_is_published_changed_and_shared_is_found_at_the_next_look(cast: Cast) -> None:
    lesson = a_lesson(cast.ada)
    held_for(cast.ada), held_for_provider(cast.cleo)

    lesson.state, lesson.version = LessonState.APPLIED, 2
    lesson.save()
    other = a_lesson(cast.ada)
    share_lesson(
        lesson=other,
        provider=cast.cleo.organisation,
        wording=wording_of(other),
        by=cast.ada,
        as_of=TODAY,
    )

    assert held_for(cast.ada) == {lesson.public_id: "2", other.public_id: "1"}
    assert held_for_provider(cast.cleo) == {other.shares.get().public_id: "1"}


def test_what_is_gone_is_forgotten(cast: Cast) -> None:
    lesson = a_lesson(cast.ada)
    held_for(cast.ada)

    lesson.delete()

    assert held_for(cast.ada) == {}


def test_an_unchanged_library_costs_one_query_a_changed_one_three(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(5):
        a_lesson(cast.ada, title=f"Lesson {number}")

    with django_assert_num_queries(3):
        held_for(cast.ada)
    with django_assert_num_queries(1):
        held_for(cast.ada)


def test_a_new_process_reads_the_index_and_not_the_lessons(
    cast: Cast, home: Path, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    a_lesson(cast.ada)
    held = held_for(cast.ada)
    lesson_index._open.clear()

    with django_assert_num_queries(2):
        assert held_for(cast.ada) == held
    assert (home / "lesson-index" / cast.ada.organisation.public_id / "index").is_file()


def test_a_spoiled_index_is_built_anew(cast: Cast, home: Path) -> None:
    a_lesson(cast.ada)
    held = held_for(cast.ada)
    for path in (home / "lesson-index" / cast.ada.organisation.public_id).iterdir():
        path.write_bytes(b"spoiled")
    lesson_index._open.clear()

    assert held_for(cast.ada) == held


def test_a_disk_that_cannot_be_written_costs_no_answer(cast: Cast, home: Path) -> None:
    lesson = a_lesson(cast.ada)
    (home / "lesson-index").write_text("a file where the folder should be")

    assert held_for(cast.ada) == {lesson.public_id: "1"}


def test_many_new_lessons_are_read_at_once(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    monkeypatch.setattr(lesson_index, "FEW", 3)
    lessons = [a_lesson(cast.ada) for _ in range(8)]

    with django_assert_num_queries(3):
        held = held_for(cast.ada)

    assert held.keys() == {lesson.public_id for lesson in lessons}


def test_a_scope_holds_the_lessons_it_is_given_and_no_others(cast: Cast) -> None:
    first, second = a_lesson(cast.ada), a_lesson(cast.ada)
    held_for(cast.ada)
    third = a_lesson(cast.ada)

    scope = scope_over(cast.ada.organisation.public_id, [first, third])

    assert (scope.number, len(scope.index)) == (2, 3)
    assert second.public_id in scope.index.places


def test_a_search_says_why_a_browsed_library_does_not(cast: Cast) -> None:
    a_lesson(cast.ada)

    (browsed,) = library(cast.ada, Wanted())
    (searched,) = library(cast.ada, Wanted(text="calender "))

    assert browsed.told is None
    assert searched.told is not None
    assert searched.told.why.startswith("Has calender (read as calendar)")
