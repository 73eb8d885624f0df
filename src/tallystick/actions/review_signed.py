"""A party's signature under a review; within the transaction of an action that asked for it."""

from datetime import datetime

from tallystick.actions.tellings import tell_review_signed
from tallystick.records.review_words import ReviewSignature
from tallystick.records.reviews import Review
from tallystick.records.viewer import Viewer


def put_signature(review: Review, *, by: Viewer, as_of: datetime) -> ReviewSignature:
    """Store that somebody signed a review as it stands, for their organisation."""
    signature = ReviewSignature.objects.create(
        engagement=review.engagement,
        review=review,
        organisation=by.organisation,
        signed_by=by.person,
        role=by.role,
        digest=review.digest,
        signed_at=as_of,
    )
    tell_review_signed(signature, by, as_of)
    return signature
