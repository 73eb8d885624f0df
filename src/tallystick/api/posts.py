"""Posts: who speaks for each party of an engagement, and who stands in."""

from datetime import UTC, date, datetime

from ninja import Query

from tallystick.actions.state_post import PostWording, state_post
from tallystick.api.lookup import ViewerRequest, find, named, named_person
from tallystick.api.routing import Operations
from tallystick.api.values import Id, In, Line, Listed, Out, PersonOut, SafePage, listed, person_out
from tallystick.records.engagements import Engagement
from tallystick.records.people import Person
from tallystick.records.posts import Post, Staffing
from tallystick.records.roles import Side

operations = Operations(tags=["Governance"])


class PostOut(Out):
    """A post; `holder` is null and `vacant_since` says since when where nobody holds it."""

    id: str
    name: str
    side: Side
    holder: PersonOut | None
    deputy: PersonOut | None
    vacant_since: date | None


class StatePost(In):
    """A post to keep; `amends` names one to change, which stays on its side."""

    name: Line
    side: Side
    holder: Id | None = None
    deputy: Id | None = None
    vacant_since: date | None = None
    amends: Id | None = None


def _out(post: Post, staffing: Staffing) -> PostOut:
    holder, deputy = staffing.holder(post), staffing.deputy(post)
    return PostOut(
        id=post.public_id,
        name=post.name,
        side=Side(post.side),
        holder=person_out(holder) if holder else None,
        deputy=person_out(deputy) if deputy else None,
        vacant_since=staffing.vacant_since(post),
    )


@operations.reads("/engagements/{engagement_id}/posts", "posts", Listed[PostOut])
def posts(request: ViewerRequest, engagement_id: str, asked: Query[SafePage]) -> Listed[PostOut]:
    """Return the posts of both parties, and who fills them today."""
    engagement = find(Engagement, request.viewer, engagement_id)
    rows = Post.objects.visible_to(request.viewer).filter(engagement=engagement)
    staffing = Staffing([engagement])
    ordered = rows.select_related("holder", "deputy").order_by("side", "name")
    return listed(ordered, asked, lambda post: _out(post, staffing))


@operations.acts("/engagements/{engagement_id}/posts/state", "state_post", PostOut, status=201)
def state(request: ViewerRequest, engagement_id: str, given: StatePost) -> PostOut:
    """State a post, or change who fills it."""
    engagement = find(Engagement, request.viewer, engagement_id, "client", "provider")
    amends = (
        named(Post, request.viewer, given.amends, place="amends", within=engagement)
        if given.amends
        else None
    )
    side = Side(amends.side) if amends else given.side
    post = state_post(
        engagement=engagement,
        wording=PostWording(
            name=given.name,
            side=side,
            holder=_of_side(engagement, side, given.holder, "holder"),
            deputy=_of_side(engagement, side, given.deputy, "deputy"),
            vacant_since=given.vacant_since,
        ),
        amends=amends,
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    return _out(post, Staffing([engagement]))


def _of_side(engagement: Engagement, side: Side, key: str | None, place: str) -> Person | None:
    return named_person(engagement, key, place=place, sides=(side,)) if key else None
