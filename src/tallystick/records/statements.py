"""Statements: the measurements of a window under one agreement, issued to both parties."""

from django.db import models

from tallystick.records.agreements import Agreement
from tallystick.records.audience import EngagementShared
from tallystick.records.measurements import Measurement


class Statement(EngagementShared):
    """What both parties are handed for a window; it pins the measurements it is made of."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="statements")
    window = models.CharField(max_length=20)
    window_start = models.DateTimeField()
    window_end = models.DateTimeField()
    measurements = models.ManyToManyField(Measurement, related_name="statements")
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")

    class Meta(EngagementShared.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["engagement", "agreement", "window"], name="one_statement_a_window"
            )
        ]
        indexes = [models.Index(fields=["engagement", "-window_start"])]
