"""Engagements and the gates between their stages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from tallystick.engine.guardrails.snapshot import ServiceType
from tallystick.engine.guardrails.stages import Stage
from tallystick.records.audience import Audience, EngagementShared, Record
from tallystick.records.organisations import Organisation

if TYPE_CHECKING:
    from tallystick.records.viewer import Viewer


class Engagement(Record):
    """One outsourced undertaking between the client and one provider, or a competition for one."""

    audience = Audience.ENGAGEMENT_SHARED

    client = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="engagements_commissioned"
    )
    provider = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="engagements_provided",
        null=True,
        blank=True,
    )
    name = models.CharField(max_length=120)
    scope = models.TextField(blank=True)
    service_type = models.CharField(
        max_length=30, choices=[(t.value, t.value) for t in ServiceType]
    )
    stage = models.CharField(max_length=12, choices=[(s.value, s.value) for s in Stage])
    starts_on = models.DateField()
    ends_on = models.DateField()
    planned_at = models.DateTimeField()

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(fields=["client", "name"], name="engagement_name_once"),
            models.CheckConstraint(
                condition=models.Q(ends_on__gt=models.F("starts_on")), name="engagement_ends_later"
            ),
        ]
        indexes = [
            models.Index(fields=["client", "stage", "name"]),
            models.Index(fields=["provider", "stage", "name"]),
        ]

    @classmethod
    def visibility(cls, viewer: Viewer) -> models.Q:
        """Return: the client's own; for a provider those awarded to it, from agree on."""
        if viewer.is_client:
            return models.Q(client=viewer.organisation)
        # Before the award a provider does not know that it is thought of.
        return models.Q(provider=viewer.organisation) & ~models.Q(
            stage__in=[Stage.DEFINE, Stage.SELECT]
        )

    def __str__(self) -> str:
        return self.name

    @property
    def award_is_known(self) -> bool:
        """Return whether the stage is one in which a provider reads what is shared."""
        return Stage(self.stage).reached(Stage.AGREE)


class GatePassage(EngagementShared):
    """A stage's gate, passed: when and by whom."""

    stage = models.CharField(max_length=12, choices=[(s.value, s.value) for s in Stage])
    passed_at = models.DateTimeField()
    passed_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")

    class Meta(EngagementShared.Meta):
        constraints = [
            models.UniqueConstraint(fields=["engagement", "stage"], name="a_gate_is_passed_once")
        ]
