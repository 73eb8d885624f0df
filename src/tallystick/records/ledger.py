"""The ledger: who did what and when, append-only, one chain per audience."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from tallystick.records.audience import Audience, Record
from tallystick.records.engagements import Engagement
from tallystick.records.organisations import Organisation

if TYPE_CHECKING:
    from tallystick.records.viewer import Viewer


class LedgerEntry(Record):
    """
    One act. It belongs to an engagement's shared chain or to the client's private one.

    The database refuses to change or delete it (a trigger on SQLite and PostgreSQL).
    """

    audience = Audience.BY_CHAIN

    engagement = models.ForeignKey(
        Engagement, on_delete=models.PROTECT, related_name="ledger", null=True, blank=True
    )
    client = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="ledger", null=True, blank=True
    )
    at = models.DateTimeField()
    by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")
    on_behalf_of = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    action = models.CharField(max_length=60)
    noun = models.CharField(max_length=40)
    subject = models.CharField(max_length=12)
    sentence = models.CharField(max_length=300)
    payload = models.JSONField()

    class Meta(Record.Meta):
        constraints = [
            # Shared and private acts never mix: gaps in one numbering would tell of the other.
            models.CheckConstraint(
                condition=models.Q(engagement__isnull=False, client__isnull=True)
                | models.Q(engagement__isnull=True, client__isnull=False),
                name="ledger_entry_has_one_chain",
            )
        ]
        indexes = [
            models.Index(fields=["engagement", "-id"]),
            models.Index(fields=["client", "-id"]),
        ]

    @classmethod
    def visibility(cls, viewer: Viewer) -> models.Q:
        """Return: shared chains of the viewer's engagements, and the client's own chain."""
        shared = models.Q(engagement__in=Engagement.objects.visible_to(viewer))
        return shared | models.Q(client=viewer.organisation)
