"""Raise a guardrail from a lesson: a check on every engagement from then on."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime

from django.db import transaction

from tallystick.actions.findings_kept import keep_findings_in
from tallystick.actions.ledger import enter
from tallystick.actions.lesson_steps import as_it_stands, count_as_applied
from tallystick.actions.refusals import require
from tallystick.actions.revise_lesson import LessonRetired
from tallystick.actions.sent_twice import sent_before
from tallystick.actions.texts import SHORT, checked
from tallystick.engine.guardrails.conditions.condition import compile_condition
from tallystick.engine.guardrails.finding import Severity
from tallystick.engine.guardrails.stages import Stage
from tallystick.engine.refusals import Refusal
from tallystick.records.engagements import Engagement
from tallystick.records.guardrails import Guardrail
from tallystick.records.lessons import Lesson, LessonState
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer


class LessonNotIdentified(Refusal):
    """An observation has no root cause to guard against."""

    code = "guardrail.lesson-not-identified"


@dataclass(frozen=True, slots=True)
class GuardrailWording:
    """What a guardrail checks, from which stage on, and what to do when it is violated."""

    title: str
    stage: Stage
    severity: Severity
    condition: str
    rationale: str
    remedy: str


def _checked(wording: GuardrailWording) -> GuardrailWording:
    return replace(
        wording,
        title=checked(wording.title, "title", longest=160),
        rationale=checked(wording.rationale, "rationale"),
        remedy=checked(wording.remedy, "remedy", longest=SHORT),
    )


def _demand_what_is_held_true(state: LessonState) -> None:
    if state is LessonState.OBSERVATION:
        raise LessonNotIdentified(
            "This lesson is an observation: its root cause or preventive action is missing.",
            remedy="Publish the lesson with both; then raise the guardrail.",
        )
    if state is LessonState.RETIRED:
        raise LessonRetired(
            "This lesson is retired.", remedy="Take it up again first; then raise the guardrail."
        )


@transaction.atomic
def raise_guardrail(
    *, lesson: Lesson, wording: GuardrailWording, by: Viewer, as_of: datetime
) -> Guardrail:
    """
    Store a guardrail whose condition compiles; the lesson counts as applied from then on.

    The same, sent twice by one person within a moment, is one guardrail.

    Raises:
        NotPermitted, TextNeeded, TextTooLong, LessonNotIdentified, LessonRetired, and what
            `compile_condition` refuses
    """
    require(by, Duty.RAISE_GUARDRAIL)
    compile_condition(wording.condition)
    wording = _checked(wording)
    # This lets one at a time of a client go on: two that are raised at once have two codes.
    rows = Guardrail.objects.filter(client=by.organisation, lesson=lesson)
    if before := sent_before(rows, "raised_at", "raised_by", by=by, as_of=as_of, **asdict(wording)):
        return before
    lesson = as_it_stands(lesson)
    _demand_what_is_held_true(LessonState(lesson.state))
    number = Guardrail.objects.filter(client=by.organisation).count() + 1
    guardrail = Guardrail.objects.create(
        client=by.organisation,
        lesson=lesson,
        code=f"LSN{number:03d}",
        raised_at=as_of,
        raised_by=by.person,
        **asdict(wording),
    )
    count_as_applied(lesson, f"Guardrail {guardrail.code} raised.", by=by, as_of=as_of)
    enter(
        guardrail,
        f"Raised the guardrail {guardrail.code}, “{guardrail.title}”.",
        action="raise_guardrail",
        payload=asdict(wording) | {"code": guardrail.code, "lesson": lesson.public_id},
        chain=by.organisation,
        by=by,
        as_of=as_of,
    )
    concerned = Engagement.objects.filter(client=by.organisation).order_by("id")
    keep_findings_in(concerned, as_of, by=by)
    return guardrail
