"""What follows a disputed point: the parties' replies, and the word that closes it."""

from django.db import models

from tallystick.engine.service_levels.dealings.answers import PointState
from tallystick.records.attestations import Dispute
from tallystick.records.audience import EngagementShared
from tallystick.records.roles import Side

_SIDES = [(side.value, side.value) for side in Side]
_CLOSED = (PointState.WITHDRAWN, PointState.SETTLED)


class DisputeReply(EngagementShared):
    """A party's words on a disputed point; whoever did not write the last ones is waited for."""

    dispute = models.ForeignKey(Dispute, on_delete=models.PROTECT, related_name="replies")
    side = models.CharField(max_length=10, choices=_SIDES)
    text = models.TextField()
    replied_at = models.DateTimeField()
    replied_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")

    class Meta(EngagementShared.Meta):
        indexes = [models.Index(fields=["dispute", "id"])]


class DisputeClosing(EngagementShared):
    """The last word on a disputed point, of the party that raised it; there is one."""

    dispute = models.OneToOneField(Dispute, on_delete=models.PROTECT, related_name="closing")
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in _CLOSED])
    text = models.TextField()
    closed_at = models.DateTimeField()
    closed_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")
