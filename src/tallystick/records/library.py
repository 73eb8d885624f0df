"""The lesson library: what a viewer may read of it, narrowed and searched."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet

from tallystick.engine.lessons.index import LessonIndex, scope_of
from tallystick.engine.lessons.search import Hit, Where, search
from tallystick.engine.lessons.telling import Told, tell
from tallystick.records.lesson_index import index_of, lesson_text
from tallystick.records.lessons import Lesson, LessonState, Readable, SharedLesson
from tallystick.records.reviews import Review
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


@dataclass(frozen=True)
class Found:
    """A lesson, and the words of the search that it shares; none without a search."""

    lesson: Readable
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
    if wanted.text.strip():
        return _searched(viewer, wanted)
    readable = readable_by(viewer)
    return [Found(lesson) for lesson in readable.order_by("-id") if wanted.fits(lesson)]


def readable_by(viewer: Viewer) -> QuerySet[Lesson] | QuerySet[SharedLesson]:
    """Return all that the viewer reads: the client its own, a provider the texts shared with it."""
    if viewer.is_client:
        return Lesson.objects.visible_to(viewer).select_related("client", "published_by")
    return SharedLesson.objects.visible_to(viewer).select_related("client", "author", "lesson")


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


def _searched(viewer: Viewer, wanted: Wanted) -> list[Found]:
    # All that an organisation may read, each of its people may: its index has no other readers.
    readable = readable_by(viewer)
    index = index_of(viewer.organisation.public_id, readable)
    where = Where(wanted.stage, wanted.service_type, wanted.practice)
    hits = search(scope_of(index), wanted.text, MOST_HITS, where).hits
    by_id = {
        each.public_id: each
        for each in readable.filter(public_id__in=[hit.lesson_id for hit in hits])
        if wanted.fits(each)
    }
    return [
        Found(by_id[hit.lesson_id], hit.words, hit, index, wanted.text)
        for hit in hits
        if hit.lesson_id in by_id
    ]
