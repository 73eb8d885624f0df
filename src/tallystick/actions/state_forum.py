"""State a forum: how often it meets, who belongs to it, and what it always speaks of."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F

from tallystick.actions.governing import demand_own, free_name, tell
from tallystick.actions.held_engagement import held_engagement
from tallystick.actions.meetings_planned import local_day, plan_ahead
from tallystick.actions.refusals import require
from tallystick.actions.texts import checked
from tallystick.engine.governance.cadence import read_cadence
from tallystick.engine.refusals import Refusal
from tallystick.records.engagements import Engagement
from tallystick.records.forums import Forum, ForumLevel, Seat
from tallystick.records.meetings import MeetingState
from tallystick.records.posts import Post
from tallystick.records.roles import Duty, Side
from tallystick.records.viewer import Viewer

MOST, MOST_SEATS, MOST_LINES = 30, 40, 30
LONGEST_MEETING = 8 * 60
LOOKED_BACK = timedelta(days=366)
"""How long ago the first meeting of a forum may lie, whose history is recorded afterwards."""


class ForumRefused(Refusal):
    """A part of a forum has a value that it cannot have."""

    code = "forum.part-refused"


@dataclass(frozen=True, slots=True)
class ForumWording:
    """How a forum meets; `chairs` are members too, at most one of each side."""

    name: str
    level: str
    rule: str
    first_on: date
    at: time
    zone: str
    minutes: int = 60
    chairs: Sequence[Post] = ()
    members: Sequence[Post] = ()
    client_quorum: int = 1
    provider_quorum: int = 1
    standing: Sequence[str] = field(default=())


@transaction.atomic
def state_forum(
    *,
    engagement: Engagement,
    wording: ForumWording,
    amends: Forum | None = None,
    by: Viewer,
    as_of: datetime,
) -> Forum:
    """
    Keep a forum with its seats, and plan its meetings; a change replans those not yet prepared.

    Raises:
        NotPermitted, TextNeeded, TextTooLong, NameTaken, TooManyParts, NotOfEngagement,
        ForumRefused, CadenceRefused, CadenceNeverFires, CadenceTooOften
    """
    require(by, Duty.GOVERN)
    held_engagement(engagement.pk)
    forum = amends or Forum(engagement=engagement)
    before = (forum.name, forum.minutes)
    forum.name = free_name(Forum, engagement, wording.name, amends, longest=120, most=MOST)
    _check(engagement, wording, amends, as_of)
    cadence = read_cadence(wording.rule, wording.first_on, wording.at, wording.zone)
    forum.rule, forum.first_on = cadence.rule, cadence.first_on
    forum.at, forum.zone = cadence.at, cadence.zone
    forum.level, forum.minutes = wording.level, wording.minutes
    forum.client_quorum, forum.provider_quorum = wording.client_quorum, wording.provider_quorum
    forum.standing = _lines(wording.standing)
    forum.stated_at, forum.stated_by = as_of, by.person
    forum.save()
    _seat(forum, wording)
    if amends and before != (forum.name, forum.minutes):
        # What calendars show of it is another thing: whoever was invited is told.
        ahead = forum.meetings.filter(state=MeetingState.PLANNED, due_at__gt=as_of)
        ahead.update(change=F("change") + 1)
    since = local_day(forum, as_of) if amends else forum.first_on
    plan_ahead(forum, since, as_of)
    tell(
        forum,
        f"{'Changed' if amends else 'Stated'} the {forum.level} forum “{forum.name}”.",
        action="state_forum",
        payload=_plain(forum, wording),
        by=by,
        as_of=as_of,
    )
    return forum


def _check(
    engagement: Engagement, wording: ForumWording, amends: Forum | None, as_of: datetime
) -> None:
    if wording.level not in list(ForumLevel):
        raise ForumRefused(
            f"There is no level {wording.level[:40]!r}.",
            place="level",
            remedy=f"Choose one of: {', '.join(ForumLevel)}.",
        )
    if not 5 <= wording.minutes <= LONGEST_MEETING:
        raise ForumRefused(
            f"A meeting of {wording.minutes} minutes is none.",
            place="minutes",
            remedy=f"Give from 5 to {LONGEST_MEETING} minutes.",
        )
    if not amends and wording.first_on < as_of.date() - LOOKED_BACK:
        raise ForumRefused(
            f"The first day, {wording.first_on}, lies more than a year back.",
            place="first_on",
            remedy="Begin within the last year; what was before is no longer steered by it.",
        )
    _check_seats(engagement, wording)


def _check_seats(engagement: Engagement, wording: ForumWording) -> None:
    posts = {each.pk: each for each in (*wording.chairs, *wording.members)}.values()
    for post in posts:
        demand_own(engagement, post, "members")
    if len(posts) > MOST_SEATS:
        raise ForumRefused(
            f"{len(posts)} posts are too many for a meeting.",
            place="members",
            remedy=f"Seat those who decide, at most {MOST_SEATS}; others read the minutes.",
        )
    for side in Side:
        if sum(post.side == side for post in wording.chairs) > 1:
            raise ForumRefused(
                f"Two posts of the {side} take the chair.",
                place="chairs",
                remedy="Choose one of each side.",
            )
        quorum = wording.client_quorum if side is Side.CLIENT else wording.provider_quorum
        seats = sum(post.side == side for post in posts)
        if not 0 <= quorum <= seats:
            raise ForumRefused(
                f"A quorum of {quorum} cannot be reached: the {side} has {seats} "
                f"{'seat' if seats == 1 else 'seats'}.",
                place=f"{side}_quorum",
                remedy="Give more posts a seat, or ask for fewer.",
            )


def _lines(given: Sequence[str]) -> list[str]:
    lines = [checked(each, "standing", longest=200) for each in given if each.strip()]
    if len(lines) > MOST_LINES:
        raise ForumRefused(
            f"{len(lines)} standing lines fill no agenda that anybody gets through.",
            place="standing",
            remedy=f"Keep at most {MOST_LINES}.",
        )
    return lines


def _seat(forum: Forum, wording: ForumWording) -> None:
    chairs = {each.pk for each in wording.chairs}
    posts = {each.pk: each for each in (*wording.chairs, *wording.members)}
    forum.seats.all().delete()
    Seat.objects.bulk_create(
        Seat(
            engagement=forum.engagement,
            forum=forum,
            post=post,
            side=post.side,
            chairs=post.pk in chairs,
        )
        for post in posts.values()
    )


def _plain(forum: Forum, wording: ForumWording) -> dict[str, Any]:
    return {
        "name": forum.name,
        "level": forum.level,
        "rule": forum.rule,
        "first_on": forum.first_on.isoformat(),
        "at": f"{forum.at:%H:%M}",
        "zone": forum.zone,
        "minutes": forum.minutes,
        "chairs": [each.public_id for each in wording.chairs],
        "members": [each.public_id for each in wording.members],
        "quorum": {"client": forum.client_quorum, "provider": forum.provider_quorum},
        "standing": forum.standing,
    }
