"""State a post of an engagement, who holds it and who stands in."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from tallystick.actions.governing import NameTaken, TooManyParts, free_name, tell
from tallystick.actions.held_engagement import held_engagement
from tallystick.actions.refusals import NotPermitted, require
from tallystick.engine.refusals import Refusal
from tallystick.records.engagements import Engagement
from tallystick.records.people import Person, people_of_side
from tallystick.records.posts import Post
from tallystick.records.roles import Duty, Side
from tallystick.records.viewer import Viewer

MOST = 100
"""The most posts of an engagement: each of them is a person to keep informed."""


class PostTwice(NameTaken):
    """One name is one post."""

    code = "post.twice"


class HolderRefused(Refusal):
    """A post is held by somebody of its own side, and by one person."""

    code = "post.holder-refused"


class TooManyPosts(TooManyParts):
    """More posts than anybody keeps informed."""

    code = "post.too-many"


@dataclass(frozen=True, slots=True)
class PostWording:
    """What a post is called, whose it is, and who fills it; without a holder it is vacant."""

    name: str
    side: Side
    holder: Person | None = None
    deputy: Person | None = None
    vacant_since: date | None = None


@transaction.atomic
def state_post(
    *,
    engagement: Engagement,
    wording: PostWording,
    amends: Post | None = None,
    by: Viewer,
    as_of: datetime,
) -> Post:
    """
    Keep a post, or mend one; the client states those of both sides, a provider its own.

    Raises:
        NotPermitted, TextNeeded, TextTooLong, PostTwice, HolderRefused, TooManyPosts
    """
    require(by, Duty.GOVERN)
    demand_own_side(wording.side if not amends else Side(amends.side), by)
    held_engagement(engagement.pk)
    name = free_name(
        Post,
        engagement,
        wording.name,
        amends,
        longest=120,
        most=MOST,
        taken=PostTwice,
        too_many=TooManyPosts,
    )
    _demand_people(engagement, wording)
    post = amends or Post(engagement=engagement, side=wording.side)
    post.name, post.holder, post.deputy = name, wording.holder, wording.deputy
    post.vacant_since = None if wording.holder else wording.vacant_since or as_of.date()
    post.stated_at, post.stated_by = as_of, by.person
    post.save()
    tell(
        post,
        f"{'Changed' if amends else 'Stated'} the post “{name}”: {_filled(wording)}.",
        action="state_post",
        payload=_plain(post),
        by=by,
        as_of=as_of,
    )
    return post


def demand_own_side(side: Side, by: Viewer) -> None:
    """
    Let a provider state no post but its own; the client states those of both sides.

    Raises:
        NotPermitted
    """
    if not by.is_client and side is not Side.PROVIDER:
        raise NotPermitted(
            "The client's posts are the client's to fill.",
            place="side",
            remedy="Ask the client, or state a post of your own side.",
        )


def _demand_people(engagement: Engagement, wording: PostWording) -> None:
    known = set(people_of_side(engagement, wording.side).values_list("pk", flat=True))
    for place, person in (("holder", wording.holder), ("deputy", wording.deputy)):
        if person is not None and person.pk not in known:
            raise HolderRefused(
                f"{person.name} does not act for the {wording.side}.",
                place=place,
                remedy=f"Choose somebody of the {wording.side}.",
            )
    if wording.deputy and wording.deputy == wording.holder:
        raise HolderRefused(
            f"{wording.deputy.name} cannot stand in for themselves.",
            place="deputy",
            remedy="Choose another person, or leave it open for now.",
        )


def _filled(wording: PostWording) -> str:
    if wording.holder is None:
        return "vacant"
    stands_in = f", {wording.deputy.name} stands in" if wording.deputy else ""
    return f"{wording.holder.name}{stands_in}"


def _plain(post: Post) -> dict[str, Any]:
    return {
        "name": post.name,
        "side": post.side,
        "holder": post.holder.public_id if post.holder else None,
        "deputy": post.deputy.public_id if post.deputy else None,
        "vacant_since": post.vacant_since.isoformat() if post.vacant_since else None,
    }
