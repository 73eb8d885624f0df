"""Reviews: people look at the evidence and decide what each finding is."""

from enum import StrEnum

from django.db import models

from tallystick.records.audience import EngagementShared
from tallystick.records.statements import Statement


class Review(EngagementShared):
    """A month's statement, reviewed: what was found and what people made of it."""

    statement = models.OneToOneField(Statement, on_delete=models.PROTECT, related_name="review")
    summary = models.TextField(blank=True)
    held_at = models.DateTimeField()
    held_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")

    class Meta(EngagementShared.Meta):
        indexes = [models.Index(fields=["engagement", "-held_at"])]


class Decision(StrEnum):
    """What people made of a finding."""

    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"


class ReviewFinding(EngagementShared):
    """A finding as it was put before a review, and what was decided."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="findings")
    code = models.CharField(max_length=12)
    severity = models.CharField(max_length=10)
    place = models.CharField(max_length=200)
    sentence = models.TextField()
    remedy = models.TextField()
    decision = models.CharField(max_length=10, choices=[(d.value, d.value) for d in Decision])
    reason = models.TextField(blank=True)

    class Meta(EngagementShared.Meta):
        indexes = [models.Index(fields=["engagement", "review"])]
