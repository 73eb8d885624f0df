"""What a viewer may read of the library, in which order, and where a lesson came from."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from tallystick.actions.lesson_wording import wording_of
from tallystick.actions.share_lesson import share_lesson
from tallystick.records.lessons import LessonState
from tallystick.records.library import Wanted, library
from tallystick.records.way_back import way_back
from tests.cast import TODAY, Cast
from tests.web.pages import a_lesson

pytestmark = pytest.mark.django_db


def test_without_a_search_the_newest_lesson_comes_first(cast: Cast) -> None:
    a_lesson(cast.ada, title="Older", published_at=TODAY - timedelta(days=1))
    a_lesson(cast.ada, title="Newer")

    assert [found.lesson.title for found in library(cast.ada, Wanted())] == ["Newer", "Older"]


def test_with_a_search_the_best_match_comes_first(cast: Cast) -> None:
    a_lesson(cast.ada, title="Backups", what_happened="A holiday in the archive.")
    a_lesson(cast.ada, title="Holidays in the calendar", what_happened="Holidays counted.")

    found = library(cast.ada, Wanted(text="calendar holidays"))

    assert found[0].lesson.title == "Holidays in the calendar"
    assert found[0].words == ("calendar", "holidays")


def test_a_lesson_from_experience_has_no_way_back(cast: Cast) -> None:
    assert way_back(a_lesson(cast.ada), cast.ada) is None


PLACES = (
    {"stages": ["agree"], "service_types": ["service-desk"], "practices": [7]},
    {"stages": [], "service_types": ["other"], "practices": [1, 7]},
    {"stages": ["define", "agree"], "service_types": [], "practices": []},
    {"stages": ["close"], "cause": "agreement-gap", "state": LessonState.RETIRED},
    {"stages": ["close"], "cause": "agreement-gap"},
)
WANTED = (
    Wanted(),
    Wanted(stage="agree"),
    Wanted(service_type="service-desk"),
    Wanted(practice=7),
    Wanted(stage="close", practice=1),
    Wanted(cause="agreement-gap"),
    Wanted(state="retired"),
    Wanted(state="validated", stage="define"),
)


@pytest.mark.parametrize("wanted", WANTED, ids=str)
def test_what_is_counted_is_what_is_read(cast: Cast, wanted: Wanted) -> None:
    for number, places in enumerate(PLACES):
        a_lesson(cast.ada, title=f"Lesson {number}", **{"stages": []} | places)

    shelf = library(cast.ada, wanted)

    assert 0 < shelf.total == len(shelf) == len(shelf[:])


def test_a_search_is_narrowed_before_its_best_are_taken(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tallystick.records.library.MOST_HITS", 1)
    a_lesson(cast.ada, title="Holidays holidays", stages=["close"])
    a_lesson(cast.ada, title="Elsewhere", stages=["agree"])

    shelf = library(cast.ada, Wanted(text="holidays", stage="agree"))

    assert [found.lesson.title for found in shelf] == ["Elsewhere"]


def test_facets_count_what_was_found_and_what_holds_everywhere(cast: Cast) -> None:
    a_lesson(cast.ada, stages=["agree", "define"], cause="agreement-gap")
    a_lesson(cast.ada, stages=[], state=LessonState.IDENTIFIED)
    a_lesson(cast.ada, stages=["close"], state=LessonState.RETIRED)

    facets = library(cast.ada, Wanted()).facets

    assert facets["stage"] == {"": 1, "agree": 1, "define": 1}
    assert facets["state"] == {"identified": 1, "validated": 1}
    assert facets["cause"] == {"": 1, "agreement-gap": 1}


def test_a_page_of_many_lessons_reads_that_page_alone(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        a_lesson(cast.ada, title=f"Lesson {number}")
    library(cast.ada, Wanted())

    with django_assert_num_queries(2):  # whether anything changed, and the page
        page = library(cast.ada, Wanted())[10:12]

    assert [found.lesson.title for found in page] == ["Lesson 19", "Lesson 18"]


def test_a_provider_follows_no_state(cast: Cast) -> None:
    lesson = a_lesson(cast.ada)
    share_lesson(
        lesson=lesson,
        provider=cast.cleo.organisation,
        wording=wording_of(lesson),
        by=cast.ada,
        as_of=TODAY,
    )

    assert len(library(cast.cleo, Wanted(state="identified"))) == 1
    assert list(library(cast.cleo, Wanted(state="validated"))) == []
