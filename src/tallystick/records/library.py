"""The lesson library: what a viewer may read of it, narrowed and searched."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet

from tallystick.engine.lessons.index import LessonIndex, scope_of
from tallystick.engine.lessons.search import Hit, Where, search
from tallystick.engine.lessons.telling import Told, tell
from tallystick.records.lesson_index import index_of, lesson_text
from tallystick.records.lessons import Lesson
from tallystick.records.viewer import Viewer

MOST_HITS = 200
"""How many lessons a search answers with."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lessons; what is empty does not narrow."""

    text: str = ""
    stage: str = ""
    service_type: str = ""
    practice: int | None = None

    def fits(self, lesson: Lesson) -> bool:
        """Return whether a lesson applies there; one that names no place applies everywhere."""
        return (
            _applies(lesson.stages, self.stage)
            and _applies(lesson.service_types, self.service_type)
            and _applies(lesson.practices, self.practice)
        )


def _applies(named: Sequence[object], wanted: object) -> bool:
    return not wanted or not named or wanted in named


@dataclass(frozen=True)
class Found:
    """A lesson, and the words of the search that it shares; none without a search."""

    lesson: Lesson
    words: tuple[str, ...] = ()
    hit: Hit | None = None
    index: LessonIndex | None = None
    text: str = ""

    @cached_property
    def told(self) -> Told | None:
        """Return why the search found it, and where it says so; None without a search."""
        if self.hit is None or self.index is None:
            return None
        return tell(self.index, self.text, self.hit, lesson_text(self.lesson))


def library(viewer: Viewer, wanted: Wanted) -> list[Found]:
    """Return the lessons: best first where there is a text to search for, else newest first."""
    visible = Lesson.objects.visible_to(viewer)
    if wanted.text.strip():
        return _searched(viewer, visible, wanted)
    newest = visible.select_related("client", "published_by").order_by("-published_at", "-id")
    return [Found(lesson) for lesson in newest if wanted.fits(lesson)]


def _searched(viewer: Viewer, visible: QuerySet[Lesson], wanted: Wanted) -> list[Found]:
    # All that an organisation may read, each of its people may: its index has no other readers.
    index = index_of(viewer.organisation.public_id, visible)
    where = Where(wanted.stage, wanted.service_type, wanted.practice)
    hits = search(scope_of(index), wanted.text, MOST_HITS, where).hits
    named = visible.filter(public_id__in=[hit.lesson_id for hit in hits])
    by_id = {each.public_id: each for each in named.select_related("client", "published_by")}
    return [
        Found(by_id[hit.lesson_id], hit.words, hit, index, wanted.text)
        for hit in hits
        if hit.lesson_id in by_id
    ]
