"""State a channel: for a purpose, how the parties reach each other, when, and how fast."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from tallystick.actions.governing import demand_own, free_name, tell
from tallystick.actions.held_engagement import held_engagement
from tallystick.actions.refusals import require
from tallystick.actions.texts import checked
from tallystick.engine.refusals import Refusal
from tallystick.records.agreements import agreement_on
from tallystick.records.channels import Channel
from tallystick.records.engagements import Engagement
from tallystick.records.posts import Post
from tallystick.records.roles import Duty, Side
from tallystick.records.viewer import Viewer

MOST = 50
LONGEST_ANSWER = 60 * 24 * 90
"""Minutes after which nobody calls it an answer."""


class ChannelRefused(Refusal):
    """A part of a channel has a value that it cannot have."""

    code = "channel.part-refused"


@dataclass(frozen=True, slots=True)
class ChannelWording:
    """What for, by which medium, in whose hours, how fast, in which language, and who answers."""

    purpose: str
    medium: str
    calendar: str = ""
    hours: str = ""
    answer_minutes: int | None = None
    language: str = ""
    client_post: Post | None = None
    provider_post: Post | None = None


@transaction.atomic
def state_channel(
    *,
    engagement: Engagement,
    wording: ChannelWording,
    amends: Channel | None = None,
    by: Viewer,
    as_of: datetime,
) -> Channel:
    """
    Keep a channel, or word it anew.

    Raises:
        NotPermitted, TextNeeded, TextTooLong, NameTaken, TooManyParts, NotOfEngagement,
        ChannelRefused
    """
    require(by, Duty.GOVERN)
    held_engagement(engagement.pk)
    channel = amends or Channel(engagement=engagement)
    channel.purpose = free_name(
        Channel, engagement, wording.purpose, amends, field="purpose", most=MOST
    )
    channel.medium = checked(wording.medium, "medium", longest=160)
    channel.hours = checked(wording.hours, "hours", longest=160, needed=False)
    channel.language = checked(wording.language, "language", longest=60, needed=False)
    channel.calendar = _calendar(engagement, wording.calendar, as_of)
    channel.answer_minutes = _minutes(wording.answer_minutes)
    channel.client_post = _post(engagement, wording.client_post, Side.CLIENT)
    channel.provider_post = _post(engagement, wording.provider_post, Side.PROVIDER)
    channel.stated_at, channel.stated_by = as_of, by.person
    channel.save()
    tell(
        channel,
        f"{'Changed' if amends else 'Stated'} the channel for “{channel.purpose}”: "
        f"{channel.medium}.",
        action="state_channel",
        payload={
            "purpose": channel.purpose,
            "medium": channel.medium,
            "calendar": channel.calendar,
            "hours": channel.hours,
            "answer_minutes": channel.answer_minutes,
            "language": channel.language,
        },
        by=by,
        as_of=as_of,
    )
    return channel


def _calendar(engagement: Engagement, name: str, as_of: datetime) -> str:
    if not name:
        return ""
    agreement = agreement_on(engagement, as_of.date())
    known = sorted(agreement.document["calendars"]) if agreement else []
    if name not in known:
        raise ChannelRefused(
            f"The agreement has no calendar {name[:80]!r}.",
            place="calendar",
            remedy=f"Choose one of: {', '.join(known)}."
            if known
            else "Say the hours in words until an agreement is in force.",
        )
    return name


def _minutes(given: int | None) -> int | None:
    if given is not None and not 1 <= given <= LONGEST_ANSWER:
        raise ChannelRefused(
            f"An answer within {given} minutes cannot be expected.",
            place="answer_minutes",
            remedy="Give from 1 minute to 90 days, or leave it open.",
        )
    return given


def _post(engagement: Engagement, post: Post | None, side: Side) -> Post | None:
    demand_own(engagement, post, f"{side}_post")
    if post is not None and post.side != side:
        raise ChannelRefused(
            f"“{post}” is a post of the other party.",
            place=f"{side}_post",
            remedy=f"Choose a post of the {side}.",
        )
    return post
