"""Say whether a later mistake repeats what a lesson had told."""

from datetime import datetime

from django.db import transaction

from tallystick.actions.ledger import enter
from tallystick.actions.refusals import require
from tallystick.actions.texts import checked
from tallystick.engine.refusals import Refusal
from tallystick.records.lessons import Lesson
from tallystick.records.recurrences import Recurrence
from tallystick.records.reviews import FindingDecision, ReviewFinding
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer

Mistake = Lesson | ReviewFinding


class NoRepeat(Refusal):
    """What came before a lesson, or is no mistake, repeats nothing."""

    code = "recurrence.none"


def _demand_a_later_mistake(lesson: Lesson, mistake: Mistake) -> None:
    if isinstance(mistake, ReviewFinding):
        counts, at = mistake.decision == FindingDecision.CONFIRMED, mistake.review.held_at
    else:
        counts, at = mistake.pk != lesson.pk, mistake.published_at
    if not counts or at < lesson.published_at:
        raise NoRepeat(
            "A repeat is a confirmed finding, or another lesson, from after the lesson was told.",
            place="mistake",
            remedy="Choose one that came later.",
        )


@transaction.atomic
def judge_recurrence(
    *, lesson: Lesson, mistake: Mistake, repeats: bool, note: str, by: Viewer, as_of: datetime
) -> Recurrence:
    """
    Keep a person's judgement; a later one on the same pair replaces it.

    Raises:
        NotPermitted, TextTooLong, NoRepeat
    """
    require(by, Duty.VALIDATE_LESSON)
    _demand_a_later_mistake(lesson, mistake)
    of = {"finding": mistake} if isinstance(mistake, ReviewFinding) else {"later": mistake}
    recurrence, _ = Recurrence.objects.update_or_create(
        lesson=lesson,
        **of,
        defaults={
            "client": by.organisation,
            "repeats": repeats,
            "note": checked(note, "note", needed=False),
            "judged_at": as_of,
            "judged_by": by.person,
        },
    )
    enter(
        recurrence,
        f"{'A repeat' if repeats else 'No repeat'} of the lesson “{lesson.title}”.",
        action="judge_recurrence",
        payload={
            "lesson": lesson.public_id,
            "mistake": mistake.public_id,
            "repeats": repeats,
            "note": recurrence.note,
        },
        chain=by.organisation,
        by=by,
        as_of=as_of,
    )
    return recurrence
