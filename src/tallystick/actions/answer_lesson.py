"""Give a suggested lesson its disposition: adopted, not applicable, or deferred."""

from datetime import date, datetime, timedelta

from django.db import transaction

from tallystick.actions.findings_kept import keep_findings_in
from tallystick.actions.ledger import enter
from tallystick.actions.lesson_steps import (
    FOLLOWED_BY_NOBODY,
    as_it_stands,
    count_as_applied,
)
from tallystick.actions.refusals import require
from tallystick.actions.texts import checked
from tallystick.engine.guardrails.snapshot import Answer
from tallystick.engine.refusals import Refusal
from tallystick.records.embodiments import Embodiment, embodiments_of
from tallystick.records.engagements import Engagement
from tallystick.records.lessons import Disposition, Lesson
from tallystick.records.people import Person, colleagues_of
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer

LONGEST = timedelta(days=365)
"""A deferral ends within the engagement or, near its end, within these days."""


class ReasonNeeded(Refusal):
    """An answer without its reason teaches nobody."""

    code = "disposition.reason-needed"


class DateNeeded(Refusal):
    """A deferral without a date is a refusal in disguise."""

    code = "disposition.date-needed"


class EmbodimentNeeded(Refusal):
    """An adopted lesson changes something that can be pointed at."""

    code = "disposition.embodiment-needed"


class OwnerNeeded(Refusal):
    """What nobody owns is not looked at again."""

    code = "disposition.owner-needed"


class NothingToAdopt(Refusal):
    """An observation says nothing to do, and what a retired lesson says holds no longer."""

    code = "disposition.nothing-to-adopt"


def _demand_a_whole_answer(
    answer: Answer, note: str, deferred_until: date | None, engagement: Engagement, today: date
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
    latest = max(engagement.ends_on, today + LONGEST)
    if answer is Answer.DEFERRED and deferred_until and deferred_until > latest:
        raise DateNeeded(
            f"On {deferred_until} it would be too late: the engagement is over by then.",
            place="deferred_until",
            remedy=f"Give a day up to {latest}, or say that the lesson is not applicable.",
        )


def _embodied(key: str, engagement: Engagement, by: Viewer) -> Embodiment:
    for each in embodiments_of(engagement, by):
        if each.key == key:
            return each
    raise EmbodimentNeeded(
        "It is not said what embodies the lesson."
        if not key
        else f"{key!r} is nothing of this engagement that could embody the lesson.",
        place="embodied",
        remedy="Choose the objective, service level, criterion, guardrail, template line or risk "
        "that it changed; put it into a template first if there is none yet.",
    )


def _adopted(lesson: Lesson, key: str, engagement: Engagement, by: Viewer) -> Embodiment:
    """Return what embodies a lesson that can be adopted."""
    if lesson.state in FOLLOWED_BY_NOBODY:
        raise NothingToAdopt(
            f"This lesson is {lesson.state}: nobody adopts it.",
            place="answer",
            remedy="Give it a root cause and a prevention, or take it up again, first.",
        )
    return _embodied(key, engagement, by)


def _demand_an_owner(owner: Person | None, by: Viewer) -> None:
    if owner is None or not colleagues_of(by).filter(pk=owner.pk).exists():
        raise OwnerNeeded(
            "A deferred lesson needs somebody of your organisation who looks at it again.",
            place="owner",
            remedy="Choose the person.",
        )


@transaction.atomic
def answer_lesson(
    *,
    engagement: Engagement,
    lesson: Lesson,
    answer: Answer,
    note: str,
    embodied: str = "",
    deferred_until: date | None = None,
    owner: Person | None = None,
    by: Viewer,
    as_of: datetime,
) -> Disposition:
    """
    Record the engagement's answer; a later answer replaces it, the ledger keeps both.

    An adopted lesson names what embodies it by its key, such as `objective:` and an id (see
    `embodiments_of`), and counts as applied from then on. A deferred one has a day and an owner.

    Raises:
        NotPermitted, TextTooLong, ReasonNeeded, DateNeeded, NothingToAdopt, EmbodimentNeeded,
        OwnerNeeded
    """
    require(by, Duty.PLAN_ENGAGEMENT)
    lesson = as_it_stands(lesson)
    _demand_a_whole_answer(answer, note, deferred_until, engagement, as_of.date())
    note = checked(note, "note")
    thing = _adopted(lesson, embodied, engagement, by) if answer is Answer.ADOPTED else None
    if answer is Answer.DEFERRED:
        _demand_an_owner(owner, by)
    later = answer is Answer.DEFERRED
    given = {
        "answer": answer,
        "note": note,
        "embodied_in": thing.kind.value if thing else "",
        "embodied_id": thing.id if thing else "",
        "deferred_until": deferred_until if later else None,
        "owner": owner if later else None,
    }
    disposition, _ = Disposition.objects.update_or_create(
        engagement=engagement,
        lesson=lesson,
        defaults=given
        | {"client": by.organisation, "answered_at": as_of, "answered_by": by.person},
    )
    if thing:
        count_as_applied(lesson, f"Adopted in {engagement.name}.", by=by, as_of=as_of)
    _enter(disposition, by, as_of)
    keep_findings_in([engagement], as_of, by=by)
    return disposition


def _enter(disposition: Disposition, by: Viewer, as_of: datetime) -> None:
    engagement, lesson, until = (
        disposition.engagement, disposition.lesson, disposition.deferred_until,
    )  # fmt: skip
    enter(
        disposition,
        f"Answered the lesson “{lesson.title}” for {engagement.name}: {disposition.answer}.",
        action="answer_lesson",
        payload={
            "engagement": engagement.public_id,
            "lesson": lesson.public_id,
            "answer": disposition.answer,
            "note": disposition.note,
            "embodied_in": disposition.embodied_in,
            "embodied_id": disposition.embodied_id,
            "deferred_until": str(until) if until else None,
            "owner": disposition.owner.public_id if disposition.owner else None,
        },
        chain=by.organisation,
        by=by,
        as_of=as_of,
    )
