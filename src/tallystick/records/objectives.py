"""Objectives: what the engagement is for, measurably, in every wording that it had."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import models

from tallystick.engine.guardrails.stages import Stage
from tallystick.engine.objectives import Planned
from tallystick.engine.objectives.aim import Direction
from tallystick.engine.objectives.worded import ObjectiveKind
from tallystick.records.audience import EngagementShared
from tallystick.records.engagements import GatePassage

if TYPE_CHECKING:
    from tallystick.records.viewer import Viewer

TEXTS = (
    "statement", "kind", "goal", "stakeholder", "measure", "unit", "direction", "baseline_value",
    "baseline_method", "baseline_n", "benchmark", "benchmark_source", "target", "tolerance",
    "source", "frequency", "service_level", "client_owner", "provider_owner", "assumptions",
)  # fmt: skip
"""The parts of a wording that are text."""


class Objective(EngagementShared):
    """
    A measurable goal, with a baseline, a target, a date and an owner on each side.

    The row holds the newest wording. `baseline_n` says of how many observations the baseline is;
    `benchmark` are values that others reach, with blanks between. `profile` are the planned
    values as [day, number] pairs; `service_level` is the id of a level in the agreement, whose
    measurements then are the values.
    """

    statement = models.CharField(max_length=300)
    kind = models.CharField(
        max_length=12,
        default=ObjectiveKind.OBJECTIVE.value,
        choices=[(each.value, each.value) for each in ObjectiveKind],
    )
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="parts", null=True, blank=True
    )
    goal = models.CharField(max_length=200, blank=True)
    stakeholder = models.CharField(max_length=120, blank=True)
    weight = models.PositiveSmallIntegerField(default=1)
    measure = models.CharField(max_length=200, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    direction = models.CharField(
        max_length=8, blank=True, choices=[(each.value, each.value) for each in Direction]
    )
    baseline_value = models.CharField(max_length=40, blank=True)
    baseline_on = models.DateField(null=True, blank=True)
    baseline_method = models.CharField(max_length=200, blank=True)
    baseline_n = models.CharField(max_length=9, blank=True)
    benchmark = models.TextField(blank=True)
    benchmark_source = models.CharField(max_length=200, blank=True)
    target = models.CharField(max_length=40, blank=True)
    tolerance = models.CharField(max_length=40, blank=True)
    due_on = models.DateField(null=True, blank=True)
    profile = models.JSONField(default=list, blank=True)
    source = models.CharField(max_length=200, blank=True)
    frequency = models.CharField(max_length=40, blank=True)
    service_level = models.CharField(max_length=80, blank=True)
    client_owner = models.CharField(max_length=120, blank=True)
    provider_owner = models.CharField(max_length=120, blank=True)
    assumptions = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    stated_at = models.DateTimeField()

    class Meta(EngagementShared.Meta):
        indexes = [models.Index(fields=["engagement", "id"])]

    @property
    def planned(self) -> tuple[Planned, ...]:
        """Return the planned values."""
        return tuple(
            Planned(date.fromisoformat(each), Decimal(value)) for each, value in self.profile
        )

    @property
    def compared(self) -> tuple[Decimal, ...]:
        """Return the values that others reach."""
        return tuple(Decimal(each) for each in self.benchmark.split())


class ObjectiveVersion(EngagementShared):
    """
    One wording of an objective, as it was stated; never changed.

    `wording` maps each part that was not empty to its text; a day is written as 2027-01-31.
    """

    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField()
    wording = models.JSONField()
    stated_at = models.DateTimeField()
    # None for wordings of before versions were kept, whose ledger entry says it.
    stated_by = models.ForeignKey(
        "records.Person", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta(EngagementShared.Meta):
        constraints = [
            models.UniqueConstraint(fields=["objective", "version"], name="a_version_is_kept_once")
        ]

    @classmethod
    def visibility(cls, viewer: Viewer) -> models.Q:
        """Return: of the viewer's engagements; what was amended before the award, the client."""
        shared = super().visibility(viewer)
        if viewer.is_client:
            return shared
        # What was weighed before the award is the client's own story.
        award = GatePassage.objects.filter(
            engagement=models.OuterRef("engagement"), stage=Stage.SELECT
        )
        later = cls.objects.filter(
            objective=models.OuterRef("objective"),
            version__gt=models.OuterRef("version"),
            stated_at__lte=models.Subquery(award.values("passed_at")[:1]),
        )
        return shared & ~models.Q(models.Exists(later))


class Acknowledgement(EngagementShared):
    """The provider's dated word that it has read and understood one version of an objective."""

    objective = models.ForeignKey(
        Objective, on_delete=models.PROTECT, related_name="acknowledgements"
    )
    version = models.PositiveIntegerField()
    acknowledged_at = models.DateTimeField()
    acknowledged_by = models.ForeignKey(
        "records.Person", on_delete=models.PROTECT, related_name="+"
    )

    class Meta(EngagementShared.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["objective", "version"], name="a_version_is_acknowledged_once"
            )
        ]


def plain_wording(objective: Objective) -> dict[str, Any]:
    """Return what an objective says as plain values, without what is empty."""
    days = {
        name: each.isoformat()
        for name in ("baseline_on", "due_on")
        if (each := getattr(objective, name))
    }
    parent = {"parent": objective.parent.statement} if objective.parent else {}
    texts = {name: str(getattr(objective, name)) for name in TEXTS if getattr(objective, name)}
    profile = {"profile": objective.profile} if objective.profile else {}
    return texts | days | parent | profile | {"weight": objective.weight}
