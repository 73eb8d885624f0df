"""The table of posts: who speaks for each party, and who stands in."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from tallystick.records.engagements import Engagement
from tallystick.records.posts import Post, Staffing
from tallystick.records.roles import Side
from tallystick.web.components.words import day
from tallystick.web.lookup import ViewerRequest
from tallystick.web.tables import Column, Empty, Table


@dataclass(frozen=True, slots=True)
class PostLine:
    """A post as a row of the table."""

    post: Post
    name: str
    party: str
    holder: str
    deputy: str
    may_edit: bool


COLUMNS = (
    Column("name", "Post"),
    Column("party", "Of"),
    Column("holder", "Holder"),
    Column("deputy", "Deputy"),
    Column(
        "may_edit",
        "Change",
        template="governance/cells/change_post.html",
        sortable=False,
        searchable=False,
        in_files=False,
        labelled=False,
    ),  # fmt: skip,
)


def post_table(
    request: ViewerRequest,
    engagement: Engagement,
    posts: Sequence[Post],
    staffing: Staffing,
    *,
    may_govern: bool,
) -> Table:
    """Return the table; the posts were read with who holds them."""
    lines = [_line(request, engagement, staffing, each, may_govern) for each in posts]
    empty = Empty(
        "No post yet",
        "A post is a part that somebody has: who steers, who delivers, who decides. Name them "
        "once; matrix, forums and the escalation ladder then point at posts, not at people.",
        "State a post" if may_govern else "",
        reverse("post_new", args=[engagement.public_id]),
    )
    return Table(COLUMNS, lines, request.GET, caption="Posts", empty=empty, name="posts")


def _line(
    request: ViewerRequest,
    engagement: Engagement,
    staffing: Staffing,
    post: Post,
    may_govern: bool,
) -> PostLine:
    holder, deputy = staffing.holder(post), staffing.deputy(post)
    since = staffing.vacant_since(post)
    own = request.viewer.is_client or post.side == Side.PROVIDER
    return PostLine(
        post=post,
        name=post.name,
        party=str(engagement.client if post.side == Side.CLIENT else engagement.provider),
        holder=holder.name if holder else f"Vacant since {day(since)}",
        deputy=deputy.name if deputy else "",
        may_edit=may_govern and own,
    )
