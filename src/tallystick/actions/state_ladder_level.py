"""State a level of the escalation ladder: whom to call on both sides, how, and how fast."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from tallystick.actions.findings_kept import keep_findings_in
from tallystick.actions.held_engagement import held_engagement
from tallystick.actions.ledger import enter, shared_chain
from tallystick.actions.refusals import NotPermitted, require
from tallystick.actions.texts import checked
from tallystick.engine.refusals import Refusal
from tallystick.records.clocks import Clocks
from tallystick.records.engagements import Engagement
from tallystick.records.ladders import LEVELS, LadderLevel
from tallystick.records.posts import Post
from tallystick.records.roles import Duty, Side
from tallystick.records.viewer import Viewer

LONGEST_WAIT = 90 * 24 * 60
"""The most minutes to respond: what waits longer is no escalation."""


class LevelRefused(Refusal):
    """A part of a level has a value that it cannot have."""

    code = "ladder.part-refused"


@dataclass(frozen=True, slots=True)
class LevelWording:
    """
    What a level says; what is still empty is shown as a gap, not refused.

    `respond_minutes` are counted on `calendar`, one of the agreement's, or round the clock.
    """

    level: int
    trigger: str = ""
    client_post: Post | None = None
    provider_post: Post | None = None
    channel: str = ""
    respond_minutes: int | None = None
    calendar: str = ""


@transaction.atomic
def state_ladder_level(
    *, engagement: Engagement, wording: LevelWording, by: Viewer, as_of: datetime
) -> LadderLevel:
    """
    Keep a level, or change it; the client states all of it, a provider its own contact.

    Turns that run keep the clock they began with; the next one follows what is stated now.

    Raises:
        NotPermitted, LevelRefused, TextTooLong
    """
    require(by, Duty.GOVERN)
    held_engagement(engagement.pk)
    _demand_parts(wording, engagement, as_of)
    level = LadderLevel.objects.filter(engagement=engagement, level=wording.level).first()
    level = level or LadderLevel(engagement=engagement, level=wording.level)
    words = {
        "trigger": checked(wording.trigger, "trigger", longest=300, needed=False),
        "channel": checked(wording.channel, "channel", longest=200, needed=False),
    }
    if not by.is_client:
        _demand_own(level, wording, words)
    level.trigger, level.channel = words["trigger"], words["channel"]
    level.client_post, level.provider_post = wording.client_post, wording.provider_post
    level.respond_minutes, level.calendar = wording.respond_minutes, wording.calendar
    level.stated_at, level.stated_by = as_of, by.person
    level.save()
    enter(
        level,
        f"Stated level {level.level} of the escalation ladder.",
        action="state_ladder_level",
        payload=_plain(level),
        chain=shared_chain(engagement),
        by=by,
        as_of=as_of,
    )
    keep_findings_in([engagement], as_of, by=by)
    return level


def _demand_parts(wording: LevelWording, engagement: Engagement, as_of: datetime) -> None:
    if wording.level not in LEVELS:
        raise LevelRefused(
            f"There is no level {wording.level}.",
            place="level",
            remedy=f"Choose a level from {LEVELS[0]} to {LEVELS[-1]}.",
        )
    for side, post in ((Side.CLIENT, wording.client_post), (Side.PROVIDER, wording.provider_post)):
        if post is not None and (post.engagement_id, post.side) != (engagement.pk, side):
            raise LevelRefused(
                f"“{post}” is no post of the {side} in this engagement.",
                place=f"{side}_post",
                remedy=f"Choose a post of the {side}, or state it first.",
            )
    _demand_clock(wording, engagement, as_of)


def _demand_clock(wording: LevelWording, engagement: Engagement, as_of: datetime) -> None:
    minutes = wording.respond_minutes
    if minutes is not None and not 0 < minutes <= LONGEST_WAIT:
        raise LevelRefused(
            f"The time to respond is {minutes} minutes.",
            place="respond_minutes",
            remedy=f"Give from 1 to {LONGEST_WAIT} minutes.",
        )
    if not wording.calendar:
        return
    clocks = Clocks([engagement])
    known = clocks.names(engagement.pk, as_of.date())
    # A ladder is drafted before the agreement is signed; then nobody can know its calendars.
    if (known and wording.calendar not in known) or len(wording.calendar) > 80:
        raise LevelRefused(
            f"The agreement has no calendar {wording.calendar[:80]!r}.",
            place="calendar",
            remedy=f"Leave it empty for round the clock, or choose one of: {', '.join(known)}.",
        )


def _demand_own(level: LadderLevel, wording: LevelWording, words: dict[str, str]) -> None:
    """Let a provider name its own contact, and change nothing else."""
    told = (words["trigger"], words["channel"], wording.client_post, wording.respond_minutes,
            wording.calendar)  # fmt: skip
    stands = (level.trigger, level.channel, level.client_post, level.respond_minutes,
              level.calendar)  # fmt: skip
    if told != stands:
        raise NotPermitted(
            "When a level is used, how fast it answers and whom the client sends is the client's "
            "to state.",
            place="level",
            remedy="Name your own contact, and ask the client for the rest.",
        )


def _plain(level: LadderLevel) -> dict[str, Any]:
    return {
        "level": level.level,
        "trigger": level.trigger,
        "client_post": level.client_post.public_id if level.client_post else None,
        "provider_post": level.provider_post.public_id if level.provider_post else None,
        "channel": level.channel,
        "respond_minutes": level.respond_minutes,
        "calendar": level.calendar,
    }
