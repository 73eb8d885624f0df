"""Ratings: what each party says of the other, sealed until both have handed theirs over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from tallystick.records.audience import Audience, EngagementShared, Record
from tallystick.records.evidence_packs import EvidencePack
from tallystick.records.organisations import Organisation

if TYPE_CHECKING:
    from tallystick.records.viewer import Viewer


class Rating(Record):
    """
    One party's marks for the other at a review, each with a sentence of evidence.

    `marks` maps a dimension to `mark`, 1 to 5, and `evidence`. It belongs to its writer; handed
    over, nobody changes it, and once both are, each has a `SharedRating`.
    """

    audience = Audience.WRITER_PRIVATE

    engagement = models.ForeignKey(
        "records.Engagement", on_delete=models.PROTECT, related_name="ratings"
    )
    pack = models.ForeignKey(EvidencePack, on_delete=models.PROTECT, related_name="ratings")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="ratings")
    marks = models.JSONField()
    rated_at = models.DateTimeField()
    rated_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")
    handed_over_at = models.DateTimeField(null=True, blank=True)

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(fields=["pack", "organisation"], name="a_party_rates_once")
        ]

    @classmethod
    def visibility(cls, viewer: Viewer) -> models.Q:
        """Return: the viewer acts for the organisation that rates."""
        return models.Q(organisation=viewer.organisation)


class SharedRating(EngagementShared):
    """A rating that both parties read, since both were handed over; never changed."""

    pack = models.ForeignKey(EvidencePack, on_delete=models.PROTECT, related_name="shared_ratings")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    marks = models.JSONField()
    shared_at = models.DateTimeField()

    class Meta(EngagementShared.Meta):
        constraints = [
            models.UniqueConstraint(fields=["pack", "organisation"], name="a_rating_is_shared_once")
        ]
