"""Risks: what may go wrong, who answers for it, what is done about it, and every step of that."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, get_args

from django.db import models

from tallystick.engine.guardrails.parts.risks import RiskCategory
from tallystick.engine.guardrails.stages import Stage
from tallystick.engine.lessons.causes import Cause
from tallystick.engine.risk import TriageLevel
from tallystick.records.audience import ClientPrivate, EngagementShared
from tallystick.records.engagements import Engagement, GatePassage

if TYPE_CHECKING:
    from tallystick.records.viewer import Viewer

CATEGORIES: tuple[str, ...] = get_args(RiskCategory)


class RiskStatus(StrEnum):
    """How far a risk has come."""

    IDENTIFIED = "identified"
    ASSESSED = "assessed"
    RESPONDING = "responding"
    CLOSED = "closed"
    OCCURRED = "occurred"


class Response(StrEnum):
    """What is done about a risk, by the categories of PRINCE2."""

    AVOID = "avoid"
    REDUCE = "reduce"
    FALLBACK = "fallback"
    TRANSFER = "transfer"
    ACCEPT = "accept"
    SHARE = "share"


class Proximity(StrEnum):
    """How soon a risk may come true."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    LATER = "later"


class StepKind(StrEnum):
    """What was done about a risk."""

    IDENTIFIED = "identified"
    AMENDED = "amended"
    ASSESSED = "assessed"
    REVIEWED = "reviewed"
    RESPONDED = "responded"
    WARNED = "warned"
    SHARED = "shared"
    OCCURRED = "occurred"
    CLOSED = "closed"
    REOPENED = "reopened"


def _choices(known: type[StrEnum]) -> list[tuple[str, str]]:
    return [(each.value, each.value) for each in known]


class RiskFields(models.Model):
    """
    What a risk is, in either register.

    The row holds how it stands: `expected` is the mean loss a year that is left after its
    response, `p80` what four years in five do not exceed, `assessed` the newest assessment whole.
    """

    title = models.CharField(max_length=160)
    cause = models.TextField(blank=True)
    event = models.TextField(blank=True)
    effect = models.TextField(blank=True)
    category = models.CharField(max_length=16, choices=[(each, each) for each in CATEGORIES])
    cause_code = models.CharField(max_length=40, blank=True, choices=_choices(Cause))
    owner = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")
    actionee = models.ForeignKey(
        "records.Person", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    proximity = models.CharField(max_length=8, blank=True, choices=_choices(Proximity))
    supplier = models.CharField(max_length=120, blank=True)
    objective = models.ForeignKey(
        "records.Objective", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    service_level = models.CharField(max_length=80, blank=True)
    response = models.CharField(max_length=8, blank=True, choices=_choices(Response))
    response_words = models.TextField(blank=True)
    status = models.CharField(
        max_length=10, choices=_choices(RiskStatus), default=RiskStatus.IDENTIFIED.value
    )
    identified_on = models.DateField()
    identified_at = models.DateTimeField()
    identified_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")
    reviewed_on = models.DateField(null=True, blank=True)
    warned_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    level = models.CharField(max_length=6, blank=True, choices=_choices(TriageLevel))
    expected = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    p80 = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    assessed = models.JSONField(default=dict, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Return whether it may still come true."""
        return self.closed_on is None


class Risk(RiskFields, EngagementShared):
    """A risk of the register that both parties keep."""

    leads_to = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="led_to_by", null=True, blank=True
    )
    plan = models.ForeignKey(
        "records.ContingencyPlan",
        on_delete=models.PROTECT,
        related_name="risks",
        null=True,
        blank=True,
    )

    class Meta(EngagementShared.Meta):
        indexes = [models.Index(fields=["engagement", "id"])]


class PrivateRisk(RiskFields, ClientPrivate):
    """A risk that the client keeps to itself; `shared_as` is what it became once shared."""

    engagement = models.ForeignKey(
        Engagement, on_delete=models.PROTECT, related_name="private_risks"
    )
    leads_to = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="led_to_by", null=True, blank=True
    )
    plan = models.ForeignKey(
        "records.PrivateContingencyPlan",
        on_delete=models.PROTECT,
        related_name="risks",
        null=True,
        blank=True,
    )
    shared_as = models.OneToOneField(
        Risk, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta(ClientPrivate.Meta):
        indexes = [models.Index(fields=["engagement", "id"])]


class RiskStepFields(models.Model):
    """
    One step of a risk; never changed.

    `expected` is what the risk was worth a year from then on, None where the step left it as it
    was. `document` is the assessment, where the step was one.
    """

    kind = models.CharField(max_length=10, choices=_choices(StepKind))
    note = models.TextField(blank=True)
    on = models.DateField()
    status = models.CharField(max_length=10, choices=_choices(RiskStatus))
    expected = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    document = models.JSONField(default=dict, blank=True)
    taken_at = models.DateTimeField()
    # None where nobody did it: an indicator tripped.
    taken_by = models.ForeignKey(
        "records.Person", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        abstract = True


class RiskStep(RiskStepFields, EngagementShared):
    """A step of a shared risk."""

    risk = models.ForeignKey(Risk, on_delete=models.PROTECT, related_name="steps")

    class Meta(EngagementShared.Meta):
        indexes = [models.Index(fields=["risk", "id"])]

    @classmethod
    def visibility(cls, viewer: Viewer) -> models.Q:
        """Return: of the viewer's engagements; what came before the award, the client alone."""
        shared = super().visibility(viewer)
        if viewer.is_client:
            return shared
        award = GatePassage.objects.filter(
            engagement=models.OuterRef("engagement"), stage=Stage.SELECT
        )
        before = award.filter(passed_at__gt=models.OuterRef("taken_at"))
        return shared & ~models.Q(models.Exists(before))


class PrivateRiskStep(RiskStepFields, ClientPrivate):
    """A step of a risk that the client keeps to itself; `issue` is what it was raised as."""

    risk = models.ForeignKey(PrivateRisk, on_delete=models.PROTECT, related_name="steps")
    # The link stands here: a column of the issue is read by both parties.
    issue = models.ForeignKey(
        "records.Issue", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta(ClientPrivate.Meta):
        indexes = [models.Index(fields=["risk", "id"])]
