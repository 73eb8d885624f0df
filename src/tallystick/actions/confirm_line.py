"""Confirm a line of the exit checklist: a person has seen it done."""

from datetime import datetime

from django.db import transaction

from tallystick.actions.held_engagement import held_engagement
from tallystick.actions.ledger import enter
from tallystick.actions.refusals import require
from tallystick.actions.texts import checked
from tallystick.engine.refusals import Refusal
from tallystick.records.closing_checks import ClosingCheck, exit_lines
from tallystick.records.engagements import Engagement
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer


class NotOnTheList(Refusal):
    """The exit checklist has no such line."""

    code = "closing.not-on-the-list"


class ConfirmedBefore(Refusal):
    """Somebody has confirmed this line."""

    code = "closing.confirmed-before"


@transaction.atomic
def confirm_line(
    *, engagement: Engagement, line: str, note: str, by: Viewer, as_of: datetime
) -> ClosingCheck:
    """
    Record that a line is done, and what shows it.

    Raises:
        NotPermitted, NotOnTheList, ConfirmedBefore, TextNeeded, TextTooLong
    """
    require(by, Duty.HOLD_REVIEW)
    engagement = held_engagement(engagement.pk)
    known = {each.text: each for each in exit_lines(engagement)}
    if line not in known:
        raise NotOnTheList(
            "The exit checklist has no such line.",
            place="line",
            remedy="Choose one of its lines.",
        )
    before = known[line].check
    if before is not None:
        raise ConfirmedBefore(
            f"{before.confirmed_by.name} has confirmed it.",
            place="line",
            remedy="Nothing needs doing.",
        )
    check = ClosingCheck.objects.create(
        client=engagement.client,
        engagement=engagement,
        line=line,
        note=checked(note, "note"),
        confirmed_at=as_of,
        confirmed_by=by.person,
    )
    enter(
        check,
        f"Confirmed for {engagement.name}: {line}.",
        action="confirm_line",
        payload={"engagement": engagement.public_id, "line": line, "note": check.note},
        chain=by.organisation,
        by=by,
        as_of=as_of,
    )
    return check
