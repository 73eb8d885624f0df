"""Forums: series of meetings of both parties, and which posts belong to them."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.db import models

from tallystick.engine.governance.cadence import Cadence
from tallystick.engine.service_levels.agreement import read_agreement
from tallystick.records.agreements import Agreement, agreement_on
from tallystick.records.audience import EngagementShared
from tallystick.records.posts import Post
from tallystick.records.roles import Side

if TYPE_CHECKING:
    from datetime import date

    from tallystick.records.engagements import Engagement


class ForumLevel(StrEnum):
    """What a forum is for: the day's work, the month's, or the whole."""

    OPERATIONAL = "operational"
    TACTICAL = "tactical"
    STRATEGIC = "strategic"


class Forum(EngagementShared):
    """
    A series of meetings: how often, for how long, who has to be there, what is always spoken of.

    `rule` is one of RFC 5545; with `first_on`, the local time `at` and its `zone` it gives the
    meetings. A side has its quorum if so many people are there who hold one of its seats, or
    stand in. `standing` are the lines of every agenda. After `ended_on` it meets no more.
    """

    name = models.CharField(max_length=120)
    level = models.CharField(
        max_length=11, choices=[(each.value, each.value) for each in ForumLevel]
    )
    rule = models.CharField(max_length=200)
    first_on = models.DateField()
    at = models.TimeField()
    zone = models.CharField(max_length=60)
    minutes = models.PositiveSmallIntegerField()
    client_quorum = models.PositiveSmallIntegerField(default=1)
    provider_quorum = models.PositiveSmallIntegerField(default=1)
    standing = models.JSONField(default=list, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    stated_at = models.DateTimeField()
    stated_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")

    class Meta(EngagementShared.Meta):
        constraints = [
            models.UniqueConstraint(fields=["engagement", "name"], name="forum_name_once"),
            models.CheckConstraint(
                condition=models.Q(ended_on=None) | models.Q(ended_on__gte=models.F("first_on")),
                name="forum_ends_after_it_begins",
            ),
        ]
        indexes = [models.Index(fields=["engagement", "level", "name"])]

    def __str__(self) -> str:
        return self.name

    @property
    def cadence(self) -> Cadence:
        """Return how often it meets, as it was checked when it was stated."""
        return Cadence(self.rule, self.first_on, self.at, self.zone)

    def quorum(self, side: Side) -> int:
        """Return how many seats of a side have to be filled."""
        return self.client_quorum if side is Side.CLIENT else self.provider_quorum


class Seat(EngagementShared):
    """A post that belongs to a forum; one of each side takes the chair."""

    forum = models.ForeignKey(Forum, on_delete=models.CASCADE, related_name="seats")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="seats")
    # A post never changes sides: what is repeated here cannot become wrong.
    side = models.CharField(max_length=10, choices=[(s.value, s.value) for s in Side])
    chairs = models.BooleanField(default=False)

    class Meta(EngagementShared.Meta):
        constraints = [
            models.UniqueConstraint(fields=["forum", "post"], name="a_post_has_one_seat"),
            models.UniqueConstraint(
                fields=["forum", "side"],
                condition=models.Q(chairs=True),
                name="one_chair_of_each_side",
            ),
        ]


def seats_read() -> models.Prefetch[Any, Any, Any]:
    """Return what to prefetch with forums: seats with their posts, and who holds these."""
    seats = Seat.objects.select_related("post__holder", "post__deputy")
    return models.Prefetch("seats", queryset=seats.order_by("side", "-chairs", "post__name"))


def holidays_of(engagement: Engagement, on: date) -> frozenset[date]:
    """Return every holiday that the agreement of a day names, in any of its calendars."""
    return holidays_in(agreement_on(engagement, on))


def holidays_in(agreement: Agreement | None) -> frozenset[date]:
    """Return the holidays of all calendars of an agreement; none without one."""
    if agreement is None:
        return frozenset()
    terms = read_agreement(agreement.document)
    return frozenset(day for each in terms.calendars.values() for day in each.holidays)
