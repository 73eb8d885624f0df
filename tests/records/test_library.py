"""What a viewer may read of the library, in which order, and where a lesson came from."""

from datetime import timedelta

import pytest

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
