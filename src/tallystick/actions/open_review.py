"""Open a mid-term or closing review: its evidence is computed now and pinned."""

from datetime import datetime
from typing import Any

from django.db import transaction

from tallystick.actions.held_engagement import held_engagement
from tallystick.actions.ledger import enter
from tallystick.actions.refusals import require
from tallystick.actions.tellings import tell_review_opened
from tallystick.engine.canonical import canonical_bytes, digest
from tallystick.engine.guardrails.stages import Stage
from tallystick.engine.refusals import Refusal
from tallystick.engine.reviews.parts import OF_AN_ENGAGEMENT, ReviewKind
from tallystick.records.engagements import Engagement
from tallystick.records.evidence_packs import (
    EvidencePack,
    PrivateEvidence,
    ReviewDraft,
    open_packs,
)
from tallystick.records.gathered import shared_evidence
from tallystick.records.gathered_private import private_evidence
from tallystick.records.ratings import Rating, SharedRating
from tallystick.records.reviews import Review
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer

STAGES = {
    ReviewKind.MID_TERM: (Stage.TRANSITION, Stage.DELIVER),
    ReviewKind.CLOSING: (Stage.DELIVER, Stage.CLOSE),
}
"""The stages in which each review can be opened."""


class TooEarlyToReview(Refusal):
    """The stage of the engagement gives nothing to review in this way."""

    code = "review.not-at-this-stage"


class ClosedAlready(Refusal):
    """The closing review was signed: the engagement is over."""

    code = "review.closed-already"


@transaction.atomic
def open_review(
    *, engagement: Engagement, kind: ReviewKind, by: Viewer, as_of: datetime
) -> EvidencePack:
    """
    Pin the evidence of a review, and let the client's words on it begin.

    While a review of the kind waits to be signed, this takes its evidence anew: the new pack
    supersedes the one before, and what was written and rated goes on with it.

    Raises:
        NotPermitted, TooEarlyToReview, ClosedAlready
    """
    require(by, Duty.HOLD_REVIEW)
    engagement = held_engagement(engagement.pk)
    _demand_open(engagement, kind)
    before = open_packs(EvidencePack.objects.filter(engagement=engagement, kind=kind)).first()
    shared = shared_evidence(engagement, kind, as_of)
    pack = EvidencePack.objects.create(
        engagement=engagement,
        kind=kind,
        document=shared,
        digest=digest(canonical_bytes(shared)),
        opened_at=as_of,
        opened_by=by.person,
        supersedes=before,
    )
    _beside(pack, before, by, as_of)
    enter(
        pack,
        f"{'Took the evidence anew for' if before else 'Opened'} the {kind.value} review of "
        f"{engagement.name}.",
        action="open_review",
        payload={
            "kind": kind,
            "digest": pack.digest,
            "supersedes": before.public_id if before else "",
        },
        chain=engagement,
        by=by,
        as_of=as_of,
    )
    tell_review_opened(pack, by, as_of)
    return pack


def _demand_open(engagement: Engagement, kind: ReviewKind) -> None:
    if kind not in OF_AN_ENGAGEMENT or Stage(engagement.stage) not in STAGES[kind]:
        asked = " or ".join(each.value for each in STAGES.get(kind, ()))
        raise TooEarlyToReview(
            f"A {kind.value} review is not opened in the {engagement.stage} stage.",
            place="kind",
            remedy=f"Open it in the stage {asked}." if asked else "Hold it from its statement.",
        )
    if Review.objects.filter(engagement=engagement, kind=ReviewKind.CLOSING).exists():
        raise ClosedAlready(
            f"The closing review of {engagement.name} was signed.",
            place="kind",
            remedy="Open the review that was signed; what comes up later is a comment on it.",
        )


def _beside(pack: EvidencePack, before: EvidencePack | None, by: Viewer, as_of: datetime) -> None:
    """Keep the client's own evidence, and carry on what was written under the pack before."""
    own: dict[str, Any] = private_evidence(pack.engagement, ReviewKind(pack.kind), as_of)
    client = pack.engagement.client
    PrivateEvidence.objects.create(
        client=client, pack=pack, document=own, digest=digest(canonical_bytes(own))
    )
    if before is None:
        ReviewDraft.objects.create(client=client, pack=pack, edited_at=as_of, edited_by=by.person)
        return
    ReviewDraft.objects.filter(pack=before).update(pack=pack)
    Rating.objects.filter(pack=before).update(pack=pack)
    SharedRating.objects.filter(pack=before).update(pack=pack)
