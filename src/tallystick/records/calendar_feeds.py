"""Calendar feeds: the private address at which one person's calendar program reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from tallystick.records.audience import Audience, Record

if TYPE_CHECKING:
    from tallystick.records.viewer import Viewer


class CalendarFeed(Record):
    """
    One person's dates at an address that is its own key; only the hash of its secret is stored.

    It can be revoked, and a new one revokes the one before. It reads, and nothing else.
    """

    audience = Audience.OWN

    person = models.ForeignKey(
        "records.Person", on_delete=models.PROTECT, related_name="calendar_feeds"
    )
    secret_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_read_at = models.DateTimeField(null=True, blank=True)

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(revoked_at=None),
                name="one_feed_at_a_time",
            )
        ]

    @classmethod
    def visibility(cls, viewer: Viewer) -> models.Q:
        """Return: the viewer's own."""
        return models.Q(person=viewer.person)
