"""Mail: what waits to be sent to one person, and how that person wants it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from django.db import models

from tallystick.engine.mail_times import Pace
from tallystick.records.audience import Audience, Record

if TYPE_CHECKING:
    from tallystick.records.viewer import Viewer


class Invites(StrEnum):
    """What an invitation does to the calendar of whoever gets it."""

    REQUEST = "request"
    CANCEL = "cancel"


class Mail(Record):
    """
    One mail to one person, from when it is due until the mail server has taken it.

    It holds no text: that is written when it is sent, from what the person may see then. While
    the server is away it waits, and what comes meanwhile joins it. With an `event` it is an
    invitation, else it is a digest of notifications.
    """

    audience = Audience.OWN

    person = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="mails")
    organisation = models.ForeignKey(
        "records.Organisation", on_delete=models.PROTECT, related_name="+"
    )
    event = models.CharField(max_length=80, blank=True)
    sequence = models.PositiveIntegerField(default=0)
    invites = models.CharField(
        max_length=10, choices=[(m.value, m.value) for m in Invites], blank=True
    )
    made_at = models.DateTimeField()
    failed = models.PositiveIntegerField(default=0)
    refusal = models.CharField(max_length=200, blank=True)
    retry_at = models.DateTimeField(null=True, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    lines = models.PositiveIntegerField(default=0)

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation"],
                condition=models.Q(sent_at=None, event=""),
                name="one_digest_waits",
            ),
            models.UniqueConstraint(
                fields=["person", "event", "sequence", "invites"],
                condition=~models.Q(event=""),
                name="invited_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "id"],
                condition=models.Q(sent_at=None),
                name="mail_waiting",
            ),
            models.Index(fields=["person", "-made_at"]),
        ]

    @classmethod
    def visibility(cls, viewer: Viewer) -> models.Q:
        """Return: the viewer's own."""
        return models.Q(person=viewer.person, organisation=viewer.organisation)


class MailPreference(Record):
    """How often one person wants mail, and when; without a row, once a day."""

    audience = Audience.OWN

    person = models.OneToOneField(
        "records.Person", on_delete=models.PROTECT, related_name="mail_preference"
    )
    pace = models.CharField(
        max_length=10, choices=[(p.value, p.value) for p in Pace], default=Pace.DAILY
    )
    zone = models.CharField(max_length=60, default="UTC")
    hour = models.PositiveSmallIntegerField(default=7)
    weekday = models.PositiveSmallIntegerField(default=0)
    quiet_from = models.PositiveSmallIntegerField(null=True, blank=True)
    quiet_until = models.PositiveSmallIntegerField(null=True, blank=True)
    since = models.DateTimeField(null=True, blank=True)
    nonce = models.CharField(max_length=43)
    token_hash = models.CharField(max_length=64, unique=True)
    stated_at = models.DateTimeField(null=True, blank=True)

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(hour__lte=23, weekday__lte=6), name="mail_at_an_hour"
            ),
            models.CheckConstraint(
                condition=models.Q(quiet_from=None, quiet_until=None)
                | (
                    models.Q(quiet_from__lte=23, quiet_until__lte=23)
                    & ~models.Q(quiet_from=models.F("quiet_until"))
                ),
                name="quiet_from_until",
            ),
        ]

    @classmethod
    def visibility(cls, viewer: Viewer) -> models.Q:
        """Return: the viewer's own."""
        return models.Q(person=viewer.person)
