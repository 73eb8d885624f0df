"""What operations give of a mid-term or closing review, and of ratings."""

from datetime import UTC, datetime
from typing import Any

from pydantic import Field

from tallystick.actions.write_review import signable
from tallystick.api.values import Out
from tallystick.engine.canonical import canonical_bytes, digest
from tallystick.engine.reviews.parts import ReviewKind
from tallystick.records.closing_checks import exit_lines
from tallystick.records.evidence_packs import EvidencePack, PrivateEvidence, ReviewDraft
from tallystick.records.loose_ends import EndKind, loose_ends
from tallystick.records.ratings import Rating, SharedRating
from tallystick.records.review_words import ReviewComment, ReviewSignature
from tallystick.records.reviews import Review
from tallystick.records.roles import Role
from tallystick.records.viewer import Viewer


class PackLine(Out):
    """An evidence pack in a list."""

    id: str
    engagement: str
    kind: ReviewKind
    digest: str = Field(description="sha256 of the evidence's canonical JSON (RFC 8785).")
    opened_at: datetime
    opened_by: str
    superseded_by: str | None = Field(description="The pack that took the evidence anew.")


class ReviewSignatureOut(Out):
    """One party's word on a signed review."""

    organisation: str
    signed_by: str
    role: Role
    digest: str
    signed_at: datetime


class CommentOut(Out):
    """What a party said beside a signed review."""

    organisation: str
    said_by: str
    said_at: datetime
    text: str


class SignedReview(Out):
    """A review as the client signed it."""

    id: str
    digest: str
    document: dict[str, Any]
    outcome: str
    held_at: datetime
    signatures: list[ReviewSignatureOut]
    comments: list[CommentOut]


class MarkOut(Out):
    """A mark on one dimension, and what shows it."""

    mark: int
    evidence: str


class RatingOut(Out):
    """One party's marks for the other, by dimension."""

    organisation: str
    marks: dict[str, MarkOut]
    handed_over: bool


class LooseEndOut(Out):
    """Something that closing waits for; `key` is an id, empty for the engagement's own."""

    kind: EndKind
    key: str
    about: str


class CheckOut(Out):
    """A line of the exit checklist."""

    line: str
    confirmed_by: str | None
    confirmed_at: datetime | None
    note: str


class PackWhole(PackLine):
    """A pack with its evidence; what is the client's own is null for a provider."""

    evidence: dict[str, Any]
    private_evidence: dict[str, Any] | None
    draft: dict[str, Any] | None = Field(description="What the client has written so far.")
    draft_digest: str | None = Field(description="The hash to sign.")
    asides: dict[str, str] | None = Field(description="What is said of the private sections.")
    review: SignedReview | None
    loose_ends: list[LooseEndOut] | None = Field(description="Of a closing review.")
    checklist: list[CheckOut] | None = Field(description="Of a closing review.")
    rating: RatingOut | None = Field(description="Your own party's.")
    shared_ratings: list[RatingOut]


def line(pack: EvidencePack) -> PackLine:
    """Return a pack as a list gives it."""
    return PackLine(**_values(pack))


def _values(pack: EvidencePack) -> dict[str, Any]:
    later = getattr(pack, "superseded_by", None)
    return {
        "id": pack.public_id,
        "engagement": pack.engagement.public_id,
        "kind": pack.kind,
        "digest": pack.digest,
        "opened_at": pack.opened_at,
        "opened_by": pack.opened_by.name,
        "superseded_by": later.public_id if later else None,
    }


def whole(pack: EvidencePack, viewer: Viewer) -> PackWhole:
    """Return a pack with everything that a viewer may read of it."""
    own = PrivateEvidence.objects.visible_to(viewer).filter(pack=pack).first()
    review = Review.objects.visible_to(viewer).filter(pack=pack).first()
    shared = SharedRating.objects.visible_to(viewer).filter(pack=pack)
    return PackWhole(
        **_values(pack),
        evidence=pack.document,
        private_evidence=own.document if own else None,
        **_draft(pack, viewer, signed=review is not None),
        review=_signed(review, viewer) if review else None,
        **_closing(pack, viewer),
        rating=_own_rating(pack, viewer),
        shared_ratings=[
            RatingOut(organisation=each.organisation.name, marks=each.marks, handed_over=True)
            for each in shared.select_related("organisation").order_by("id")
        ],
    )


def _draft(pack: EvidencePack, viewer: Viewer, *, signed: bool) -> dict[str, Any]:
    draft = ReviewDraft.objects.visible_to(viewer).filter(pack=pack).first()
    if draft is None:
        return {"draft": None, "draft_digest": None, "asides": None}
    draft.pack = pack
    document = None if signed else signable(draft)
    return {
        "draft": document,
        "draft_digest": digest(canonical_bytes(document)) if document else None,
        "asides": draft.asides,
    }


def _signed(review: Review, viewer: Viewer) -> SignedReview:
    signatures = ReviewSignature.objects.visible_to(viewer).filter(review=review)
    comments = ReviewComment.objects.visible_to(viewer).filter(review=review)
    return SignedReview(
        id=review.public_id,
        digest=review.digest,
        document=review.document,
        outcome=review.outcome,
        held_at=review.held_at,
        signatures=[
            ReviewSignatureOut(
                organisation=each.organisation.name,
                signed_by=each.signed_by.name,
                role=Role(each.role),
                digest=each.digest,
                signed_at=each.signed_at,
            )
            for each in signatures.select_related("organisation", "signed_by").order_by("id")
        ],
        comments=[
            CommentOut(
                organisation=each.organisation.name,
                said_by=each.said_by.name,
                said_at=each.said_at,
                text=each.text,
            )
            for each in comments.select_related("organisation", "said_by").order_by("id")
        ],
    )


def _closing(pack: EvidencePack, viewer: Viewer) -> dict[str, Any]:
    if not pack.is_closing or not viewer.is_client:
        return {"loose_ends": None, "checklist": None}
    return {
        "loose_ends": [
            LooseEndOut(kind=each.kind, key=each.key, about=each.about)
            for each in loose_ends(pack.engagement, datetime.now(UTC))
        ],
        "checklist": [
            CheckOut(
                line=each.text,
                confirmed_by=each.check.confirmed_by.name if each.check else None,
                confirmed_at=each.check.confirmed_at if each.check else None,
                note=each.check.note if each.check else "",
            )
            for each in exit_lines(pack.engagement)
        ],
    }


def _own_rating(pack: EvidencePack, viewer: Viewer) -> RatingOut | None:
    own = Rating.objects.visible_to(viewer).filter(pack=pack).first()
    if own is None:
        return None
    return RatingOut(
        organisation=viewer.organisation.name,
        marks=own.marks,
        handed_over=own.handed_over_at is not None,
    )
