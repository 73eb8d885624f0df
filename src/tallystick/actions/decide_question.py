"""Decide a question that was asked."""

from datetime import date, datetime

from django.db import transaction

from tallystick.actions.ask_decision import DecisionRefused
from tallystick.actions.governance_tellings import tell_decided
from tallystick.actions.governing import demand_own, tell
from tallystick.actions.refusals import NotPermitted, require
from tallystick.actions.texts import checked
from tallystick.records.decisions import Decision
from tallystick.records.meetings import Meeting
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer


@transaction.atomic
def decide_question(
    *,
    question: Decision,
    words: str,
    on: date,
    meeting: Meeting | None = None,
    by: Viewer,
    as_of: datetime,
) -> Decision:
    """
    Keep what was decided, once; a change of mind is a new question.

    The side that owns it decides: nobody writes down a yes of the other party.

    Raises:
        NotPermitted, TextNeeded, TextTooLong, DecisionRefused, NotOfEngagement
    """
    require(by, Duty.MEET)
    rows = Decision.objects.select_for_update(of=("self",))
    question = rows.select_related("engagement__client", "owner", "asked_by").get(pk=question.pk)
    demand_own(question.engagement, meeting, "meeting")
    _check(question, on, by, as_of)
    question.decision = checked(words, "words")
    question.decided_on, question.decided_in = on, meeting
    question.decided_at, question.decided_by = as_of, by.person
    question.save()
    tell(
        question,
        f"Decided “{question.question}”: {question.decision}",
        action="decide_question",
        payload={"decision": question.decision, "decided_on": on.isoformat()},
        by=by,
        as_of=as_of,
    )
    tell_decided(question, by, as_of)
    return question


def _check(question: Decision, on: date, by: Viewer, as_of: datetime) -> None:
    if by.organisation.side != question.side:
        raise NotPermitted(
            f"{question.owner.name} of the {question.side} owns this question.",
            remedy="Let their side keep what was decided; both parties read it.",
        )
    if question.decided_on is not None:
        raise DecisionRefused(
            f"The question was decided on {question.decided_on}.",
            remedy="Ask a new one if it has to be decided anew.",
        )
    if not question.asked_on <= on <= as_of.date():
        raise DecisionRefused(
            f"It was not decided on {on}.",
            place="on",
            remedy=f"Give a day from {question.asked_on}, when it was asked, until today.",
        )
