"""The world's governance: posts of both sides, one of them vacant."""

from collections.abc import Callable

from tallystick.actions.state_post import PostWording, state_post
from tallystick.records.engagements import Engagement
from tallystick.records.posts import Post
from tallystick.records.roles import Side
from tallystick.records.viewer import Viewer
from tests.cast import TODAY

Token = Callable[[str], str]
"""Gives a text that stands nowhere else."""


def govern(engagement: Engagement, lead: Viewer, reader: Viewer, token: Token) -> dict[str, str]:
    """Give an engagement what two organisations need to talk; return the ids of addresses."""
    _post(engagement, PostWording(token("Post"), Side.CLIENT, lead.person), lead)
    # A provider may change its own posts alone, the client all.
    post = _post(engagement, PostWording(token("Post"), Side.PROVIDER, reader.person), lead)
    _post(engagement, PostWording(token("Vacant post"), Side.PROVIDER), lead)
    return {"post_id": post.public_id}


def _post(engagement: Engagement, wording: PostWording, lead: Viewer) -> Post:
    return state_post(engagement=engagement, wording=wording, by=lead, as_of=TODAY)


def governance_rows(engagement: Engagement, number: int, by: Viewer) -> None:
    """Add a row of each kind of governance."""
    Post.objects.create(
        engagement=engagement,
        name=f"Post {number}",
        side=by.organisation.side,
        holder=by.person,
        stated_at=TODAY,
        stated_by=by.person,
    )
