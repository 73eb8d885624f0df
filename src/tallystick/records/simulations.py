"""Simulations of a register, and the client's appetite and reserve, which they are held against."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from django.db import models

from tallystick.engine.risk import Pert, Point
from tallystick.records.audience import ClientPrivate, EngagementShared
from tallystick.records.engagements import Engagement


class SimulationFields(models.Model):
    """
    What the priced risks of a register may cost together, with all that computes it again.

    `document` holds the figures that went in and those that came out; `seed` is told by `digest`,
    that of what went in, so that nobody can choose it.
    """

    document = models.JSONField()
    digest = models.CharField(max_length=71)
    seed = models.PositiveBigIntegerField()
    draws = models.PositiveIntegerField()
    engine_version = models.CharField(max_length=40)
    simulated_at = models.DateTimeField()
    simulated_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class Simulation(SimulationFields, EngagementShared):
    """A simulation of the register that both parties keep."""

    class Meta(EngagementShared.Meta):
        indexes = [models.Index(fields=["engagement", "-id"])]


class PrivateSimulation(SimulationFields, ClientPrivate):
    """A simulation of both registers, against appetite and reserve, for the client alone."""

    engagement = models.ForeignKey(
        Engagement, on_delete=models.PROTECT, related_name="private_simulations"
    )

    class Meta(ClientPrivate.Meta):
        indexes = [models.Index(fields=["engagement", "-id"])]


class RiskBudget(ClientPrivate):
    """
    What the client can bear and has set aside for an engagement.

    `appetite` are [loss, chance] pairs as text. The base estimate, uncertain from `base_low` to
    `base_high`, is what the reserve stands beside. `exposure_p80` comes from its newest simulation.
    """

    engagement = models.OneToOneField(
        Engagement, on_delete=models.PROTECT, related_name="risk_budget"
    )
    currency = models.CharField(max_length=3)
    appetite = models.JSONField(default=list)
    remaining = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    base_low = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    base_likely = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    base_high = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    exposure_p80 = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")

    class Meta(ClientPrivate.Meta):
        pass

    @property
    def points(self) -> list[Point]:
        """Return the appetite as the engine reads it."""
        return [Point(Fraction(loss), Fraction(chance)) for loss, chance in self.appetite]

    @property
    def base(self) -> tuple[Decimal, Pert] | None:
        """Return the estimate and how uncertain it is; None where there is none."""
        low, likely, high = self.base_low, self.base_likely, self.base_high
        if low is None or likely is None or high is None:
            return None
        return likely, Pert(low, likely, high)
