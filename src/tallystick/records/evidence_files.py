"""Evidence files: what a party puts beside a dispute, a reply to one, or a claim of relief."""

from collections.abc import Iterable
from typing import Any

from django.db import models

from tallystick.records.attestations import Dispute
from tallystick.records.audience import EngagementShared
from tallystick.records.dispute_replies import DisputeReply
from tallystick.records.relief import ReliefClaim


class EvidenceFile(EngagementShared):
    """
    A file beside a dispute, a reply or a claim; both parties can download it.

    Its bytes lie under a random name, once for each content in an engagement.
    """

    dispute = models.ForeignKey(
        Dispute, on_delete=models.PROTECT, related_name="files", null=True, blank=True
    )
    reply = models.ForeignKey(
        DisputeReply, on_delete=models.PROTECT, related_name="files", null=True, blank=True
    )
    claim = models.ForeignKey(
        ReliefClaim, on_delete=models.PROTECT, related_name="files", null=True, blank=True
    )
    file_name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=71)
    stored_as = models.CharField(max_length=32)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")

    class Meta(EngagementShared.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(dispute__isnull=False, reply=None, claim=None)
                | models.Q(dispute=None, reply__isnull=False, claim=None)
                | models.Q(dispute=None, reply=None, claim__isnull=False),
                name="evidence_file_has_one_subject",
            )
        ]
        indexes = [models.Index(fields=["engagement", "digest"])]


def file_values(files: Iterable[EvidenceFile]) -> list[dict[str, Any]]:
    """Return evidence files by name, size and digest; their bytes are downloaded by id."""
    return [
        {
            "id": each.public_id,
            "file_name": each.file_name,
            "size": each.size,
            "digest": each.digest,
        }
        for each in files
    ]
