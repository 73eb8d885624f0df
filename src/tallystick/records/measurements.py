"""Measurements: one service level in one window, with the way back to its inputs."""

from django.db import models

from tallystick.records.agreements import Agreement
from tallystick.records.audience import EngagementShared
from tallystick.records.service_data import Import


class Measurement(EngagementShared):
    """
    Counts and verdict of one service level in one window.

    Never overwritten: measuring again with other inputs adds a row that `supersedes` this one.
    The share attained is `numerator` / `denominator`, never stored rounded.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="measurements")
    service_level = models.CharField(max_length=80)
    window = models.CharField(max_length=20)
    window_start = models.DateTimeField()
    window_end = models.DateTimeField()
    numerator = models.PositiveBigIntegerField()
    denominator = models.PositiveBigIntegerField()
    pending = models.PositiveBigIntegerField()
    target_percent = models.DecimalField(max_digits=12, decimal_places=9)
    verdict = models.CharField(max_length=12)
    imports = models.ManyToManyField(Import, related_name="measurements")
    evidence = models.CharField(max_length=200)
    evidence_digest = models.CharField(max_length=71)
    engine_version = models.CharField(max_length=20)
    zone_data_version = models.CharField(max_length=20)
    data_until = models.DateTimeField()
    measured_at = models.DateTimeField()
    measured_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, related_name="superseded_by", null=True, blank=True
    )

    class Meta(EngagementShared.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(numerator__lte=models.F("denominator")),
                name="measurement_numerator_within_denominator",
            )
        ]
        indexes = [models.Index(fields=["engagement", "service_level", "window_start"])]


FIGURES = (
    "public_id", "engagement", "agreement", "service_level", "window", "window_start",
    "window_end", "numerator", "denominator", "pending", "target_percent", "verdict",
)  # fmt: skip
"""The fields that say what was measured, without the way back; for reading many at once."""
