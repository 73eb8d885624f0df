"""Internal notes: what the client says to itself about an engagement."""

from django.db import models

from tallystick.records.audience import ClientPrivate
from tallystick.records.engagements import Engagement


class InternalNote(ClientPrivate):
    """A note that no provider ever sees, nor that it exists."""

    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="notes")
    text = models.TextField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")

    class Meta(ClientPrivate.Meta):
        indexes = [models.Index(fields=["client", "engagement", "-written_at"])]
