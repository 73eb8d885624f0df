"""Posts: who speaks for each party, and who stands in."""

from datetime import UTC, datetime

from django.http import HttpResponse
from django.urls import reverse

from tallystick.actions.state_post import demand_own_side, state_post
from tallystick.records.engagements import Engagement
from tallystick.records.posts import Post
from tallystick.records.roles import Side
from tallystick.web.form_pages import form_page, posted
from tallystick.web.forms.posts import PostForm
from tallystick.web.governance.frames import governance_around
from tallystick.web.lookup import ViewerRequest, find


def new(request: ViewerRequest, engagement_id: str) -> HttpResponse:
    """State a post."""
    engagement = find(Engagement, request.viewer, engagement_id, "client", "provider")
    return _state(request, engagement, None)


def edit(request: ViewerRequest, post_id: str) -> HttpResponse:
    """Change a post: mostly, who holds it."""
    post = find(
        Post, request.viewer, post_id, "engagement__client", "engagement__provider", "holder",
        "deputy",
    )  # fmt: skip
    # Whom the other side could name is not shown to whoever may not name them.
    demand_own_side(Side(post.side), request.viewer)
    return _state(request, post.engagement, post)


def _state(request: ViewerRequest, engagement: Engagement, post: Post | None) -> HttpResponse:
    form = PostForm(engagement, _sides(request, engagement, post), post, posted(request))
    return form_page(
        request,
        form,
        lambda: state_post(
            engagement=engagement,
            wording=form.wording(),
            amends=post,
            by=request.viewer,
            as_of=datetime.now(UTC),
        ),
        lambda: governance_around(request, engagement),
        changes=post,
        title=f"Change {post}" if post else "State a post",
        lead="People come and go; the post stays, and everything that names it stays right.",
        said="The post is kept.",
        back=reverse("governance", args=[engagement.public_id]) + "#posts",
    )


def _sides(request: ViewerRequest, engagement: Engagement, post: Post | None) -> tuple[Side, ...]:
    """Return the sides whose posts the viewer may state; a post never changes sides."""
    if post:
        return (Side(post.side),)
    if not request.viewer.is_client:
        return (Side.PROVIDER,)
    return (Side.CLIENT, Side.PROVIDER) if engagement.provider_id else (Side.CLIENT,)
