"""Reply to a disputed point in words; from then on the other party is waited for."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from tallystick.actions.files_kept import NewFile, keep_files
from tallystick.actions.ledger import enter
from tallystick.actions.open_disputes import about, open_dispute
from tallystick.actions.refusals import require
from tallystick.actions.tellings import tell_reply
from tallystick.actions.texts import checked
from tallystick.records.attestations import Dispute
from tallystick.records.dispute_replies import DisputeReply
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer


@transaction.atomic
def reply_to_dispute(
    *, dispute: Dispute, text: str, files: Sequence[NewFile] = (), by: Viewer, as_of: datetime
) -> DisputeReply:
    """
    Record what a party says to a point, with what proves it; either party may, in turns or not.

    Raises:
        NotPermitted, AlreadyRestated, DisputeClosed, TextNeeded, TextTooLong, FileRefused
    """
    require(by, Duty.ATTEST)
    dispute = open_dispute(dispute)
    reply = DisputeReply.objects.create(
        engagement=dispute.statement.engagement,
        dispute=dispute,
        side=by.organisation.side,
        text=checked(text, "text"),
        replied_at=as_of,
        replied_by=by.person,
    )
    kept = keep_files(files, beside=reply, by=by, as_of=as_of)
    enter(
        reply,
        f"Replied to the disputed point on {about(dispute)} in the statement of "
        f"{dispute.statement.window} for {by.organisation.name}.",
        action="reply_to_dispute",
        payload={
            "dispute": dispute.public_id,
            "text": reply.text,
            "files": [each.digest for each in kept],
        },
        chain=dispute.statement.engagement,
        by=by,
        as_of=as_of,
    )
    tell_reply(reply, by, as_of)
    return reply
