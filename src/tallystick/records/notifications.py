"""Notifications: what one person is told, and why; never what it is about in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from tallystick.records.audience import Audience, Record
from tallystick.records.engagements import Engagement
from tallystick.records.notices import NoticeKind

if TYPE_CHECKING:
    from tallystick.records.viewer import Viewer


class Notification(Record):
    """
    One thing that one person is told, once a day at most, with the reason.

    It names its subject by id and holds none of its text: what it is called is looked up when
    it is shown or mailed, through what the person may see then.
    """

    audience = Audience.OWN

    person = models.ForeignKey(
        "records.Person", on_delete=models.PROTECT, related_name="notifications"
    )
    organisation = models.ForeignKey(
        "records.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    engagement = models.ForeignKey(
        Engagement, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    kind = models.CharField(max_length=40, choices=[(k.value, k.value) for k in NoticeKind])
    subject = models.CharField(max_length=12)
    reason = models.CharField(max_length=200)
    day = models.DateField()
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    mail = models.ForeignKey(
        "records.Mail",
        on_delete=models.PROTECT,
        related_name="notifications",
        null=True,
        blank=True,
    )

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "subject", "day"], name="told_once_a_day"
            )
        ]
        indexes = [
            models.Index(fields=["person", "-made_at", "-id"]),
            models.Index(
                fields=["person", "made_at"],
                condition=models.Q(read_at=None),
                name="notification_unread",
            ),
            models.Index(
                fields=["organisation", "person", "made_at"],
                condition=models.Q(read_at=None, mail=None),
                name="notification_unmailed",
            ),
        ]

    @classmethod
    def visibility(cls, viewer: Viewer) -> models.Q:
        """Return: the viewer's own, told while they acted for the same organisation."""
        own = models.Q(person=viewer.person, organisation=viewer.organisation)
        seen = models.Q(engagement__in=Engagement.objects.visible_to(viewer))
        return own & (models.Q(engagement=None) | seen)
