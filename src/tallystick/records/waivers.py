"""Waivers: findings that somebody of the client answers for, until a day."""

from django.db import models

from tallystick.records.audience import ClientPrivate
from tallystick.records.engagements import Engagement


class Waiver(ClientPrivate):
    """
    The findings of a guardrail in an engagement, waived for a reason and until a day.

    `place` names items by their ids; empty, it stands for every place. `told` is what was found
    when it was granted.
    """

    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="waivers")
    code = models.CharField(max_length=30)
    place = models.CharField(max_length=500, blank=True)
    told = models.TextField(blank=True)
    reason = models.TextField()
    approver = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")
    granted_at = models.DateTimeField()
    expires_on = models.DateField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        "records.Person", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    ended_because = models.TextField(blank=True)

    class Meta(ClientPrivate.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["engagement", "code", "place"],
                condition=models.Q(ended_at=None),
                name="a_place_is_waived_once",
            )
        ]
        indexes = [models.Index(fields=["engagement", "granted_at"])]
