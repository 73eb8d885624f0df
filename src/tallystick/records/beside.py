"""Lessons beside what somebody is doing: for an engagement, for another lesson, for a draft."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tallystick.engine.lessons.index import Scope, scope_of
from tallystick.engine.lessons.lesson import LessonText
from tallystick.engine.lessons.neighbours import Neighbour, probable_duplicates, related
from tallystick.records.engagements import Engagement
from tallystick.records.lesson_index import index_of, lesson_text
from tallystick.records.lessons import Lesson, Readable
from tallystick.records.library import readable_by
from tallystick.records.snapshots import matches_for
from tallystick.records.viewer import Viewer

SHOWN = 3
OBJECTIVES, EVALUATION, SELECTION, SERVICE_LEVELS, RISKS = 1, 4, 5, 7, 8
"""Practices at whose pages lessons are suggested."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A lesson, and why it is shown here."""

    lesson: Readable
    reasons: tuple[str, ...]


def suggested(viewer: Viewer, engagement: Engagement, practice: int) -> list[Beside]:
    """
    Return the client's lessons that fit an engagement and concern a practice, best first.

    A provider is suggested nothing: what a client learned it reads only once it was shared.
    """
    if not viewer.is_client:
        return []
    matches = {match.lesson_id: match for match in matches_for(engagement)}
    visible = Lesson.objects.visible_to(viewer).filter(public_id__in=matches)
    lessons = {each.public_id: each for each in visible}
    fitting = [
        Beside(lessons[key], tuple(match.reasons))
        for key, match in matches.items()
        if key in lessons and (not lessons[key].practices or practice in lessons[key].practices)
    ]
    return fitting[:SHOWN]


def related_to(viewer: Viewer, lesson: Readable) -> list[Beside]:
    """Return the lessons that the viewer reads and that are about the same."""
    return _beside(viewer, lesson_text(lesson), related)


def like(viewer: Viewer, draft: LessonText) -> list[Beside]:
    """Return the lessons that probably say already what a draft says."""
    return _beside(viewer, draft, probable_duplicates)


def _beside(
    viewer: Viewer,
    text: LessonText,
    find: Callable[[Scope, LessonText, int], Sequence[Neighbour]],
) -> list[Beside]:
    readable = readable_by(viewer)
    scope = scope_of(index_of(viewer.organisation.public_id, readable))
    near = find(scope, text, SHOWN)
    lessons = {
        each.public_id: each
        for each in readable.filter(public_id__in=[each.lesson_id for each in near])
    }
    return [
        Beside(lessons[each.lesson_id], (f"Both speak of {', '.join(each.words)}.",))
        for each in near
        if each.lesson_id in lessons and each.words
    ]
