"""Begin a draft of an agreement; until it is proposed, only the writing party knows of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from tallystick.actions.ledger import enter
from tallystick.actions.refusals import require
from tallystick.actions.versions import demand_a_provider
from tallystick.engine.service_levels.drafts import draft_digest, draft_title, read_draft
from tallystick.records.drafts import AgreementDraft
from tallystick.records.engagements import Engagement
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer


@transaction.atomic
def draft_agreement(
    *, engagement: Engagement, document: Mapping[str, Any], by: Viewer, as_of: datetime
) -> AgreementDraft:
    """
    Keep a document that is still being written, in the private table and chain of its writer.

    Clauses may be missing; what is wrong is said when it is proposed.

    Raises:
        NotPermitted, TooEarlyForAgreement, DraftUnreadable, NotCanonical
    """
    require(by, Duty.DRAFT_AGREEMENT)
    demand_a_provider(engagement)
    plain = read_draft(document)
    draft = AgreementDraft.objects.create(
        engagement=engagement,
        organisation=by.organisation,
        title=draft_title(plain),
        document=plain,
        digest=draft_digest(plain),
        drafted_at=as_of,
        drafted_by=by.person,
        edited_at=as_of,
        edited_by=by.person,
    )
    enter(
        draft,
        f"Began a draft of the agreement of {engagement.name}.",
        action="draft_agreement",
        payload={"engagement": engagement.public_id, "digest": draft.digest},
        chain=by.organisation,
        by=by,
        as_of=as_of,
    )
    return draft
