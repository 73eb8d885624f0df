"""Take a lesson a step on: validated by another, verified, retired, or taken up again."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from django.db import transaction

from tallystick.actions.ledger import enter
from tallystick.actions.lesson_steps import as_it_stands, take_step
from tallystick.actions.refusals import require
from tallystick.actions.texts import checked
from tallystick.engine.guardrails.snapshot import Answer
from tallystick.engine.guardrails.stages import Stage
from tallystick.engine.refusals import Refusal
from tallystick.records.guardrails import Guardrail
from tallystick.records.lessons import Disposition, Lesson, LessonState
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer

STEPS: Mapping[LessonState, tuple[LessonState, ...]] = MappingProxyType(
    {
        LessonState.OBSERVATION: (LessonState.RETIRED,),
        LessonState.IDENTIFIED: (LessonState.VALIDATED, LessonState.RETIRED),
        LessonState.VALIDATED: (LessonState.RETIRED,),
        LessonState.APPLIED: (LessonState.VERIFIED, LessonState.RETIRED),
        LessonState.VERIFIED: (LessonState.RETIRED,),
        LessonState.RETIRED: (LessonState.IDENTIFIED,),
    }
)
"""The steps that people take; a lesson is applied when something changes for it."""


class StepNotOpen(Refusal):
    """From the state that a lesson is in, nobody takes this step."""

    code = "lesson.step-not-open"


class OwnLesson(Refusal):
    """Whoever wrote a lesson is not the one who validates it."""

    code = "lesson.own"


class StillFollowed(Refusal):
    """Engagements or guardrails still rest on the lesson."""

    code = "lesson.still-followed"


def _demand_an_open_step(lesson: Lesson, to: LessonState, by: Viewer) -> None:
    state = LessonState(lesson.state)
    if to not in STEPS[state]:
        remedies = {
            LessonState.VALIDATED: "Give it a root cause and a prevention first.",
            LessonState.VERIFIED: "Adopt it in an engagement, or raise a guardrail from it first.",
        }
        raise StepNotOpen(
            f"This lesson is {state.value}: it cannot be {to.value} now.",
            place="state",
            remedy=remedies.get(to, f"From here it may be {_listed(STEPS[state])}."),
        )
    if to is LessonState.VALIDATED and lesson.published_by_id == by.person.pk:
        raise OwnLesson(
            "You wrote this lesson.",
            place="state",
            remedy="Ask a colleague who knows the matter to validate it.",
        )


def _listed(states: tuple[LessonState, ...]) -> str:
    return " or ".join(state.value for state in states)


def _demand_that_nothing_rests_on(lesson: Lesson) -> None:
    adopted = Disposition.objects.filter(lesson=lesson, answer=Answer.ADOPTED)
    engagements = adopted.exclude(engagement__stage=Stage.CLOSE).order_by("engagement__name")
    rails = Guardrail.objects.filter(lesson=lesson, retired_at=None).order_by("code")
    rests = [
        *engagements.values_list("engagement__name", flat=True),
        *rails.values_list("code", flat=True),
    ]
    if rests:
        raise StillFollowed(
            f"It is still followed: {', '.join(rests[:5])}{' and more' * (len(rests) > 5)}.",
            place="state",
            remedy="Retire its guardrails and answer it anew in those engagements first.",
        )


@transaction.atomic
def move_lesson(
    *, lesson: Lesson, to: LessonState, note: str, by: Viewer, as_of: datetime
) -> Lesson:
    """
    Take a step that `STEPS` allows; `note` says what was checked, seen, or why it is retired.

    Raises:
        NotPermitted, StepNotOpen, OwnLesson, StillFollowed, TextNeeded, TextTooLong
    """
    require(by, Duty.VALIDATE_LESSON)
    lesson = as_it_stands(lesson)
    _demand_an_open_step(lesson, to, by)
    note = checked(note, "note")
    if to is LessonState.RETIRED:
        _demand_that_nothing_rests_on(lesson)
    take_step(lesson, to, note, by=by, as_of=as_of)
    enter(
        lesson,
        f"The lesson “{lesson.title}” is {to.value}.",
        action="move_lesson",
        payload={"state": to, "note": note},
        chain=by.organisation,
        by=by,
        as_of=as_of,
    )
    return lesson
