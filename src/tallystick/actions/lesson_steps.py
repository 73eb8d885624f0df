"""How a lesson goes from one state to the next; each step is kept with who took it and why."""

from datetime import datetime

from tallystick.records.lessons import Lesson, LessonState, LessonStep
from tallystick.records.viewer import Viewer

NOT_APPLIED_YET = frozenset({LessonState.IDENTIFIED, LessonState.VALIDATED})
FOLLOWED_BY_NOBODY = frozenset({LessonState.OBSERVATION, LessonState.RETIRED})


def as_it_stands(lesson: Lesson) -> Lesson:
    """Return a lesson as it is stored now; nobody else acts on it until the act is over."""
    return Lesson.objects.select_for_update(of=("self",)).get(pk=lesson.pk)


def take_step(
    lesson: Lesson, state: LessonState, note: str, *, by: Viewer, as_of: datetime
) -> LessonStep:
    """Store a step and the state that it leads to; within the transaction of an action."""
    lesson.state = state
    lesson.version += 1
    lesson.save(update_fields=["state", "version"])
    return LessonStep.objects.create(
        client=lesson.client,
        lesson=lesson,
        state=state,
        note=note,
        taken_at=as_of,
        taken_by=by.person,
    )


def count_as_applied(lesson: Lesson, note: str, *, by: Viewer, as_of: datetime) -> None:
    """Note that a practice changed for a lesson; the first time, that is a step of its own."""
    if LessonState(lesson.state) in NOT_APPLIED_YET:
        take_step(lesson, LessonState.APPLIED, note, by=by, as_of=as_of)
