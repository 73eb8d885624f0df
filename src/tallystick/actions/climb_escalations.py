"""Climb the ladder where nobody answered in time; the clock does it, not a person."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q

from tallystick.actions.findings_kept import keep_findings_in
from tallystick.actions.issue_turns import Ladder, Next, begin_turn, end_turn, locked
from tallystick.actions.ledger import enter
from tallystick.actions.one_by_one import one_by_one
from tallystick.records.issues import Ended, Escalation, Issue, Opened
from tallystick.records.ladders import Landing
from tallystick.records.roles import Side

MOST = 500
"""How many turns one run looks at; what is left waits for the next."""


@dataclass(frozen=True, slots=True)
class Climbed:
    """How many issues a run took up a level, and for how many nobody was left."""

    up: int
    stuck: int


def climb_escalations(*, as_of: datetime) -> Climbed:
    """
    Take every issue a level up whose answer is overdue.

    Each issue is a transaction of its own, so that one fault keeps none of the others waiting, and
    two workers at once take each of them up once. Where nobody is left it stays, and says so.
    """
    # What nobody is left for is looked at last: it goes on once somebody is named.
    waiting = Escalation.objects.filter(_overdue(as_of)).order_by(
        F("exhausted_at").asc(nulls_first=True), "due_at", "id"
    )
    keys = list(waiting.values_list("issue_id", "exhausted_at")[:MOST])
    up = stuck = 0
    for reached, was_stuck in one_by_one(keys, lambda each: (_climb(each[0], as_of), each[1])):
        up += reached is True
        stuck += reached is False and was_stuck is None
    return Climbed(up, stuck)


def _overdue(as_of: datetime) -> Q:
    return Q(ended_at=None) & (Q(due_at__lte=as_of) | Q(exhausted_at__isnull=False))


@transaction.atomic
def _climb(issue_id: int, as_of: datetime) -> bool | None:
    """Climb with one issue; None if there is nothing to do any more, False if nobody is left."""
    issue = locked(Issue(pk=issue_id))
    turn = Escalation.objects.filter(_overdue(as_of), issue=issue).first()
    if turn is None:
        # Somebody answered, or another worker was here, since the turn was found overdue.
        return None
    # A level on which nobody was asked has not been tried.
    lowest = turn.level + 1 if turn.asked_id else turn.level
    landing = Ladder.of(issue.engagement).land(Side(turn.side), lowest)
    if not isinstance(landing, Landing):
        _stay(issue, turn, landing.passed_over, as_of)
        return False
    end_turn(turn, Ended.CLOCK, as_of)
    following = begin_turn(issue, Next(Side(turn.side), lowest, Opened.CLOCK), as_of)
    why = (
        f"Nobody of the {turn.side} answered the issue “{issue.title}” on level {turn.level} in "
        f"time: the clock took it to level {following.level}."
        if turn.asked_id
        else f"Somebody of the {turn.side} is named again: the issue “{issue.title}” is asked on "
        f"level {following.level}."
    )
    enter(
        following,
        why,
        action="climb_escalations",
        payload={"issue": issue.public_id, "from": turn.level, "to": following.level},
        chain=issue.engagement,
        by=None,
        as_of=as_of,
    )
    return True


def _stay(issue: Issue, turn: Escalation, passed_over: tuple[str, ...], as_of: datetime) -> None:
    """Say once that nobody is left; the turn stays open, and overdue."""
    if turn.exhausted_at is not None:
        return
    told = (*passed_over, f"Nobody of the {turn.side} is left to climb to.")
    turn.exhausted_at = as_of
    turn.note = " ".join(filter(None, [turn.note, *told]))
    turn.save(update_fields=["exhausted_at", "note"])
    enter(
        turn,
        f"Nobody of the {turn.side} answered the issue “{issue.title}” on level {turn.level} in "
        "time, and nobody is left to climb to.",
        action="climb_escalations",
        payload={"issue": issue.public_id, "from": turn.level, "to": None},
        chain=issue.engagement,
        by=None,
        as_of=as_of,
    )
    keep_findings_in([issue.engagement], as_of)
