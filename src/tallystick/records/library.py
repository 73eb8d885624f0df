"""The lesson library: what a viewer may read of it, narrowed and searched."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tallystick.engine.lessons.index import index_lessons, search
from tallystick.records.lessons import Lesson, LessonState, SharedLesson
from tallystick.records.reviews import Review
from tallystick.records.snapshots import lesson_text
from tallystick.records.viewer import Viewer

MOST_HITS = 200
"""How many lessons a search answers with."""

Readable = Lesson | SharedLesson
"""A lesson as its viewer reads it: the client its own, a provider the text shared with it."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which lessons; what is empty does not narrow."""

    text: str = ""
    stage: str = ""
    service_type: str = ""
    practice: int | None = None
    cause: str = ""
    state: str = ""

    def fits(self, lesson: Readable) -> bool:
        """Return whether a lesson applies there; one that names no place applies everywhere."""
        return (
            _applies(lesson.stages, self.stage)
            and _applies(lesson.service_types, self.service_type)
            and _applies(lesson.practices, self.practice)
            and self.cause in {"", lesson.cause}
            and self._in_state(lesson)
        )

    def _in_state(self, lesson: Readable) -> bool:
        """Return whether it is in the state; a retired one is shown to those who ask for it."""
        if self.state:
            return lesson.state == self.state
        return lesson.state != LessonState.RETIRED


def _applies(named: Sequence[object], wanted: object) -> bool:
    return not wanted or not named or wanted in named


@dataclass(frozen=True, slots=True)
class Found:
    """A lesson, and the words of the search that it shares; none without a search."""

    lesson: Readable
    words: tuple[str, ...] = ()


def library(viewer: Viewer, wanted: Wanted) -> list[Found]:
    """Return the lessons: best first where there is a text to search for, else newest first."""
    lessons = [lesson for lesson in readable(viewer) if wanted.fits(lesson)]
    if not wanted.text.strip():
        return [Found(lesson) for lesson in lessons]
    return _searched(lessons, wanted.text)


def readable(viewer: Viewer) -> Iterable[Readable]:
    """Return all that the viewer reads, the newest first."""
    if viewer.is_client:
        own = Lesson.objects.visible_to(viewer).select_related("client", "published_by")
        return own.order_by("-published_at", "-id")
    shared = SharedLesson.objects.visible_to(viewer).select_related("client", "author")
    return shared.order_by("-shared_at", "-id")


def lessons_of_review(viewer: Viewer, review: Review) -> dict[int | None, list[Readable]]:
    """Return what the viewer may read of a review's lessons, by the key of the finding."""
    found: defaultdict[int | None, list[Readable]] = defaultdict(list)
    if viewer.is_client:
        own = Lesson.objects.visible_to(viewer).filter(finding__review=review)
        for lesson in own.order_by("id"):
            found[lesson.finding_id].append(lesson)
        return found
    shared = SharedLesson.objects.visible_to(viewer).filter(lesson__finding__review=review)
    for text in shared.select_related("lesson").order_by("id"):
        found[text.lesson.finding_id].append(text)
    return found


def _searched(lessons: Iterable[Readable], text: str) -> list[Found]:
    by_id = {lesson.public_id: lesson for lesson in lessons}
    index = index_lessons(lesson_text(lesson) for lesson in by_id.values())
    return [Found(by_id[hit.lesson_id], hit.words) for hit in search(index, text, limit=MOST_HITS)]
