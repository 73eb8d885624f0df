"""Contingency plans: what is done when a risk comes true, and each time that it was done."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from django.db import models

from tallystick.engine.risk import Recovery, Rehearsal, Step, recovery, rehearsal
from tallystick.records.audience import ClientPrivate, EngagementShared
from tallystick.records.engagements import Engagement


class RunKind(StrEnum):
    """Why a plan is carried out."""

    TEST = "test"
    ACTIVATION = "activation"


class RunResult(StrEnum):
    """How it went."""

    WORKED = "worked"
    PARTLY = "partly"
    FAILED = "failed"


class PlanFields(models.Model):
    """
    What a plan says, in either register.

    `steps` are plain values: `name`, `minutes` and `who`. `recovery_minutes` is the time within
    which service is back (RTO), `loss_minutes` the stretch of data that may be lost (RPO).
    """

    title = models.CharField(max_length=160)
    trigger = models.TextField(blank=True)
    steps = models.JSONField(default=list)
    may_activate = models.CharField(max_length=200, blank=True)
    cost = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    recovery_minutes = models.PositiveIntegerField()
    loss_minutes = models.PositiveIntegerField(null=True, blank=True)
    owner = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")
    written_on = models.DateField()
    written_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")
    tested_on = models.DateField(null=True, blank=True)
    tested_result = models.CharField(max_length=8, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    def rehearsed(self, as_of: date) -> Rehearsal:
        """Return until when its last test holds, and whether it is due for another."""
        return rehearsal(written_on=self.written_on, tested_on=self.tested_on, as_of=as_of)


class ContingencyPlan(PlanFields, EngagementShared):
    """A plan that both parties know."""

    class Meta(EngagementShared.Meta):
        indexes = [models.Index(fields=["engagement", "id"])]


class PrivateContingencyPlan(PlanFields, ClientPrivate):
    """A plan that the client keeps to itself."""

    engagement = models.ForeignKey(
        Engagement, on_delete=models.PROTECT, related_name="private_plans"
    )

    class Meta(ClientPrivate.Meta):
        indexes = [models.Index(fields=["engagement", "id"])]


class RunFields(models.Model):
    """
    One time that a plan was carried out: a test, or because the risk came true.

    `steps` and `recovery_minutes` are those of the plan when it began; `done` maps the number of
    a step to when and by whom it was done. A test that is recorded afterwards has no steps.
    """

    kind = models.CharField(max_length=10, choices=[(each.value, each.value) for each in RunKind])
    why = models.TextField(blank=True)
    steps = models.JSONField(default=list)
    recovery_minutes = models.PositiveIntegerField()
    done = models.JSONField(default=dict)
    began_at = models.DateTimeField()
    began_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        "records.Person", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    result = models.CharField(
        max_length=8, blank=True, choices=[(each.value, each.value) for each in RunResult]
    )
    words = models.TextField(blank=True)

    class Meta:
        abstract = True

    def clock(self, as_of: datetime) -> Recovery | None:
        """Return how it stands against its recovery objective; None if it has no steps."""
        if not self.steps:
            return None
        steps = [
            Step(each["name"], each["minutes"], _moment(self.done.get(str(number))))
            for number, each in enumerate(self.steps)
        ]
        until = self.ended_at or as_of
        return recovery(
            steps, started_at=self.began_at, objective=self.recovery_minutes, as_of=until
        )


def _moment(done: dict[str, str] | None) -> datetime | None:
    return datetime.fromisoformat(done["at"]) if done else None


class PlanRun(RunFields, EngagementShared):
    """A run of a plan that both parties know."""

    plan = models.ForeignKey(ContingencyPlan, on_delete=models.PROTECT, related_name="runs")

    class Meta(EngagementShared.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["plan"],
                condition=models.Q(ended_at=None),
                name="a_plan_runs_once_at_a_time",
            )
        ]


class PrivatePlanRun(RunFields, ClientPrivate):
    """A run of a plan that the client keeps to itself."""

    plan = models.ForeignKey(PrivateContingencyPlan, on_delete=models.PROTECT, related_name="runs")

    class Meta(ClientPrivate.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["plan"],
                condition=models.Q(ended_at=None),
                name="a_private_plan_runs_once_at_a_time",
            )
        ]
