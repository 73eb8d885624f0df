"""Organisations and who belongs to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import apps
from django.db import models

from tallystick.records.audience import Audience, Record
from tallystick.records.roles import Role, Side

if TYPE_CHECKING:
    from tallystick.records.viewer import Viewer


class Organisation(Record):
    """A client or a provider."""

    audience = Audience.DIRECTORY

    name = models.CharField(max_length=120, unique=True)
    side = models.CharField(max_length=10, choices=[(s.value, s.value) for s in Side])

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(side__in=[s.value for s in Side]), name="organisation_side"
            )
        ]

    @classmethod
    def visibility(cls, viewer: Viewer) -> models.Q:
        """Return: one's own, for the client its providers, for a provider its clients."""
        engagements = apps.get_model("records", "Engagement")._default_manager.visible_to(viewer)
        other = "provider" if viewer.is_client else "client"
        known = engagements.exclude(**{other: None}).values(other)
        return models.Q(pk=viewer.organisation.pk) | models.Q(pk__in=known)

    def __str__(self) -> str:
        return self.name


class Membership(Record):
    """A person's role in an organisation, from one day until another."""

    audience = Audience.DIRECTORY

    person = models.ForeignKey(
        "records.Person", on_delete=models.PROTECT, related_name="memberships"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(max_length=20, choices=[(r.value, r.value) for r in Role])
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(ended_at=None),
                name="one_membership_at_a_time",
            )
        ]
        indexes = [models.Index(fields=["organisation", "ended_at"])]

    @classmethod
    def visibility(cls, viewer: Viewer) -> models.Q:
        """Return: the memberships of organisations that the viewer may see."""
        return models.Q(organisation__in=Organisation.objects.visible_to(viewer))


def providers_known_to(viewer: Viewer) -> models.QuerySet[Organisation]:
    """
    Return the providers that a client may appoint, by name; none for a provider.

    Wider than `visible_to`: a provider's first engagement must begin somewhere, and whoever
    runs the installation admitted them all by name.
    """
    if not viewer.is_client:
        return Organisation.objects.none()
    return Organisation.objects.filter(side=Side.PROVIDER).order_by("name")
