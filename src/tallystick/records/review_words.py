"""What both parties say of a signed review: signatures on its hash, and comments."""

from django.db import models

from tallystick.records.audience import EngagementShared
from tallystick.records.organisations import Organisation
from tallystick.records.reviews import Review
from tallystick.records.roles import Role


class ReviewSignature(EngagementShared):
    """One party's word on a mid-term or closing review, given with a password and its hash."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="signatures")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    signed_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, choices=[(r.value, r.value) for r in Role])
    digest = models.CharField(max_length=71)
    signed_at = models.DateTimeField()

    class Meta(EngagementShared.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["review", "organisation"], name="a_party_signs_a_review_once"
            )
        ]


class ReviewComment(EngagementShared):
    """What a party says beside a signed review, whose own words nobody changes any more."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="comments")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    said_at = models.DateTimeField()
    said_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")

    class Meta(EngagementShared.Meta):
        indexes = [models.Index(fields=["review", "id"])]
