"""Revise a lesson: its cause is found, its effect is known better, it holds elsewhere too."""

from datetime import date, datetime

from django.db import transaction

from tallystick.actions.ledger import enter
from tallystick.actions.lesson_steps import as_it_stands, take_step
from tallystick.actions.lesson_wording import LessonWording, checked_wording
from tallystick.actions.refusals import require
from tallystick.engine.refusals import Refusal
from tallystick.records.lessons import Lesson, LessonState, SharedLesson
from tallystick.records.people import Person
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer


class LessonRetired(Refusal):
    """What holds no longer is not revised."""

    code = "lesson.retired"


class LessonChanged(Refusal):
    """Somebody else changed the lesson since it was read."""

    code = "lesson.changed"


class CauseNeeded(Refusal):
    """A lesson that engagements follow keeps its cause and its prevention."""

    code = "lesson.cause-needed"


def _demand_what_is_followed(wording: LessonWording, state: LessonState) -> None:
    if state is LessonState.RETIRED:
        raise LessonRetired(
            "This lesson is retired.", remedy="Take it up again first, then revise it."
        )
    if not wording.is_whole and state is not LessonState.OBSERVATION:
        raise CauseNeeded(
            f"This lesson is {state.value}: without its root cause and what prevents it, nobody "
            "could follow it any more.",
            place="preventive_action" if wording.root_cause.strip() else "root_cause",
            remedy="Write both, or retire the lesson.",
        )


def _demand_what_was_seen(lesson: Lesson, seen: str) -> None:
    if seen and seen != str(lesson.version):
        raise LessonChanged(
            "Somebody changed this lesson after you opened it. Your words stand below, not kept.",
            remedy="Look at it in another tab. Keeping yours again puts them in its place.",
        )


@transaction.atomic
def revise_lesson(
    *,
    lesson: Lesson,
    wording: LessonWording,
    owner: Person | None = None,
    review_on: date | None = None,
    seen: str = "",
    by: Viewer,
    as_of: datetime,
) -> Lesson:
    """
    Store a lesson's new wording, its owner and the day on which it is looked at again.

    An observation whose cause and prevention are told now is identified. What was shared with a
    provider stays as it was shared; only an author who is withheld now is named to none any more.
    `seen` is the version that the person read; empty for whichever it is now.

    Raises:
        NotPermitted, TextNeeded, TextTooLong, EffectUnreadable, LessonChanged, LessonRetired,
        CauseNeeded
    """
    require(by, Duty.PUBLISH_LESSON)
    lesson = as_it_stands(lesson)
    _demand_what_was_seen(lesson, seen)
    state = LessonState(lesson.state)
    wording = checked_wording(wording)
    _demand_what_is_followed(wording, state)
    for name, value in wording.fields().items():
        setattr(lesson, name, value)
    lesson.owner, lesson.review_on = owner, review_on
    lesson.version += 1
    lesson.save()
    if wording.author_withheld:
        SharedLesson.objects.filter(lesson=lesson).update(author=None)
    if wording.is_whole and state is LessonState.OBSERVATION:
        take_step(lesson, LessonState.IDENTIFIED, "", by=by, as_of=as_of)
    enter(
        lesson,
        f"Revised the lesson “{lesson.title}”.",
        action="revise_lesson",
        payload=wording.payload()
        | {
            "owner": owner.public_id if owner else None,
            "review_on": str(review_on) if review_on else None,
        },
        chain=by.organisation,
        by=by,
        as_of=as_of,
    )
    return lesson
