"""The index of what one organisation may read of the lessons, brought up to date when asked."""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from django.conf import settings
from django.db.models import Count, Max, QuerySet, Sum

from tallystick.engine.lessons.index import LessonIndex, Scope, scope_of, updated
from tallystick.engine.lessons.keeping import keep, kept_index
from tallystick.engine.lessons.lesson import LessonText
from tallystick.records.lessons import Lesson, Readable, SharedLesson

OPEN_INDEXES = 32
"""Organisations whose indexes a process holds open."""

FEW = 500
"""Lessons that are read by name; of more, all are read."""

Mark = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class _Open:
    index: LessonIndex
    mark: Mark | None = None
    """What the lessons were counted as when the index was last brought up to date."""


_open: OrderedDict[Path, _Open] = OrderedDict()
_lock = Lock()


def lesson_text(lesson: Readable) -> LessonText:
    """Return a stored lesson as the engine searches and matches it."""
    return LessonText(
        id=lesson.public_id,
        title=lesson.title,
        context=lesson.context,
        what_happened=lesson.what_happened,
        root_cause=lesson.root_cause,
        effect=lesson.effect,
        preventive_action=lesson.preventive_action,
        stages=tuple(lesson.stages),
        service_types=tuple(lesson.service_types),
        practices=tuple(lesson.practices),
        state=lesson.state,
        causes=(lesson.cause,) if lesson.cause else (),
        version=str(lesson.version),
    )


def index_of(organisation: str, readable: QuerySet[Lesson] | QuerySet[SharedLesson]) -> LessonIndex:
    """
    Return the index of an organisation, named by its id, over all lessons that it may read.

    One query where nothing has changed since this process last looked, else three.
    """
    counted = readable.aggregate(Count("pk"), Max("pk"), Sum("version"))
    mark = tuple(counted.values())
    with _lock:
        held = _opened(organisation)
        if held.mark == mark:
            return held.index
        versions = {
            key: str(version)
            for key, version in readable.order_by("pk").values_list("public_id", "version")
        }
        index = held.index
        stale = {key for key, told in versions.items() if index.digest_of(key) != told}
        gone = index.places.keys() - versions.keys()
        if stale or gone:
            index = updated(index, _read(readable, stale), gone)
        return _kept(organisation, held, index, mark)


def _read(
    readable: QuerySet[Lesson] | QuerySet[SharedLesson], keys: set[str]
) -> Iterable[LessonText]:
    if len(keys) <= FEW:
        return map(lesson_text, readable.filter(public_id__in=keys))
    every = readable.iterator(chunk_size=FEW)
    return (lesson_text(lesson) for lesson in every if lesson.public_id in keys)


def scope_over(organisation: str, lessons: Sequence[Lesson]) -> Scope:
    """Return the given lessons, and no others, as a scope of their organisation's index."""
    with _lock:
        held = _opened(organisation)
        index = held.index
        stale = [each for each in lessons if index.digest_of(each.public_id) != str(each.version)]
        if stale:
            index = updated(index, map(lesson_text, stale))
        held_now = _kept(organisation, held, index, held.mark if not stale else None)
    return scope_of(held_now, [lesson.public_id for lesson in lessons])


def _folder(organisation: str) -> Path:
    return Path(settings.HOME) / "lesson-index" / organisation


def _opened(organisation: str) -> _Open:
    folder = _folder(organisation)
    if folder not in _open:
        _open[folder] = _Open(kept_index(folder) or LessonIndex())
    _open.move_to_end(folder)
    while len(_open) > OPEN_INDEXES:
        _open.popitem(last=False)
    return _open[folder]


def _kept(organisation: str, held: _Open, index: LessonIndex, mark: Mark | None) -> LessonIndex:
    folder = _folder(organisation)
    if index is not held.index:
        # A disk that is full or read-only costs a start its index, and no reader an answer.
        with suppress(OSError):
            keep(index, folder)
            if len(index) - len(held.index) > FEW:
                # What was built in memory is given back for what lies on the disk.
                index = kept_index(folder) or index
    _open[folder] = _Open(index, mark)
    return index
