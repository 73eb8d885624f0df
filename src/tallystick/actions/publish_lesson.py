"""Publish a lesson from a finding, or from experience: open to the client's whole organisation."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from tallystick.actions.ledger import enter
from tallystick.actions.refusals import require
from tallystick.actions.texts import checked
from tallystick.engine.refusals import Refusal
from tallystick.records.lessons import Lesson, LessonState
from tallystick.records.reviews import Decision, ReviewFinding
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer


@dataclass(frozen=True, slots=True)
class LessonWording:
    """What a lesson says; empty applicability lists mean everywhere."""

    title: str
    context: str
    what_happened: str
    root_cause: str
    effect: str
    preventive_action: str
    stages: Sequence[str] = ()
    service_types: Sequence[str] = ()
    practices: Sequence[int] = ()


class FindingDismissed(Refusal):
    """People decided that the finding is none."""

    code = "lesson.finding-dismissed"


def _checked(wording: LessonWording) -> LessonWording:
    # A cause or a prevention may be missing still; the rest is what makes it a lesson at all.
    may_wait = ("root_cause", "preventive_action")
    texts: dict[str, Any] = {
        name: checked(getattr(wording, name), name, needed=name not in may_wait)
        for name in ("context", "what_happened", "effect", *may_wait)
    }
    return replace(wording, title=checked(wording.title, "title", longest=160), **texts)


@transaction.atomic
def publish_lesson(
    *, wording: LessonWording, finding: ReviewFinding | None, by: Viewer, as_of: datetime
) -> Lesson:
    """
    Store a lesson; without root cause and preventive action it stays an observation.

    Raises:
        NotPermitted, TextNeeded, TextTooLong, FindingDismissed
    """
    require(by, Duty.PUBLISH_LESSON)
    if finding is not None and finding.decision == Decision.DISMISSED:
        raise FindingDismissed(
            "This finding was dismissed in its review.",
            remedy="Publish from a confirmed finding, or write the lesson without one.",
        )
    wording = _checked(wording)
    whole = bool(wording.root_cause.strip() and wording.preventive_action.strip())
    fields = asdict(wording)
    for name in ("stages", "service_types", "practices"):
        fields[name] = list(fields[name])
    lesson = Lesson.objects.create(
        client=by.organisation,
        finding=finding,
        state=LessonState.IDENTIFIED if whole else LessonState.OBSERVATION,
        published_at=as_of,
        published_by=by.person,
        **fields,
    )
    enter(
        lesson,
        f"Published the lesson “{lesson.title}”.",
        action="publish_lesson",
        payload=fields | {"finding": finding.public_id if finding else None},
        chain=by.organisation,
        by=by,
        as_of=as_of,
    )
    return lesson
