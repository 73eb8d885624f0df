"""Countersign a review for the provider: it has read what the client signed."""

from datetime import datetime

from django.db import transaction

from tallystick.actions.hand_checkpoint import hand_checkpoint
from tallystick.actions.ledger import enter
from tallystick.actions.passwords import demand_password
from tallystick.actions.refusals import require
from tallystick.actions.review_signed import put_signature
from tallystick.engine.refusals import Refusal
from tallystick.records.review_words import ReviewSignature
from tallystick.records.reviews import Review
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer


class SignedBefore(Refusal):
    """The party has signed this review."""

    code = "review.already-signed"


class NothingToSign(Refusal):
    """A monthly review is held, not signed."""

    code = "review.nothing-to-sign"


class OtherHash(Refusal):
    """The hash is not that of the review."""

    code = "review.other-hash"


def countersign_review(
    *, review: Review, read: str, password: str, by: Viewer, as_of: datetime
) -> ReviewSignature:
    """
    Sign the review whose hash, `read`, stood on the page. It says "read", not "agreed".

    Raises:
        NotPermitted, WrongPassword, TooManyPasswords, NothingToSign, OtherHash, SignedBefore
    """
    require(by, Duty.COUNTERSIGN_REVIEW)
    demand_password(by.person, password, as_of)
    with transaction.atomic():
        review = Review.objects.select_for_update(of=("self",)).get(pk=review.pk)
        _demand_signable(review, read, by)
        signature = put_signature(review, by=by, as_of=as_of)
        enter(
            signature,
            f"Countersigned the {review.kind} review for {by.organisation.name}.",
            action="countersign_review",
            payload={
                "review": review.public_id,
                "digest": review.digest,
                "role": by.role.value,
            },
            chain=review.engagement,
            by=by,
            as_of=as_of,
        )
        hand_checkpoint(engagement=review.engagement, by=by, as_of=as_of)
        return signature


def _demand_signable(review: Review, read: str, by: Viewer) -> None:
    if review.pack_id is None:
        raise NothingToSign(
            "The review of a month is held once, and nobody signs it.",
            remedy="Attest or dispute the month's statement instead.",
        )
    if review.digest != read:
        raise OtherHash(
            "What you read is not this review.", place="digest", remedy="Read it again, then sign."
        )
    own = review.signatures.filter(organisation=by.organisation).select_related("signed_by")
    if signed := own.first():
        raise SignedBefore(
            f"{signed.signed_by.name} has signed it for {by.organisation.name}.",
            remedy="Nothing needs doing.",
        )
