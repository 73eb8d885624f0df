"""The lesson library: what a viewer may read of it, narrowed and searched."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tallystick.engine.lessons.index import index_lessons, search
from tallystick.records.lessons import Lesson
from tallystick.records.snapshots import lesson_text
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


@dataclass(frozen=True, slots=True)
class Found:
    """A lesson, and the words of the search that it shares; none without a search."""

    lesson: Lesson
    words: tuple[str, ...] = ()


def library(viewer: Viewer, wanted: Wanted) -> list[Found]:
    """Return the lessons: best first where there is a text to search for, else newest first."""
    visible = Lesson.objects.visible_to(viewer).select_related("client", "published_by")
    lessons = [lesson for lesson in visible.order_by("-published_at", "-id") if wanted.fits(lesson)]
    if not wanted.text.strip():
        return [Found(lesson) for lesson in lessons]
    return _searched(lessons, wanted.text)


def _searched(lessons: Iterable[Lesson], text: str) -> list[Found]:
    by_id = {lesson.public_id: lesson for lesson in lessons}
    index = index_lessons(lesson_text(lesson) for lesson in by_id.values())
    return [Found(by_id[hit.lesson_id], hit.words) for hit in search(index, text, limit=MOST_HITS)]
