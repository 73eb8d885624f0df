"""Statements: the measurements of a window under one agreement, issued to both parties."""

from django.db import models

from tallystick.records.agreements import Agreement
from tallystick.records.audience import EngagementShared
from tallystick.records.measurements import Measurement


class Statement(EngagementShared):
    """
    What both parties are handed for a window; it pins the measurements it is made of.

    A correction is a restatement: a statement of the same window that `supersedes` the one
    before, for a `reason`. Nothing overwrites either.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="statements")
    window = models.CharField(max_length=20)
    window_start = models.DateTimeField()
    window_end = models.DateTimeField()
    measurements = models.ManyToManyField(Measurement, related_name="statements")
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, related_name="superseded_by", null=True, blank=True
    )
    reason = models.TextField(blank=True)

    class Meta(EngagementShared.Meta):
        constraints = [
            # Each takes the place of at most one, and one alone begins the chain: a window has one
            # statement that no later one supersedes, whoever issues at the same instant.
            models.UniqueConstraint(
                fields=["engagement", "agreement", "window"],
                condition=models.Q(supersedes=None),
                name="one_statement_a_window",
            )
        ]
        indexes = [models.Index(fields=["engagement", "-window_start"])]
