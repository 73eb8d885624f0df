"""Comment on a signed review; its own words stay as they are."""

from datetime import datetime

from django.db import transaction

from tallystick.actions.countersign_review import NothingToSign
from tallystick.actions.ledger import enter
from tallystick.actions.refusals import require
from tallystick.actions.sent_twice import sent_before
from tallystick.actions.texts import checked
from tallystick.records.review_words import ReviewComment
from tallystick.records.reviews import Review
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer


@transaction.atomic
def comment_review(*, review: Review, text: str, by: Viewer, as_of: datetime) -> ReviewComment:
    """
    Keep what a party has to say beside a mid-term or closing review; what is sent twice, once.

    Raises:
        NotPermitted, NothingToSign, TextNeeded, TextTooLong
    """
    require(by, Duty.COMMENT_REVIEW)
    if review.pack_id is None:
        raise NothingToSign(
            "The review of a month takes no comment.",
            remedy="Attest or dispute the month's statement instead.",
        )
    text = checked(text, "text")
    rows = ReviewComment.objects.filter(review=review)
    if said := sent_before(rows, "said_at", "said_by", by=by, as_of=as_of, text=text):
        return said
    comment = ReviewComment.objects.create(
        engagement=review.engagement,
        review=review,
        organisation=by.organisation,
        text=text,
        said_at=as_of,
        said_by=by.person,
    )
    enter(
        comment,
        f"Commented on the {review.kind} review for {by.organisation.name}.",
        action="comment_review",
        payload={"review": review.public_id, "text": comment.text},
        chain=review.engagement,
        by=by,
        as_of=as_of,
    )
    return comment
