"""An engagement's records -> the evidence that only the client reads, in few queries."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from tallystick.engine.guardrails.snapshot import Answer
from tallystick.engine.reviews.parts import ReviewKind
from tallystick.records.engagements import Engagement
from tallystick.records.findings import findings_from
from tallystick.records.lessons import Disposition, Lesson
from tallystick.records.snapshot_rows import LessonRows, Rows, rows_of
from tallystick.records.snapshots import matches_of


def private_evidence(engagement: Engagement, kind: ReviewKind, as_of: datetime) -> dict[str, Any]:
    """Return what guardrails find, which lessons were applied, and which were learned."""
    rows = rows_of([engagement], as_of.date())[engagement.pk]
    return {
        "evidence": 1,
        "kind": kind.value,
        "as_of": as_of.isoformat(),
        "findings": [
            {
                "code": each.code,
                "severity": each.severity.value,
                "sentence": each.sentence,
                "remedy": each.remedy,
                "blocking": each.blocking,
            }
            for each in findings_from(engagement, rows, as_of)
        ],
        # Approved exceptions get their place here once they are recorded.
        "waived": None,
        "applied": [_answered(each) for each in rows.dispositions],
        "unanswered": [
            _told(each) for each in unanswered(engagement, rows, rows.dispositions, as_of)
        ],
        "learned": [
            _told(each) | {"state": each.state}
            for each in Lesson.objects.filter(
                client=engagement.client_id, finding__engagement=engagement
            ).order_by("id")
        ],
    }


def unanswered(
    engagement: Engagement,
    rows: Rows | LessonRows,
    answers: Iterable[Disposition],
    as_of: datetime,
) -> list[Lesson]:
    """Return the suggested lessons that have no answer which still stands."""
    standing = {each.lesson_id for each in answers if _stands(each, as_of)}
    lessons = {lesson.public_id: lesson for lesson in rows.lessons}
    matched = [lessons[each.lesson_id] for each in matches_of(engagement, rows)]
    return [each for each in matched if each.pk not in standing]


def _stands(answer: Disposition, as_of: datetime) -> bool:
    until = answer.deferred_until
    return answer.answer != Answer.DEFERRED or (until is not None and until >= as_of.date())


def _answered(answer: Disposition) -> dict[str, Any]:
    return _told(answer.lesson) | {
        "answer": answer.answer,
        "note": answer.note,
        "until": answer.deferred_until.isoformat() if answer.deferred_until else None,
    }


def _told(lesson: Lesson) -> dict[str, Any]:
    return {"lesson": lesson.public_id, "title": lesson.title}
