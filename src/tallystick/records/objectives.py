"""Objectives: what the engagement is for, measurably."""

from django.db import models

from tallystick.records.audience import EngagementShared


class Objective(EngagementShared):
    """A measurable goal, with a baseline, a target, a date and an owner on each side."""

    statement = models.CharField(max_length=300)
    measure = models.CharField(max_length=200, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    baseline_value = models.CharField(max_length=40, blank=True)
    baseline_on = models.DateField(null=True, blank=True)
    baseline_method = models.CharField(max_length=200, blank=True)
    target = models.CharField(max_length=40, blank=True)
    due_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)
    client_owner = models.CharField(max_length=120, blank=True)
    provider_owner = models.CharField(max_length=120, blank=True)
    version = models.PositiveIntegerField(default=1)
    stated_at = models.DateTimeField()

    class Meta(EngagementShared.Meta):
        indexes = [models.Index(fields=["engagement", "id"])]


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
