"""Posts: who speaks for a party in an engagement, who stands in, and since when nobody does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from tallystick.records.audience import EngagementShared
from tallystick.records.organisations import Membership
from tallystick.records.roles import Side

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from tallystick.records.engagements import Engagement
    from tallystick.records.people import Person


class Post(EngagementShared):
    """
    A part that somebody has in an engagement, on one side; forums, matrices and ladders name it.

    A person comes and goes and the post stays, so that nothing else has to be rewritten. Its
    holder is whoever was named and is still a member of that side; without one it is vacant.
    """

    name = models.CharField(max_length=120)
    side = models.CharField(max_length=10, choices=[(s.value, s.value) for s in Side])
    holder = models.ForeignKey(
        "records.Person", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    deputy = models.ForeignKey(
        "records.Person", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    vacant_since = models.DateField(null=True, blank=True)
    stated_at = models.DateTimeField()
    stated_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")

    class Meta(EngagementShared.Meta):
        constraints = [
            models.UniqueConstraint(fields=["engagement", "name"], name="post_name_once"),
            models.CheckConstraint(
                condition=models.Q(holder=None)
                | models.Q(deputy=None)
                | ~models.Q(holder=models.F("deputy")),
                name="nobody_deputises_for_themselves",
            ),
            models.CheckConstraint(
                condition=models.Q(holder=None) ^ models.Q(vacant_since=None),
                name="a_post_is_held_or_vacant",
            ),
        ]
        indexes = [models.Index(fields=["engagement", "side", "name"])]

    def __str__(self) -> str:
        return self.name


class Staffing:
    """
    Who holds the posts of some engagements today; one query, however many posts are asked about.

    Somebody who left the organisation holds nothing from that day on, whatever was written down.
    """

    def __init__(self, engagements: Iterable[Engagement]) -> None:
        parties = {each.client_id for each in engagements}
        parties |= {each.provider_id for each in engagements if each.provider_id}
        rows = Membership.objects.filter(organisation__in=parties).values_list(
            "person", "organisation__side", "ended_at"
        )
        self._present: set[tuple[int, str]] = set()
        self._left: dict[tuple[int, str], date] = {}
        for person, side, ended_at in rows.order_by("id"):
            if ended_at is None:
                self._present.add((person, side))
            else:
                self._left[person, side] = ended_at.date()

    def is_there(self, person: Person) -> bool:
        """Return whether somebody belongs to one of the parties today."""
        return any((person.pk, side.value) in self._present for side in Side)

    def named(self, person: Person, side: str = "") -> str:
        """Return somebody's name, with the side if it is given, and that they left if they did."""
        name = f"{person.name} of the {side}" if side else person.name
        return name if self.is_there(person) else f"{name}, who left"

    def holder(self, post: Post) -> Person | None:
        """Return who holds a post; None where it is vacant."""
        return post.holder if (post.holder_id, post.side) in self._present else None

    def deputy(self, post: Post) -> Person | None:
        """Return who stands in, if they are still there."""
        return post.deputy if (post.deputy_id, post.side) in self._present else None

    def speaker(self, post: Post) -> Person | None:
        """Return who answers for a post today: its holder, or else the deputy."""
        return self.holder(post) or self.deputy(post)

    def vacant_since(self, post: Post) -> date | None:
        """Return since when nobody holds a post; None while somebody does."""
        if self.holder(post) is not None:
            return None
        if post.holder_id is None:
            return post.vacant_since
        return self._left.get((post.holder_id, post.side), post.stated_at.date())
