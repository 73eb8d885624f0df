"""Early-warning indicators: figures that say that a risk is about to come true."""

from __future__ import annotations

from enum import StrEnum

from django.db import models

from tallystick.engine.risk import Comparison, WarningSign
from tallystick.records.audience import ClientPrivate, EngagementShared
from tallystick.records.risks import PrivateRisk, Risk


class SignSource(StrEnum):
    """Where the values of an indicator come from."""

    SERVICE_LEVEL = "service-level"
    OBJECTIVE = "objective"
    ACTION_AGE = "action-age"
    HAND = "hand"


class IndicatorFields(models.Model):
    """
    So many values in a row on the wrong side of a threshold raise the risk.

    A service level is read in the unit of its target (shares in per cent), an objective in its
    own unit, open action items in days; `readings` are the values read by hand, [day, number]
    pairs.
    """

    name = models.CharField(max_length=160)
    source = models.CharField(
        max_length=13, choices=[(each.value, each.value) for each in SignSource]
    )
    service_level = models.CharField(max_length=80, blank=True)
    objective = models.ForeignKey(
        "records.Objective", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    comparison = models.CharField(
        max_length=8, choices=[(each.value, each.value) for each in Comparison]
    )
    threshold = models.DecimalField(max_digits=27, decimal_places=6)
    consecutive = models.PositiveSmallIntegerField(default=1)
    readings = models.JSONField(default=list, blank=True)
    tripped_on = models.DateField(null=True, blank=True)
    read_on = models.DateField(null=True, blank=True)
    stated_at = models.DateTimeField()
    stated_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def sign(self) -> WarningSign:
        """Return it as the engine reads it."""
        return WarningSign(Comparison(self.comparison), self.threshold, self.consecutive)


class Indicator(IndicatorFields, EngagementShared):
    """An indicator of a shared risk."""

    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="indicators")

    class Meta(EngagementShared.Meta):
        indexes = [models.Index(fields=["risk", "id"])]


class PrivateIndicator(IndicatorFields, ClientPrivate):
    """An indicator of a risk that the client keeps to itself."""

    risk = models.ForeignKey(PrivateRisk, on_delete=models.PROTECT, related_name="indicators")

    class Meta(ClientPrivate.Meta):
        indexes = [models.Index(fields=["risk", "id"])]
