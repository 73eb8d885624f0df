"""Business cases: what outsourcing costs as a whole, against keeping things as they are."""

from decimal import Decimal
from typing import Any

from django.db import models

from tallystick.engine.objectives import BusinessCase as Case
from tallystick.engine.objectives import CostLine
from tallystick.records.audience import ClientPrivate
from tallystick.records.engagements import Engagement

SEED = 20_270


class BusinessCase(ClientPrivate):
    """
    One version of an engagement's business case, for the client alone; the newest one holds.

    `lines` are plain values: `when` is before or after, `kind`, `low`, `likely`, `high` as text,
    `currency`, `year` (None for each year of the term) and `note`.
    """

    engagement = models.ForeignKey(
        Engagement, on_delete=models.PROTECT, related_name="business_cases"
    )
    version = models.PositiveIntegerField()
    years = models.PositiveSmallIntegerField()
    rate = models.DecimalField(max_digits=9, decimal_places=6)
    lines = models.JSONField()
    pilot_on = models.DateField(null=True, blank=True)
    delivery_model_assessed_on = models.DateField(null=True, blank=True)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")

    class Meta(ClientPrivate.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["engagement", "version"], name="a_business_case_version_once"
            )
        ]

    @property
    def case(self) -> Case:
        """Return the case as the engine computes it."""
        before, after = (
            tuple(_line(each) for each in self.lines if each["when"] == when)
            for when in ("before", "after")
        )
        return Case(before, after, self.years, Decimal(self.rate))


def _line(plain: dict[str, Any]) -> CostLine:
    low, likely, high = (Decimal(plain[name]) for name in ("low", "likely", "high"))
    return CostLine(plain["kind"], low, likely, high, plain["currency"], plain["year"])


def newest_case(
    visible: models.QuerySet[BusinessCase], engagement: Engagement
) -> BusinessCase | None:
    """Return the version that holds, of those that somebody may see."""
    kept = visible.filter(engagement=engagement).select_related("written_by")
    return kept.order_by("-version").first()
