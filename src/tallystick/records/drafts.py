"""Drafts of agreements: what one party is still writing, in a table that the other never reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from tallystick.records.audience import Audience, Record
from tallystick.records.organisations import Organisation

if TYPE_CHECKING:
    from tallystick.records.viewer import Viewer


class AgreementDraft(Record):
    """
    A document that is not proposed yet, as it was written; it may still lack clauses.

    Proposing it makes an agreement of it, which both parties see, and removes the draft.
    """

    audience = Audience.WRITER_PRIVATE

    engagement = models.ForeignKey(
        "records.Engagement", on_delete=models.PROTECT, related_name="drafts"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="drafts")
    title = models.CharField(max_length=200)
    document = models.JSONField()
    digest = models.CharField(max_length=71)
    drafted_at = models.DateTimeField()
    drafted_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")
    edited_at = models.DateTimeField()
    edited_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")

    class Meta(Record.Meta):
        indexes = [models.Index(fields=["organisation", "engagement", "-edited_at"])]

    @classmethod
    def visibility(cls, viewer: Viewer) -> models.Q:
        """Return: the viewer acts for the organisation that is writing it."""
        return models.Q(organisation=viewer.organisation)
