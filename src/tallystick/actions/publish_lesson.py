"""Publish a lesson from a finding, or from experience: open to the client's whole organisation."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from tallystick.actions.ledger import enter
from tallystick.actions.lesson_steps import take_step
from tallystick.actions.lesson_wording import LessonWording, checked_wording
from tallystick.actions.refusals import require
from tallystick.actions.sent_twice import sent_before
from tallystick.actions.texts import checked
from tallystick.engine.refusals import Refusal
from tallystick.records.lesson_evidence import LessonEvidence, Source
from tallystick.records.lessons import Lesson, LessonState
from tallystick.records.reviews import FindingDecision, ReviewFinding
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer

__all__ = ["Evidence", "FindingDismissed", "LessonWording", "publish_lesson"]

LONGEST_TARGET = 500


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a lesson rests on: `target` is a public id or, of a document, its address."""

    source: Source
    target: str
    told: str


class FindingDismissed(Refusal):
    """People decided that the finding is none."""

    code = "lesson.finding-dismissed"


@transaction.atomic
def publish_lesson(
    *,
    wording: LessonWording,
    finding: ReviewFinding | None,
    evidence: Sequence[Evidence] = (),
    by: Viewer,
    as_of: datetime,
) -> Lesson:
    """
    Store a lesson; without root cause and preventive action it stays an observation.

    The same, sent twice by one person within a moment, is one lesson.

    Raises:
        NotPermitted, TextNeeded, TextTooLong, EffectUnreadable, FindingDismissed
    """
    require(by, Duty.PUBLISH_LESSON)
    if finding is not None and finding.decision == FindingDecision.DISMISSED:
        raise FindingDismissed(
            "This finding was dismissed in its review.",
            remedy="Publish from a confirmed finding, or write the lesson without one.",
        )
    wording = checked_wording(wording)
    rows = Lesson.objects.filter(client=by.organisation, finding=finding)
    told = wording.fields()
    if before := sent_before(rows, "published_at", "published_by", by=by, as_of=as_of, **told):
        return before
    state = LessonState.IDENTIFIED if wording.is_whole else LessonState.OBSERVATION
    lesson = Lesson.objects.create(
        client=by.organisation,
        finding=finding,
        state=state,
        published_at=as_of,
        published_by=by.person,
        **told,
    )
    take_step(lesson, state, "", by=by, as_of=as_of)
    kept = _keep(lesson, evidence)
    enter(
        lesson,
        f"Published the lesson “{lesson.title}”.",
        action="publish_lesson",
        payload=wording.payload()
        | {"finding": finding.public_id if finding else None, "evidence": kept},
        chain=by.organisation,
        by=by,
        as_of=as_of,
    )
    return lesson


def _keep(lesson: Lesson, evidence: Sequence[Evidence]) -> list[dict[str, str]]:
    rows = [
        LessonEvidence(
            client=lesson.client,
            lesson=lesson,
            source=each.source,
            target=checked(each.target, "evidence", longest=LONGEST_TARGET),
            told=checked(each.told, "evidence"),
        )
        for each in evidence
    ]
    LessonEvidence.objects.bulk_create(rows)
    return [{"source": row.source, "target": row.target, "told": row.told} for row in rows]
