"""Write a draft of an agreement anew."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from tallystick.actions.ledger import enter
from tallystick.actions.own_drafts import own_draft
from tallystick.actions.refusals import require
from tallystick.engine.service_levels.drafts import draft_digest, draft_title, read_draft
from tallystick.records.drafts import AgreementDraft
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer


@transaction.atomic
def edit_draft(
    *,
    agreement: AgreementDraft,
    document: Mapping[str, Any],
    seen: str = "",
    by: Viewer,
    as_of: datetime,
) -> AgreementDraft:
    """
    Replace what a draft says; the same words again change nothing and leave no entry.

    `seen` is the hash of the wording that was edited: a colleague's words are not overwritten.

    Raises:
        NotPermitted, DraftGone, DraftChanged, DraftUnreadable, NotCanonical
    """
    require(by, Duty.DRAFT_AGREEMENT)
    draft = own_draft(agreement, by, seen)
    plain = read_draft(document)
    if draft_digest(plain) == draft.digest:
        return draft
    draft.title = draft_title(plain)
    draft.document = plain
    draft.digest = draft_digest(plain)
    draft.edited_at = as_of
    draft.edited_by = by.person
    draft.save()
    enter(
        draft,
        f"Edited a draft of the agreement of {draft.engagement.name}.",
        action="edit_draft",
        payload={"engagement": draft.engagement.public_id, "digest": draft.digest},
        chain=by.organisation,
        by=by,
        as_of=as_of,
    )
    return draft
