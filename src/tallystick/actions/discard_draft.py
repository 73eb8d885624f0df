"""Throw a draft of an agreement away."""

from datetime import datetime

from django.db import transaction

from tallystick.actions.ledger import enter
from tallystick.actions.own_drafts import own_draft
from tallystick.actions.refusals import require
from tallystick.records.drafts import AgreementDraft
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer


@transaction.atomic
def discard_draft(*, agreement: AgreementDraft, by: Viewer, as_of: datetime) -> None:
    """
    Remove a draft that nobody needs; the writer's own history keeps that there was one.

    Raises:
        NotPermitted, DraftGone
    """
    require(by, Duty.DRAFT_AGREEMENT)
    draft = own_draft(agreement, by)
    enter(
        draft,
        f"Discarded a draft of the agreement of {draft.engagement.name}.",
        action="discard_draft",
        payload={"engagement": draft.engagement.public_id, "digest": draft.digest},
        chain=by.organisation,
        by=by,
        as_of=as_of,
    )
    draft.delete()
