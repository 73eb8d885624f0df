"""Escalate an issue by hand: the side that is waited for is asked on the next level at once."""

from datetime import datetime

from django.db import transaction

from tallystick.actions.issue_turns import Ladder, Next, begin_turn, end_turn, locked, turn_of
from tallystick.actions.ledger import enter
from tallystick.actions.refusals import require
from tallystick.actions.texts import checked
from tallystick.engine.refusals import Refusal
from tallystick.records.issues import Ended, Escalation, Issue, Opened
from tallystick.records.ladders import Nowhere
from tallystick.records.roles import Duty, Side
from tallystick.records.viewer import Viewer


class AtTheTop(Refusal):
    """There is nobody further up."""

    code = "issue.at-the-top"


@transaction.atomic
def escalate_issue(*, issue: Issue, words: str, by: Viewer, as_of: datetime) -> Escalation:
    """
    Take an issue a level up, whichever side asks for it and however long the clock would run.

    Raises:
        NotPermitted, NotOpen, AtTheTop, TextNeeded, TextTooLong
    """
    require(by, Duty.SETTLE_ISSUE)
    issue = locked(issue)
    turn = turn_of(issue)
    side = Side(turn.side)
    said = checked(words, "words")
    if isinstance(Ladder.of(issue.engagement).land(side, turn.level + 1), Nowhere):
        raise AtTheTop(
            f"Nobody of the {side} is above level {turn.level} of the ladder.",
            place="issue",
            remedy="Complete the ladder, or settle it on this level.",
        )
    end_turn(turn, Ended.BY_HAND, as_of, by=by, words=said)
    following = begin_turn(issue, Next(side, turn.level + 1, Opened.BY_HAND), as_of, by=by)
    enter(
        following,
        f"Escalated the issue “{issue.title}” to level {following.level} for "
        f"{by.organisation.name}; the {side} is asked.",
        action="escalate_issue",
        payload={"issue": issue.public_id, "level": following.level, "words": said},
        chain=issue.engagement,
        by=by,
        as_of=as_of,
    )
    return following
