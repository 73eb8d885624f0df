"""Guardrails: those that stand, what they catch now, and raising one from a lesson."""

from datetime import UTC, datetime
from typing import Annotated

from ninja import Query
from pydantic import Field

from tallystick.actions.raise_guardrail import GuardrailWording, raise_guardrail
from tallystick.actions.retire_guardrail import retire_guardrail
from tallystick.api.lookup import ViewerRequest, find
from tallystick.api.routing import Operations
from tallystick.api.values import In, Line, Listed, OptionalWords, Out, SafePage, Words, listed
from tallystick.engine.guardrails.finding import Severity
from tallystick.engine.guardrails.snapshot import RaisedGuardrail
from tallystick.engine.guardrails.stages import STAGES, Stage
from tallystick.records.guardrails import Guardrail
from tallystick.records.lessons import Lesson
from tallystick.records.standing import Caught, Standing, preview_of, standing_guardrails

operations = Operations(tags=["Guardrails"])


class CaughtOut(Out):
    """A place where a present engagement violates the guardrail."""

    engagement: str
    place: str
    sentence: str
    blocking: bool


class GuardrailOut(Out):
    """A check on every engagement; the built-in ones have no lesson and no condition."""

    code: str
    title: str
    built_in: bool
    stages: list[Stage]
    severity: Severity
    practice: int
    fires_when: str
    condition: str | None
    rationale: str
    source: str
    remedy: str
    lesson: str | None
    raised_at: datetime | None
    raised_by: str | None
    retired_at: datetime | None
    retired_because: str | None
    caught: list[CaughtOut]


class PreviewOut(Out):
    """What a guardrail that is not raised yet would catch, by the engagements' stage today."""

    now: list[CaughtOut]
    later: list[CaughtOut] = Field(description="In engagements that it does not apply to yet.")
    past: list[CaughtOut] = Field(description="In engagements that are closed or closing.")


class Retire(In):
    """Why a guardrail is checked no longer."""

    reason: Annotated[Words, Field(max_length=1_000)]


class GuardrailsAsked(SafePage):
    """Which guardrails."""

    severity: Severity | None = None
    stage: Stage | None = Field(None, description="Those that apply at this stage.")


class Raise(In):
    """A guardrail to raise; its condition is TRUE where all is well."""

    title: Line
    stage: Stage
    severity: Severity
    condition: Annotated[str, Field(max_length=2_000)]
    rationale: OptionalWords = ""
    remedy: Annotated[Words, Field(max_length=200)]


def _out(standing: Standing) -> GuardrailOut:
    rail, raised = standing.rail, standing.raised
    return GuardrailOut(
        code=rail.code,
        title=rail.title,
        built_in=raised is None,
        stages=list(rail.stages),
        severity=rail.severity,
        practice=rail.practice,
        fires_when=rail.fires_when,
        condition=raised.condition if raised else None,
        rationale=rail.rationale,
        source=rail.source,
        remedy=rail.remedy,
        lesson=raised.lesson.public_id if raised else None,
        raised_at=raised.raised_at if raised else None,
        raised_by=raised.raised_by.name if raised else None,
        retired_at=raised.retired_at if raised else None,
        retired_because=raised.retired_because or None if raised else None,
        caught=[_caught(each) for each in standing.caught],
    )


def _caught(caught: Caught) -> CaughtOut:
    engagement, finding = caught
    return CaughtOut(
        engagement=engagement.public_id,
        place=finding.place,
        sentence=finding.sentence,
        blocking=finding.blocking,
    )


def _fits(standing: Standing, asked: GuardrailsAsked) -> bool:
    right_stage = asked.stage is None or asked.stage in standing.rail.stages
    return right_stage and asked.severity in (None, standing.rail.severity)


@operations.reads("/guardrails", "guardrails", Listed[GuardrailOut])
def guardrails(request: ViewerRequest, asked: Query[GuardrailsAsked]) -> Listed[GuardrailOut]:
    """Return the guardrails, built in and raised, with what each finds now."""
    standing = standing_guardrails(request.viewer, datetime.now(UTC))
    return listed([each for each in standing if _fits(each, asked)], asked, _out)


@operations.acts("/lessons/{lesson_id}/guardrail", "raise_guardrail", GuardrailOut, status=201)
def raised(request: ViewerRequest, lesson_id: str, given: Raise) -> GuardrailOut:
    """Raise a guardrail from a lesson: a check on every engagement from then on."""
    made = raise_guardrail(
        lesson=find(Lesson, request.viewer, lesson_id),
        wording=GuardrailWording(**given.model_dump()),
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    return _standing(request, made.code)


def _standing(request: ViewerRequest, code: str) -> GuardrailOut:
    standing = standing_guardrails(request.viewer, datetime.now(UTC))
    return next(_out(each) for each in standing if each.rail.code == code)


@operations.acts("/lessons/{lesson_id}/guardrail/preview", "preview_guardrail", PreviewOut)
def previewed(request: ViewerRequest, lesson_id: str, given: Raise) -> PreviewOut:
    """Say what a guardrail would catch, now and in past engagements; nothing is stored."""
    lesson = find(Lesson, request.viewer, lesson_id)
    told = given.model_dump() | {"code": "PREVIEW", "lesson": lesson.title}
    raised = RaisedGuardrail(**told | {"stage": STAGES[0]})
    found = preview_of(request.viewer, raised, given.stage, datetime.now(UTC))
    return PreviewOut(
        now=[_caught(each) for each in found.caught],
        later=[_caught(each) for each in found.later],
        past=[_caught(each) for each in found.past],
    )


@operations.acts("/guardrails/{code}/retire", "retire_guardrail", GuardrailOut)
def retired(request: ViewerRequest, code: str, given: Retire) -> GuardrailOut:
    """Retire a guardrail that a lesson raised; what it finds now closes with the reason."""
    rail = find(Guardrail, request.viewer, code, by="code")
    retire_guardrail(
        guardrail=rail, reason=given.reason, by=request.viewer, as_of=datetime.now(UTC)
    )
    return _standing(request, rail.code)
