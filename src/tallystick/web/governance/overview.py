"""Governance at a glance: who speaks for each party."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tallystick.records.engagements import Engagement
from tallystick.records.posts import Post, Staffing
from tallystick.records.roles import Duty, Side
from tallystick.web.components.words import day
from tallystick.web.frames import frame
from tallystick.web.lookup import ViewerRequest, find
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
    ),  # fmt: skip,
)


def show(request: ViewerRequest, engagement_id: str) -> HttpResponse:
    """Show who speaks for each party."""
    engagement = find(Engagement, request.viewer, engagement_id, "client", "provider")
    may_govern = request.viewer.may(Duty.GOVERN)
    table = _posts(request, engagement, may_govern)
    if table.wants_file:
        return table.file("posts")
    shown = {"posts": table, "may_govern": may_govern}
    return render(request, "governance/show.html", frame(request, engagement, "governance") | shown)


def _posts(request: ViewerRequest, engagement: Engagement, may_govern: bool) -> Table:
    rows = (
        Post.objects.visible_to(request.viewer)
        .filter(engagement=engagement)
        .select_related("holder", "deputy")
        .order_by("side", "name")
    )
    staffing = Staffing([engagement])
    lines = [_line(request, engagement, staffing, each, may_govern) for each in rows]
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
