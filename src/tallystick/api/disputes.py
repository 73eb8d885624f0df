"""A disputed point: what both parties say of it, and the word that closes it."""

from datetime import UTC, datetime
from typing import Literal

from ninja import File, Form
from ninja.files import UploadedFile

from tallystick.actions.close_dispute import close_dispute
from tallystick.actions.reply_to_dispute import reply_to_dispute
from tallystick.api.answers import given_files
from tallystick.api.lookup import ViewerRequest, find
from tallystick.api.routing import Operations
from tallystick.api.stated import DisputeOut, dispute_out
from tallystick.api.values import In, Words
from tallystick.engine.service_levels.dealings.answers import PointState
from tallystick.records.attestations import Dispute
from tallystick.records.disputed import FOLLOWED, dispute_values

operations = Operations(tags=["Statements"])


class Reply(In):
    """What a party says to a disputed point."""

    text: Words


class Close(In):
    """What became of the point, in the word of the party that raised it, and why."""

    state: Literal[PointState.WITHDRAWN, PointState.SETTLED]
    text: Words


@operations.reads("/disputes/{dispute_id}", "dispute", DisputeOut)
def dispute(request: ViewerRequest, dispute_id: str) -> DisputeOut:
    """Return one disputed point with what was said of it since."""
    return _out(request, dispute_id)


def _out(request: ViewerRequest, dispute_id: str) -> DisputeOut:
    found = find(Dispute, request.viewer, dispute_id, *FOLLOWED)
    return dispute_out(
        dispute_values(found, found.statement.agreement.level_names, found.statement)
    )


@operations.acts("/disputes/{dispute_id}/reply", "reply_to_dispute", DisputeOut, status=201)
def reply(
    request: ViewerRequest,
    dispute_id: str,
    given: Form[Reply],
    evidence: File[list[UploadedFile]] = [],  # noqa: B006  (ninja's way to say "optional")
) -> DisputeOut:
    """Reply to a disputed point; send evidence along as files of the form."""
    reply_to_dispute(
        dispute=find(Dispute, request.viewer, dispute_id),
        text=given.text,
        files=given_files(evidence),
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    return _out(request, dispute_id)


@operations.acts("/disputes/{dispute_id}/close", "close_dispute", DisputeOut)
def close(request: ViewerRequest, dispute_id: str, given: Close) -> DisputeOut:
    """Withdraw a point that one's own party raised, or say that it is settled."""
    close_dispute(
        dispute=find(Dispute, request.viewer, dispute_id),
        state=given.state,
        text=given.text,
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    return _out(request, dispute_id)
