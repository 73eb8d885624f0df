"""Close a disputed point: the party that raised it withdraws it, or says that it is settled."""

from datetime import datetime

from django.db import transaction

from tallystick.actions.ledger import enter
from tallystick.actions.open_disputes import about, open_dispute
from tallystick.actions.refusals import require
from tallystick.actions.tellings import tell_dispute_closed
from tallystick.actions.texts import checked
from tallystick.engine.refusals import Refusal
from tallystick.engine.service_levels.dealings.answers import PointState
from tallystick.records.attestations import Dispute
from tallystick.records.dispute_replies import DisputeClosing
from tallystick.records.roles import Duty
from tallystick.records.stated import party_of
from tallystick.records.viewer import Viewer


class NotYourDispute(Refusal):
    """Only the party that raised a point closes it."""

    code = "dispute.not-yours"


class NotAClosing(Refusal):
    """A point is withdrawn or settled; it is open by itself."""

    code = "dispute.not-a-closing"


@transaction.atomic
def close_dispute(
    *, dispute: Dispute, state: PointState, text: str, by: Viewer, as_of: datetime
) -> DisputeClosing:
    """
    Record the last word on a point: withdrawn, or settled; its party answers the statement anew.

    Raises:
        NotPermitted, NotAClosing, AlreadyRestated, DisputeClosed, NotYourDispute, TextNeeded,
        TextTooLong
    """
    require(by, Duty.ATTEST)
    if state is PointState.OPEN:
        raise NotAClosing(
            "A point is withdrawn or settled.", place="state", remedy="Choose one of the two."
        )
    dispute = open_dispute(dispute)
    engagement = dispute.statement.engagement
    if dispute.side != by.organisation.side:
        raise NotYourDispute(
            f"{party_of(engagement, dispute.side)} raised this point, and closes it.",
            place="dispute",
            remedy="Reply to it, and ask them to close it.",
        )
    closing = DisputeClosing.objects.create(
        engagement=engagement,
        dispute=dispute,
        state=state,
        text=checked(text, "text"),
        closed_at=as_of,
        closed_by=by.person,
    )
    said = "Withdrew" if state is PointState.WITHDRAWN else "Settled"
    enter(
        closing,
        f"{said} the disputed point on {about(dispute)} in the statement of "
        f"{dispute.statement.window} for {by.organisation.name}.",
        action="close_dispute",
        payload={"dispute": dispute.public_id, "state": state, "text": closing.text},
        chain=engagement,
        by=by,
        as_of=as_of,
    )
    tell_dispute_closed(closing, by, as_of)
    return closing
