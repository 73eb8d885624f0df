"""State an activity of the responsibility matrix, and which post has which part in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from tallystick.actions.governing import demand_own, free_name, tell
from tallystick.actions.held_engagement import held_engagement
from tallystick.actions.refusals import require
from tallystick.engine.governance.responsibilities import Letter
from tallystick.records.activities import Activity, Responsibility
from tallystick.records.engagements import Engagement
from tallystick.records.posts import Post
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer

MOST = 200
"""The most activities of a matrix; more is a process manual."""


@dataclass(frozen=True, slots=True)
class ActivityWording:
    """What is to be done over and over, and (post, letter) pairs; holes are told, not refused."""

    name: str
    parts: Sequence[tuple[Post, Letter]] = ()
    position: int | None = None


@transaction.atomic
def state_activity(
    *,
    engagement: Engagement,
    wording: ActivityWording,
    amends: Activity | None = None,
    by: Viewer,
    as_of: datetime,
) -> Activity:
    """
    Keep a row of the matrix, or word it anew with all its parts.

    Raises:
        NotPermitted, TextNeeded, TextTooLong, NameTaken, TooManyParts, NotOfEngagement
    """
    require(by, Duty.GOVERN)
    held_engagement(engagement.pk)
    name = free_name(Activity, engagement, wording.name, amends, most=MOST)
    for post, _ in wording.parts:
        demand_own(engagement, post, "parts")
    activity = amends or Activity(engagement=engagement)
    activity.name = name
    if wording.position is not None:
        activity.position = min(max(0, wording.position), 10_000)
    elif not amends:
        activity.position = Activity.objects.filter(engagement=engagement).count() + 1
    activity.stated_at, activity.stated_by = as_of, by.person
    activity.save()
    _replace_parts(activity, wording.parts)
    tell(
        activity,
        f"{'Changed' if amends else 'Stated'} who does what in “{name}”.",
        action="state_activity",
        payload={
            "name": name,
            "parts": [[post.public_id, letter.value] for post, letter in wording.parts],
        },
        by=by,
        as_of=as_of,
    )
    return activity


def _replace_parts(activity: Activity, parts: Sequence[tuple[Post, Letter]]) -> None:
    activity.responsibilities.all().delete()
    Responsibility.objects.bulk_create(
        Responsibility(
            engagement=activity.engagement, activity=activity, post=post, letter=letter.value
        )
        for post, letter in dict.fromkeys(parts)
    )
