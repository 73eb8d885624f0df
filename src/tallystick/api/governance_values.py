"""What the operations of governance take and give."""

from datetime import date

from pydantic import Field

from tallystick.api.lookup import NamesNothing
from tallystick.api.values import Clock, Id, In, Line, OptionalLine, Out
from tallystick.engine.governance.responsibilities import Letter
from tallystick.records.channels import Channel
from tallystick.records.engagements import Engagement
from tallystick.records.forums import Forum, ForumLevel
from tallystick.records.posts import Post
from tallystick.records.viewer import Viewer


class PartOut(Out):
    """A post's part in an activity."""

    post: str
    letter: Letter


class HoleOut(Out):
    """Something wrong with an activity; `post` is empty where no cell is there to be wrong."""

    kind: str
    post: str
    sentence: str


class ActivityOut(Out):
    """A row of the responsibility matrix, with what is wrong in it."""

    id: str
    name: str
    parts: list[PartOut]
    holes: list[HoleOut]


class PartIn(In):
    """A post by its id, and its letter."""

    post: Id
    letter: Letter


class StateActivity(In):
    """An activity to keep with all its parts; `amends` names one to word anew."""

    name: Line
    parts: list[PartIn] = Field(default=[], max_length=400)
    amends: Id | None = None


class ChannelOut(Out):
    """A channel."""

    id: str
    purpose: str
    medium: str
    calendar: str
    hours: str
    answer_minutes: int | None
    language: str
    client_post: str | None
    provider_post: str | None


class StateChannel(In):
    """A channel to keep; `amends` names one to word anew."""

    purpose: Line
    medium: Line
    calendar: OptionalLine = ""
    hours: OptionalLine = ""
    answer_minutes: int | None = None
    language: OptionalLine = ""
    client_post: Id | None = None
    provider_post: Id | None = None
    amends: Id | None = None


class SeatOut(Out):
    """A post that has a seat in a forum."""

    post: str
    chairs: bool


class ForumOut(Out):
    """A forum; `rule` is one of RFC 5545, `at` a time of day in `zone`."""

    id: str
    name: str
    level: ForumLevel
    rule: str
    first_on: date
    at: Clock
    zone: str
    minutes: int
    client_quorum: int
    provider_quorum: int
    standing: list[str]
    seats: list[SeatOut]
    ended_on: date | None


class StateForum(In):
    """A forum to keep with its seats; `amends` names one to word anew."""

    name: Line
    level: ForumLevel
    rule: Line
    first_on: date
    at: Clock
    zone: Line
    minutes: int = 60
    chairs: list[Id] = Field(default=[], max_length=2)
    members: list[Id] = Field(default=[], max_length=100)
    client_quorum: int = 1
    provider_quorum: int = 1
    standing: list[OptionalLine] = Field(default=[], max_length=100)
    amends: Id | None = None


class EndForum(In):
    """The last day of a forum."""

    on: date


class RateOut(Out):
    """How many of how many."""

    count: int
    of: int


class FiguresOut(Out):
    """Half a year in figures; days are medians, `latency` and `longest_wait` in working days."""

    held: RateOut
    client_quorum: RateOut
    provider_quorum: RateOut
    latency: float | None
    waiting: int
    longest_wait: int
    open_actions: int
    open_age: float | None
    overdue: RateOut


def posts_of(viewer: Viewer, engagement: Engagement, keys: list[str], place: str) -> list[Post]:
    """Return the posts that a list names, in its order, in one query."""
    rows = Post.objects.visible_to(viewer).filter(engagement=engagement, public_id__in=keys)
    known = {each.public_id: each for each in rows}
    for key in keys:
        if key not in known:
            raise NamesNothing(
                f"There is no post {key!r} here.",
                place=place,
                remedy="Give the id that another operation gave you.",
            )
    return [known[key] for key in keys]


def channel_out(channel: Channel) -> ChannelOut:
    """Return a channel; its posts were read along."""
    plain = ("purpose", "medium", "calendar", "hours", "answer_minutes", "language")
    return ChannelOut(
        id=channel.public_id,
        client_post=channel.client_post.public_id if channel.client_post else None,
        provider_post=channel.provider_post.public_id if channel.provider_post else None,
        **{name: getattr(channel, name) for name in plain},
    )


def forum_out(forum: Forum) -> ForumOut:
    """Return a forum; its seats were read along."""
    plain = (
        "name", "level", "rule", "first_on", "zone", "minutes", "client_quorum",
        "provider_quorum", "standing", "ended_on",
    )  # fmt: skip
    return ForumOut(
        id=forum.public_id,
        seats=[SeatOut(post=each.post.public_id, chairs=each.chairs) for each in forum.seats.all()],
        at=f"{forum.at:%H:%M}",
        **{name: getattr(forum, name) for name in plain},
    )
