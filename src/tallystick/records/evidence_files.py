"""Evidence files: what a party puts beside a dispute."""

from django.db import models

from tallystick.records.attestations import Dispute
from tallystick.records.audience import EngagementShared


class EvidenceFile(EngagementShared):
    """
    A file beside a dispute; both parties can download it.

    Its bytes lie under a random name, once for each content in an engagement.
    """

    dispute = models.ForeignKey(Dispute, on_delete=models.PROTECT, related_name="files")
    file_name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=71)
    stored_as = models.CharField(max_length=32)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")

    class Meta(EngagementShared.Meta):
        indexes = [models.Index(fields=["engagement", "digest"])]
