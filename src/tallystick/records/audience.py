"""Every record belongs to an audience, and reading it goes through `visible_to(viewer)`."""

from __future__ import annotations

import secrets
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar, Self, TypeVar

from django.apps import apps
from django.db import models

if TYPE_CHECKING:
    from tallystick.records.viewer import Viewer

M = TypeVar("M", bound="Record")

# No vowels and no look-alikes: an id never spells a word and can be read over the telephone.
_ALPHABET = "23456789bcdfghjkmnpqrstvwxz"


def new_public_id() -> str:
    """Return a random identifier for addresses; it names a record and is never a secret."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(12))


class Audience(StrEnum):
    """Who may read a record."""

    CLIENT_PRIVATE = "only the client's organisation"
    WRITER_PRIVATE = "only the organisation that wrote it"
    ENGAGEMENT_SHARED = "the client and the engagement's provider"
    OPEN_LESSON = "the client's organisation, and the providers it was shared with"
    OWN_UNTIL_CLOSED = "its writer, and once scoring is closed the client's organisation"
    SUMMED = "nobody one by one; both parties read what three or more add up to"
    SUMMED_FOR_CLIENT = "nobody one by one; the client reads what three or more add up to"
    DIRECTORY = "the organisation itself and those that share an engagement with it"
    OWN = "the person alone"
    BY_CHAIN = "the audience of the chain that the entry belongs to"


class ScopedQuerySet(models.QuerySet[M]):
    """A query that knows how to narrow itself to what one viewer may see."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Narrow to the records that this viewer may read; all others do not exist for them."""
        return self.filter(self.model.visibility(viewer))


class Record(models.Model):
    """
    What every stored noun has: a random public id and a declared audience.

    A subclass names its `audience`; one of the shared kinds gives `visibility` for free, any
    other defines it. A test fails for a record that does neither.
    """

    audience: ClassVar[Audience]

    public_id = models.CharField(max_length=12, unique=True, default=new_public_id, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        abstract = True

    @classmethod
    def visibility(cls, viewer: Viewer) -> models.Q:
        """Return the condition under which this viewer may read a row; default: never."""
        raise NotImplementedError(f"{cls.__name__} declares no audience")


class EngagementShared(Record):
    """A record that the client and the engagement's provider both read."""

    audience = Audience.ENGAGEMENT_SHARED

    engagement = models.ForeignKey(
        "records.Engagement", on_delete=models.PROTECT, related_name="%(class)ss"
    )

    class Meta(Record.Meta):
        abstract = True

    @classmethod
    def visibility(cls, viewer: Viewer) -> models.Q:
        """Return: the row's engagement is one of the viewer's."""
        engagement = apps.get_model("records", "Engagement")
        return models.Q(engagement__in=engagement._default_manager.visible_to(viewer))


class ClientPrivate(Record):
    """
    A record that only the client's organisation reads.

    It lives in a table of its own: a forgotten join then shows nothing, not everything.
    """

    audience = Audience.CLIENT_PRIVATE

    client = models.ForeignKey(
        "records.Organisation", on_delete=models.PROTECT, related_name="%(class)ss"
    )

    class Meta(Record.Meta):
        abstract = True

    @classmethod
    def visibility(cls, viewer: Viewer) -> models.Q:
        """Return: the viewer acts for the client that owns the row."""
        if not viewer.is_client:
            return models.Q(pk__in=[])
        return models.Q(client=viewer.organisation)
