"""Activities, and which post has which part in them: the matrix over both organisations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import models

from tallystick.engine.governance.responsibilities import Cell, Letter, Row
from tallystick.records.audience import EngagementShared
from tallystick.records.posts import Post

if TYPE_CHECKING:
    from tallystick.records.posts import Staffing


class Activity(EngagementShared):
    """Something that has to be done over and over, whoever does it: a row of the matrix."""

    name = models.CharField(max_length=160)
    position = models.PositiveIntegerField(default=0)
    stated_at = models.DateTimeField()
    stated_by = models.ForeignKey("records.Person", on_delete=models.PROTECT, related_name="+")

    class Meta(EngagementShared.Meta):
        constraints = [
            models.UniqueConstraint(fields=["engagement", "name"], name="activity_name_once")
        ]
        indexes = [models.Index(fields=["engagement", "position"])]

    def __str__(self) -> str:
        return self.name


class Responsibility(EngagementShared):
    """
    A post's part in an activity: it answers for it, does it, is asked, or is told.

    Whoever answers for something may do it as well; those are two rows.
    """

    activity = models.ForeignKey(
        Activity, on_delete=models.CASCADE, related_name="responsibilities"
    )
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="responsibilities")
    letter = models.CharField(max_length=1, choices=[(each.value, each.value) for each in Letter])

    class Meta(EngagementShared.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "post", "letter"], name="a_post_has_a_part_once"
            )
        ]


def matrix_rows(activities: Sequence[Activity], staffing: Staffing) -> list[Row]:
    """Return activities as the engine knows them; their parts and posts were read along."""
    return [
        Row(each.name, [_cell(part, staffing) for part in each.responsibilities.all()])
        for each in activities
    ]


def _cell(part: Responsibility, staffing: Staffing) -> Cell:
    speaker = staffing.speaker(part.post)
    return Cell(
        post=part.post.public_id,
        name=speaker.name if speaker else part.post.name,
        letter=Letter(part.letter),
        person=speaker.public_id if speaker else None,
        vacant_since=None if speaker else staffing.vacant_since(part.post),
    )


def matrix_of(activities: models.QuerySet[Activity]) -> list[Activity]:
    """Return activities in their order with parts, posts and who holds them, in two queries."""
    parts = Responsibility.objects.select_related("post__holder", "post__deputy")
    read = models.Prefetch("responsibilities", queryset=parts.order_by("post", "letter"))
    return list(activities.order_by("position", "id").prefetch_related(read))
