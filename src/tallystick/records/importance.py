"""How important each side says an objective is, sealed until both have said it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from tallystick.records.audience import Audience, EngagementShared, Record
from tallystick.records.objectives import Objective
from tallystick.records.organisations import Organisation

if TYPE_CHECKING:
    from tallystick.records.viewer import Viewer


class Importance(Record):
    """
    One party's word on an objective: 1, the least, to 5.

    It belongs to its writer. Once both parties have rated in the same `round`, each has a
    `SharedImportance`; whoever rates anew after that begins the next round.
    """

    audience = Audience.WRITER_PRIVATE

    engagement = models.ForeignKey(
        "records.Engagement", on_delete=models.PROTECT, related_name="importances"
    )
    objective = models.ForeignKey(Objective, on_delete=models.PROTECT, related_name="importances")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    round = models.PositiveIntegerField()
    importance = models.PositiveSmallIntegerField()
    rated_at = models.DateTimeField()
    rated_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["objective", "organisation", "round"], name="a_party_weighs_once_a_round"
            )
        ]

    @classmethod
    def visibility(cls, viewer: Viewer) -> models.Q:
        """Return: the viewer acts for the organisation that rates."""
        return models.Q(organisation=viewer.organisation)


class SharedImportance(EngagementShared):
    """What both parties said in one round, for both to read; never changed."""

    objective = models.ForeignKey(
        Objective, on_delete=models.PROTECT, related_name="shared_importances"
    )
    round = models.PositiveIntegerField()
    client = models.PositiveSmallIntegerField()
    provider = models.PositiveSmallIntegerField()
    shared_at = models.DateTimeField()

    class Meta(EngagementShared.Meta):
        constraints = [
            models.UniqueConstraint(fields=["objective", "round"], name="a_round_is_shared_once")
        ]
