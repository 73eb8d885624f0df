"""The lesson library: what a viewer may read of it, narrowed and searched."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import overload

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from tallystick.engine.lessons.index import LessonIndex, scope_of
from tallystick.engine.lessons.search import Hit, Where, search, spread
from tallystick.engine.lessons.telling import Told, tell
from tallystick.records.lesson_index import index_of, lesson_text
from tallystick.records.lessons import Lesson, LessonState, Readable, SharedLesson
from tallystick.records.reviews import Review
from tallystick.records.viewer import Viewer

MOST_HITS = 200
"""How many lessons a search answers with."""

Rows = QuerySet[Lesson] | QuerySet[SharedLesson]


@dataclass(frozen=True, slots=True)
class Wanted:
    """
    Which lessons; what is empty does not narrow.

    A lesson that names no place applies everywhere; a retired one is shown to those who ask.
    """

    text: str = ""
    stage: str = ""
    service_type: str = ""
    practice: int | None = None
    cause: str = ""
    state: str = ""

    @property
    def where(self) -> Where:
        """Return it as the engine narrows by it."""
        return Where(
            stage=self.stage,
            service_type=self.service_type,
            practice=self.practice,
            cause=self.cause,
            state=self.state,
            without="" if self.state else LessonState.RETIRED,
        )


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


@dataclass(frozen=True)
class Shelf(Sequence[Found]):
    """
    The lessons that were found, of which only those that are asked for are read.

    `total` is how many fit; a search gives the best of them alone. `facets` counts all that fit
    by kind and value, such as stage and `agree`; the value "" is of those that apply everywhere.
    """

    lessons: Rows | list[Found]
    total: int
    facets: Mapping[str, Mapping[str, int]]

    def __len__(self) -> int:
        return len(self.lessons) if isinstance(self.lessons, list) else self.total

    @overload
    def __getitem__(self, place: int) -> Found: ...
    @overload
    def __getitem__(self, place: slice) -> list[Found]: ...
    def __getitem__(self, place: int | slice) -> Found | list[Found]:
        if isinstance(self.lessons, list):
            return self.lessons[place]
        if isinstance(place, int):
            return Found(self.lessons[place])
        return [Found(lesson) for lesson in self.lessons[place]]


def library(viewer: Viewer, wanted: Wanted) -> Shelf:
    """
    Return the lessons: best first where there is a text to search for, else newest first.

    The queries are as many however many lessons there are.
    """
    # All that an organisation may read, each of its people may: its index has no other readers.
    readable = readable_by(viewer)
    index = index_of(viewer.organisation.public_id, readable)
    if wanted.text.strip():
        return _searched(readable, index, wanted)
    total, facets = spread(scope_of(index), wanted.where)
    return Shelf(_narrowed(readable, wanted).order_by("-id"), total, facets)


def readable_by(viewer: Viewer) -> Rows:
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


def _searched(readable: Rows, index: LessonIndex, wanted: Wanted) -> Shelf:
    answer = search(scope_of(index), wanted.text, MOST_HITS, wanted.where)
    keys = [hit.lesson_id for hit in answer.hits]
    by_id = {each.public_id: each for each in readable.filter(public_id__in=keys)}
    found = [
        Found(by_id[hit.lesson_id], hit.words, hit, index, wanted.text)
        for hit in answer.hits
        if hit.lesson_id in by_id
    ]
    return Shelf(found, answer.total, answer.facets)


def _narrowed(readable: Rows, wanted: Wanted) -> Rows:
    """Return the rows that are wanted; a list is stored as JSON and sought in its text."""
    places: dict[str, object] = {
        "stages": wanted.stage,
        "service_types": wanted.service_type,
        "practices": wanted.practice,
    }
    for column, value in places.items():
        if value:
            told = readable.annotate(**{f"{column}_told": Cast(column, TextField())})
            names = Q(**{f"{column}_told__contains": json.dumps(value)})
            readable = told.filter(names | Q(**{f"{column}_told": "[]"}))
    if wanted.cause:
        readable = readable.filter(cause=wanted.cause)
    return _in_state(readable, wanted.state)


def _in_state(readable: Rows, state: str) -> Rows:
    if readable.model is SharedLesson:
        # Its readers follow no state: to them it was identified.
        return readable if state in {"", LessonState.IDENTIFIED} else readable.none()
    wanted = Q(state=state) if state else ~Q(state=LessonState.RETIRED)
    return readable.filter(wanted)
