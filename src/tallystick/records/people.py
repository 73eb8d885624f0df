"""People: who signs in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from tallystick.records.audience import Audience, Record, ScopedQuerySet
from tallystick.records.organisations import Membership, Organisation
from tallystick.records.roles import MAY, Duty, Role, Side
from tallystick.records.viewer import Viewer

if TYPE_CHECKING:
    from tallystick.records.engagements import Engagement


class PersonManager(BaseUserManager.from_queryset(ScopedQuerySet)):  # type: ignore[misc]
    """What Django's sign-in asks of a user model's manager."""

    def get_by_natural_key(self, username: str | None) -> Any:
        """Find a person by e-mail address, whatever its case."""
        return self.get(email__iexact=username)


class Person(Record, AbstractBaseUser):
    """A user, known by e-mail address."""

    audience = Audience.DIRECTORY

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)

    objects = PersonManager()  # type: ignore[misc]  # the stubs see an instance variable

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    @classmethod
    def visibility(cls, viewer: Viewer) -> models.Q:
        """Return: the people of organisations that the viewer may see."""
        organisations = Organisation.objects.visible_to(viewer)
        return models.Q(
            pk__in=Membership.objects.filter(organisation__in=organisations).values("person")
        )

    def __str__(self) -> str:
        return self.name


def viewer_of(person: Person) -> Viewer | None:
    """Return who this person acts as now; None for one who belongs to no organisation."""
    membership = (
        Membership.objects.select_related("organisation")
        .filter(person=person, ended_at=None, person__is_active=True)
        .first()
    )
    if membership is None:
        return None
    return Viewer(person=person, organisation=membership.organisation, role=Role(membership.role))


def colleagues_who_may(viewer: Viewer, duty: Duty) -> models.QuerySet[Person]:
    """Return the colleagues of today whose role carries a duty, by name."""
    roles = [role.value for role in MAY[duty]]
    return colleagues_of(viewer).filter(memberships__role__in=roles, memberships__ended_at=None)


def colleagues_of(viewer: Viewer) -> models.QuerySet[Person]:
    """Return the people who act for the viewer's organisation today, by name."""
    return _present_in(viewer.organisation)


def people_of_side(engagement: Engagement, side: Side) -> models.QuerySet[Person]:
    """Return who acts for one party of an engagement today, by name."""
    return _present_in(engagement.client if side is Side.CLIENT else engagement.provider)


def _present_in(organisation: Organisation | None) -> models.QuerySet[Person]:
    present = Membership.objects.filter(organisation=organisation, ended_at=None)
    people = Person.objects.filter(is_active=True, pk__in=present.values("person"))
    ordered: models.QuerySet[Person] = people.order_by("name", "id")
    return ordered
