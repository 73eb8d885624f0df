"""Set governance up from a starter set: posts, who does what, forums and channels, in one go."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction

from tallystick.actions.refusals import require
from tallystick.actions.state_activity import ActivityWording, state_activity
from tallystick.actions.state_channel import ChannelWording, state_channel
from tallystick.actions.state_forum import ForumWording, state_forum
from tallystick.actions.state_post import PostWording, state_post
from tallystick.engine.governance.responsibilities import Letter
from tallystick.records.engagements import Engagement
from tallystick.records.posts import Post
from tallystick.records.roles import Duty, Side
from tallystick.records.viewer import Viewer


@dataclass(frozen=True, slots=True)
class StartPost:
    """A post; `key` is what the other parts call it, whatever people name it."""

    key: str
    name: str
    side: Side


@dataclass(frozen=True, slots=True)
class StartActivity:
    """An activity, with letters by the keys of posts."""

    name: str
    letters: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class StartForum:
    """A forum with its chairs and seats by the keys of posts."""

    name: str
    level: str
    rule: str
    minutes: int
    chairs: Sequence[str]
    members: Sequence[str]
    standing: Sequence[str]


@dataclass(frozen=True, slots=True)
class StartChannel:
    """A channel."""

    purpose: str
    medium: str
    answer_minutes: int


@dataclass(frozen=True, slots=True)
class StarterSet:
    """What to begin with; the forums meet from `first_on` on, at one time of day."""

    posts: Sequence[StartPost]
    activities: Sequence[StartActivity]
    forums: Sequence[StartForum]
    channels: Sequence[StartChannel]
    first_on: date
    at: time
    zone: str


@transaction.atomic
def set_up_governance(
    *, engagement: Engagement, chosen: StarterSet, by: Viewer, as_of: datetime
) -> None:
    """
    Keep a starter set as its parts are kept one by one; what refers to no kept post loses that.

    Raises:
        NotPermitted, and whatever state_post, state_activity, state_forum and state_channel refuse
    """
    require(by, Duty.GOVERN)
    posts = {
        each.key: state_post(
            engagement=engagement, wording=PostWording(each.name, each.side), by=by, as_of=as_of
        )
        for each in chosen.posts
    }
    for activity in chosen.activities:
        parts = [
            (posts[key], Letter(letter))
            for key, letters in activity.letters.items()
            if key in posts
            for letter in letters
        ]
        state_activity(
            engagement=engagement,
            wording=ActivityWording(activity.name, parts),
            by=by,
            as_of=as_of,
        )
    for forum in chosen.forums:
        wording = _forum(chosen, forum, posts)
        state_forum(engagement=engagement, wording=wording, by=by, as_of=as_of)
    for channel in chosen.channels:
        state_channel(
            engagement=engagement,
            wording=ChannelWording(
                channel.purpose, channel.medium, answer_minutes=channel.answer_minutes
            ),
            by=by,
            as_of=as_of,
        )


def _forum(chosen: StarterSet, forum: StartForum, posts: Mapping[str, Post]) -> ForumWording:
    chairs = [posts[key] for key in forum.chairs if key in posts]
    members = [posts[key] for key in forum.members if key in posts]
    sides = {each.side for each in (*chairs, *members)}
    return ForumWording(
        name=forum.name,
        level=forum.level,
        rule=forum.rule,
        first_on=chosen.first_on,
        at=chosen.at,
        zone=chosen.zone,
        minutes=forum.minutes,
        chairs=chairs,
        members=members,
        client_quorum=int(Side.CLIENT in sides),
        provider_quorum=int(Side.PROVIDER in sides),
        standing=forum.standing,
    )


STARTER_POSTS = (
    StartPost("sponsor", "Executive sponsor", Side.CLIENT),
    StartPost("manager", "Engagement manager", Side.CLIENT),
    StartPost("owner", "Service owner", Side.CLIENT),
    StartPost("account", "Account manager", Side.PROVIDER),
    StartPost("delivery", "Service delivery manager", Side.PROVIDER),
    StartPost("team", "Team lead of operations", Side.PROVIDER),
)
STARTER_ACTIVITIES = (
    StartActivity("Set priorities of incidents", {"owner": "A", "team": "R", "delivery": "C"}),
    StartActivity("Restore service", {"delivery": "A", "team": "R", "owner": "I"}),
    StartActivity("Measure and report service levels", {"delivery": "AR", "owner": "C"}),
    StartActivity("Approve changes", {"owner": "A", "delivery": "R", "team": "C"}),
    StartActivity("Forecast demand", {"manager": "AR", "account": "C", "delivery": "C"}),
    StartActivity("Manage risks", {"manager": "AR", "delivery": "R", "sponsor": "I"}),
    StartActivity("Plan staff and handovers", {"account": "A", "team": "R", "manager": "I"}),
    StartActivity("Change the contract", {"sponsor": "A", "manager": "R", "account": "C"}),
)
STARTER_FORUMS = (
    StartForum(
        "Operations meeting", "operational", "FREQ=WEEKLY;BYDAY=MO", 30, ("owner", "delivery"),
        ("team",), ("What stops work today", "Changes of the coming week"),
    ),
    StartForum(
        "Service review", "tactical", "FREQ=MONTHLY;BYDAY=2TU", 60, ("manager", "delivery"),
        ("owner", "account"), ("Service levels of last month", "Demand of the next three months"),
    ),
    StartForum(
        "Steering board", "strategic", "FREQ=MONTHLY;INTERVAL=3;BYDAY=2WE", 90,
        ("sponsor", "account"), ("manager", "delivery"), ("Objectives", "Largest risks", "Money"),
    ),
)  # fmt: skip
STARTER_CHANNELS = (
    StartChannel("Service is down", "Telephone of the service desk, then a ticket", 15),
    StartChannel("Questions about daily work", "Team chat", 240),
    StartChannel("Contract and money", "E-mail to the account manager", 2 * 24 * 60),
)
