"""Findings as they were kept: when each opened, and when it was found no longer."""

from django.db import models

from tallystick.records.audience import ClientPrivate
from tallystick.records.engagements import Engagement


class KeptFinding(ClientPrivate):
    """
    A finding from the moment it was first found until it was no more.

    `place` names items by their ids, so that a list that grows does not move it. While it is open
    a code and a place have one row; what opens again is a new row.
    """

    engagement = models.ForeignKey(
        Engagement, on_delete=models.PROTECT, related_name="kept_findings"
    )
    code = models.CharField(max_length=30)
    place = models.CharField(max_length=500, blank=True)
    sentence = models.TextField()
    severity = models.CharField(max_length=10)
    stage = models.CharField(max_length=12)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_because = models.TextField(blank=True)
    waived_until = models.DateField(null=True, blank=True)

    class Meta(ClientPrivate.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["engagement", "code", "place"],
                condition=models.Q(closed_at=None),
                name="a_finding_is_open_once",
            )
        ]
        indexes = [
            models.Index(fields=["engagement", "opened_at"]),
            models.Index(fields=["client", "code", "opened_at"]),
        ]

    @property
    def key(self) -> str:
        """Return what tells it from any other that is open in the same engagement."""
        return f"{self.code} {self.place}"
