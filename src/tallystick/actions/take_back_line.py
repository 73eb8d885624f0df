"""Take a confirmed line of the exit checklist back: it was not done after all."""

from datetime import datetime

from django.db import transaction

from tallystick.actions.held_engagement import held_engagement
from tallystick.actions.ledger import enter
from tallystick.actions.refusals import require
from tallystick.actions.texts import checked
from tallystick.engine.refusals import Refusal
from tallystick.records.closed import is_reviewed
from tallystick.records.closing_checks import ClosingCheck
from tallystick.records.engagements import Engagement
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer


class NotConfirmed(Refusal):
    """Nobody has confirmed this line."""

    code = "closing.not-confirmed"


class ClosingSigned(Refusal):
    """The closing review was signed with its checklist."""

    code = "closing.signed"


@transaction.atomic
def take_back_line(
    *, engagement: Engagement, line: str, reason: str, by: Viewer, as_of: datetime
) -> None:
    """
    Leave a line open again; the history keeps who confirmed it, who took it back, and why.

    Raises:
        NotPermitted, ClosingSigned, NotConfirmed, TextNeeded, TextTooLong
    """
    require(by, Duty.HOLD_REVIEW)
    engagement = held_engagement(engagement.pk)
    if is_reviewed(engagement):
        raise ClosingSigned(
            "The closing review was signed with this line.",
            place="line",
            remedy="Say what was found as a comment on it.",
        )
    held = ClosingCheck.objects.filter(engagement=engagement)
    check = {each.line: each for each in held}.get(line)
    if check is None:
        raise NotConfirmed(
            "Nobody has confirmed this line.", place="line", remedy="Nothing needs doing."
        )
    reason = checked(reason, "reason", longest=1_000)
    enter(
        check,
        f"Took back for {engagement.name}: {line}. {reason}",
        action="take_back_line",
        payload={"engagement": engagement.public_id, "line": line, "reason": reason},
        chain=by.organisation,
        by=by,
        as_of=as_of,
    )
    check.delete()
