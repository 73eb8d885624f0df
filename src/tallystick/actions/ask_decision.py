"""Ask for a decision: a question, who owns it, and which forum is to decide."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from tallystick.actions.governance_tellings import tell_question
from tallystick.actions.governing import demand_own, side_of, tell
from tallystick.actions.held_engagement import held_engagement
from tallystick.actions.open_items import hold_to_change
from tallystick.actions.refusals import require
from tallystick.actions.sent_twice import sent_before
from tallystick.actions.texts import checked
from tallystick.engine.refusals import Refusal
from tallystick.records.decisions import Decision
from tallystick.records.engagements import Engagement
from tallystick.records.forums import Forum
from tallystick.records.meetings import Meeting
from tallystick.records.people import Person
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer


class DecisionRefused(Refusal):
    """A question was not asked, or not decided, on this day; or it is decided already."""

    code = "decision.refused"


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be decided, by whom, where, and since when it is asked."""

    question: str
    owner: Person
    asked_on: date
    background: str = ""
    forum: Forum | None = None
    meeting: Meeting | None = None


@transaction.atomic
def ask_decision(
    *,
    engagement: Engagement,
    asked: Question,
    amends: Decision | None = None,
    by: Viewer,
    as_of: datetime,
) -> Decision:
    """
    Keep a question until it is decided; amended, it goes to another owner or forum.

    The party that owns it or that asked it may amend it. What is sent twice is asked once.

    Raises:
        NotPermitted, TextNeeded, TextTooLong, DecisionRefused, NotOfEngagement
    """
    require(by, Duty.MEET)
    held_engagement(engagement.pk)
    _check(engagement, asked, amends, by, as_of)
    words = checked(asked.question, "question", longest=300)
    if not amends and (said := _said_before(engagement, asked, words, by, as_of)):
        return said
    owner_before = amends.owner_id if amends else None
    decision = amends or Decision(engagement=engagement, asked_at=as_of, asked_by=by.person)
    decision.question = words
    decision.background = checked(asked.background, "background", needed=False)
    decision.side = side_of(engagement, asked.owner, "owner")
    decision.owner, decision.forum = asked.owner, asked.forum
    decision.asked_on = asked.asked_on
    if not amends:
        decision.asked_in = asked.meeting
    decision.save()
    tell(
        decision,
        f"{'Changed' if amends else 'Asked'} the question “{decision.question}” to "
        f"{asked.owner.name}.",
        action="ask_decision",
        payload=_plain(decision),
        by=by,
        as_of=as_of,
    )
    if decision.owner_id != owner_before:
        tell_question(decision, by, as_of)
    return decision


def _said_before(
    engagement: Engagement, asked: Question, words: str, by: Viewer, as_of: datetime
) -> Decision | None:
    """Return the question that one click too many has asked already."""
    same: dict[str, Any] = {"owner": asked.owner, "asked_on": asked.asked_on, "forum": asked.forum}
    same |= {"question": words, "asked_in": asked.meeting}
    rows = Decision.objects.filter(engagement=engagement)
    return sent_before(rows, "asked_at", "asked_by", by=by, as_of=as_of, **same)


def _plain(decision: Decision) -> dict[str, Any]:
    return {
        "question": decision.question,
        "background": decision.background,
        "owner": decision.owner.public_id,
        "forum": decision.forum.public_id if decision.forum else None,
        "asked_on": decision.asked_on.isoformat(),
    }


def _check(
    engagement: Engagement, asked: Question, amends: Decision | None, by: Viewer, as_of: datetime
) -> None:
    demand_own(engagement, asked.forum, "forum")
    demand_own(engagement, asked.meeting, "meeting")
    if amends is not None:
        hold_to_change(amends, by)
        if amends.decided_on is not None:
            raise DecisionRefused(
                f"The question was decided on {amends.decided_on}.",
                remedy="Ask a new one.",
            )
    if not 0 <= (as_of.date() - asked.asked_on).days <= 3_660:
        raise DecisionRefused(
            f"Nobody asked on {asked.asked_on}.",
            place="asked_on",
            remedy="Give the day on which the question came up, today or before.",
        )
