"""Answer an issue for the side that is waited for; then it is the other side's turn."""

from datetime import datetime

from django.db import transaction

from tallystick.actions.issue_turns import Next, NotYourTurn, begin_turn, end_turn, locked, turn_of
from tallystick.actions.ledger import enter
from tallystick.actions.refusals import require
from tallystick.actions.texts import checked
from tallystick.records.issues import Ended, Escalation, Issue, Opened
from tallystick.records.roles import Duty, Side
from tallystick.records.viewer import Viewer


@transaction.atomic
def answer_issue(*, issue: Issue, words: str, by: Viewer, as_of: datetime) -> Escalation:
    """
    Record what the side that is waited for says; return the other side's turn, on the same level.

    Anybody of the side with the duty may answer, whoever is asked. Where the ladder climbed a
    moment before, the answer counts for the level that it climbed to: nothing is lost.

    Raises:
        NotPermitted, NotOpen, NotYourTurn, TextNeeded, TextTooLong
    """
    require(by, Duty.SETTLE_ISSUE)
    issue = locked(issue)
    turn, own = turn_of(issue), Side(by.organisation.side)
    if turn.side != own:
        raise NotYourTurn(
            f"The {turn.side} is waited for since {turn.reached_at:%d %B %Y, %H:%M} UTC.",
            place="issue",
            remedy="Wait for the answer, or escalate if it cannot wait.",
        )
    said = checked(words, "words")
    end_turn(turn, Ended.ANSWERED, as_of, by=by, words=said)
    following = begin_turn(issue, Next(own.other, turn.level, Opened.ANSWER), as_of, by=by)
    enter(
        turn,
        f"Answered the issue “{issue.title}” on level {turn.level} for {by.organisation.name}.",
        action="answer_issue",
        payload={"issue": issue.public_id, "turn": turn.number, "words": said},
        chain=issue.engagement,
        by=by,
        as_of=as_of,
    )
    return following
