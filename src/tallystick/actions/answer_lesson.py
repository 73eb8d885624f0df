"""Give a suggested lesson its disposition: adopted, not applicable, or deferred."""

from datetime import date, datetime

from django.db import transaction

from tallystick.actions.ledger import enter
from tallystick.actions.refusals import require
from tallystick.actions.texts import checked
from tallystick.engine.guardrails.snapshot import Answer
from tallystick.engine.refusals import Refusal
from tallystick.records.engagements import Engagement
from tallystick.records.lessons import Disposition, Lesson
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer


class ReasonNeeded(Refusal):
    """An answer without its reason teaches nobody."""

    code = "disposition.reason-needed"


class DateNeeded(Refusal):
    """A deferral without a date is a refusal in disguise."""

    code = "disposition.date-needed"


def _demand_a_whole_answer(
    answer: Answer, note: str, deferred_until: date | None, today: date
) -> None:
    if not note.strip():
        wanted = "how it is adopted" if answer is Answer.ADOPTED else "why"
        raise ReasonNeeded(
            f"The answer does not say {wanted}.",
            place="note",
            remedy="Write one sentence; the next team will read it.",
        )
    if answer is Answer.DEFERRED and (deferred_until is None or deferred_until <= today):
        raise DateNeeded(
            "A deferred lesson needs the day on which it is looked at again.",
            place="deferred_until",
            remedy="Give a day after today.",
        )


@transaction.atomic
def answer_lesson(
    *,
    engagement: Engagement,
    lesson: Lesson,
    answer: Answer,
    note: str,
    deferred_until: date | None = None,
    by: Viewer,
    as_of: datetime,
) -> Disposition:
    """
    Record the engagement's answer; a later answer replaces it, the ledger keeps both.

    Raises:
        NotPermitted, TextTooLong, ReasonNeeded, DateNeeded
    """
    require(by, Duty.PLAN_ENGAGEMENT)
    _demand_a_whole_answer(answer, note, deferred_until, as_of.date())
    note = checked(note, "note")
    until = deferred_until if answer is Answer.DEFERRED else None
    disposition, _ = Disposition.objects.update_or_create(
        engagement=engagement,
        lesson=lesson,
        defaults={
            "client": by.organisation,
            "answer": answer,
            "note": note,
            "deferred_until": until,
            "answered_at": as_of,
            "answered_by": by.person,
        },
    )
    enter(
        disposition,
        f"Answered the lesson “{lesson.title}” for {engagement.name}: {answer.value}.",
        action="answer_lesson",
        payload={
            "engagement": engagement.public_id,
            "lesson": lesson.public_id,
            "answer": answer,
            "note": note,
            "deferred_until": str(until) if until else None,
        },
        chain=by.organisation,
        by=by,
        as_of=as_of,
    )
    return disposition
