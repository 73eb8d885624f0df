"""Who does what, by which channels people reach each other, and how governance fares."""

from collections import defaultdict
from datetime import UTC, date, datetime, time

from ninja import Query
from pydantic import Field

from tallystick.actions.remove_activity import remove_activity
from tallystick.actions.remove_channel import remove_channel
from tallystick.actions.set_up_governance import (
    STARTER_ACTIVITIES,
    STARTER_CHANNELS,
    STARTER_FORUMS,
    STARTER_POSTS,
    StarterSet,
    set_up_governance,
)
from tallystick.actions.state_activity import ActivityWording, state_activity
from tallystick.actions.state_channel import ChannelWording, state_channel
from tallystick.api.governance_values import (
    ActivityOut,
    ChannelOut,
    FiguresOut,
    HoleOut,
    PartOut,
    RateOut,
    StateActivity,
    StateChannel,
    channel_out,
    posts_of,
)
from tallystick.api.lookup import ViewerRequest, find, named
from tallystick.api.routing import Operations
from tallystick.api.values import Clock, In, Line, Listed, SafePage, listed
from tallystick.engine.governance.figures import GovernanceFigures, Rate
from tallystick.engine.governance.responsibilities import Defect, Letter, defects_of
from tallystick.records.activities import Activity, matrix_of, matrix_rows
from tallystick.records.channels import Channel
from tallystick.records.engagements import Engagement
from tallystick.records.governance_figures import governance_figures
from tallystick.records.policies import policy_for
from tallystick.records.posts import Staffing
from tallystick.records.roles import Side
from tallystick.records.viewer import Viewer

operations = Operations(tags=["Governance"])


class SetUpGovernance(In):
    """
    A starter set to keep: those of its parts whose names are listed.

    The forums meet from `first_on` on, at one local time.
    """

    posts: list[Line] = Field(max_length=20)
    activities: list[Line] = Field(max_length=20)
    forums: list[Line] = Field(max_length=20)
    channels: list[Line] = Field(max_length=20)
    first_on: date
    at: Clock
    zone: Line


@operations.reads(
    "/engagements/{engagement_id}/responsibilities", "responsibilities", Listed[ActivityOut]
)
def responsibilities(
    request: ViewerRequest, engagement_id: str, asked: Query[SafePage]
) -> Listed[ActivityOut]:
    """Return the responsibility matrix, each hole in its row."""
    engagement = find(Engagement, request.viewer, engagement_id)
    rows = Activity.objects.visible_to(request.viewer).filter(engagement=engagement)
    return listed(_matrix(request.viewer, engagement, matrix_of(rows)), asked, lambda each: each)


def _matrix(
    viewer: Viewer, engagement: Engagement, activities: list[Activity]
) -> list[ActivityOut]:
    policy = policy_for(viewer, engagement)
    rows = matrix_rows(activities, Staffing([engagement]))
    found: defaultdict[int, list[Defect]] = defaultdict(list)
    for defect in defects_of(rows, policy.accountable_share, policy.fewest_activities):
        found[defect.row].append(defect)
    return [
        ActivityOut(
            id=each.public_id,
            name=each.name,
            parts=[
                PartOut(post=part.post.public_id, letter=Letter(part.letter))
                for part in each.responsibilities.all()
            ],
            holes=[
                HoleOut(kind=hole.kind.value, post=hole.post, sentence=hole.sentence)
                for hole in found[number]
            ],
        )
        for number, each in enumerate(activities)
    ]


@operations.acts(
    "/engagements/{engagement_id}/responsibilities/state", "state_activity", ActivityOut, 201
)
def state_row(request: ViewerRequest, engagement_id: str, given: StateActivity) -> ActivityOut:
    """Keep an activity with all its parts, or word it anew."""
    engagement = find(Engagement, request.viewer, engagement_id, "client", "provider")
    amends = (
        named(Activity, request.viewer, given.amends, place="amends", within=engagement)
        if given.amends
        else None
    )
    keys = [each.post for each in given.parts]
    posts = posts_of(request.viewer, engagement, keys, "parts")
    letters = [each.letter for each in given.parts]
    activity = state_activity(
        engagement=engagement,
        wording=ActivityWording(given.name, list(zip(posts, letters, strict=True))),
        amends=amends,
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    kept = Activity.objects.visible_to(request.viewer).filter(pk=activity.pk)
    return _matrix(request.viewer, engagement, matrix_of(kept))[0]


@operations.acts("/activities/{activity_id}/remove", "remove_activity", Listed[ActivityOut])
def remove_row(request: ViewerRequest, activity_id: str) -> Listed[ActivityOut]:
    """Take an activity off the matrix; the answer is what is left."""
    activity = find(Activity, request.viewer, activity_id, "engagement__client")
    remove_activity(activity=activity, by=request.viewer, as_of=datetime.now(UTC))
    left = Activity.objects.visible_to(request.viewer).filter(engagement=activity.engagement)
    rows = _matrix(request.viewer, activity.engagement, matrix_of(left))
    return listed(rows, SafePage(limit=200, offset=0), lambda each: each)


@operations.reads("/engagements/{engagement_id}/channels", "channels", Listed[ChannelOut])
def channels(
    request: ViewerRequest, engagement_id: str, asked: Query[SafePage]
) -> Listed[ChannelOut]:
    """Return how the parties reach each other, by purpose."""
    return listed(_channels(request, find(Engagement, request.viewer, engagement_id)), asked,
                  channel_out)  # fmt: skip


def _channels(request: ViewerRequest, engagement: Engagement) -> list[Channel]:
    rows = Channel.objects.visible_to(request.viewer).filter(engagement=engagement)
    return list(rows.select_related("client_post", "provider_post").order_by("purpose"))


@operations.acts("/engagements/{engagement_id}/channels/state", "state_channel", ChannelOut, 201)
def state_one(request: ViewerRequest, engagement_id: str, given: StateChannel) -> ChannelOut:
    """Keep a channel, or word it anew."""
    engagement = find(Engagement, request.viewer, engagement_id, "client", "provider")
    amends = (
        named(Channel, request.viewer, given.amends, place="amends", within=engagement)
        if given.amends
        else None
    )
    posts = {}
    for side in Side:
        key = given.client_post if side is Side.CLIENT else given.provider_post
        place = f"{side}_post"
        found = posts_of(request.viewer, engagement, [key], place) if key else [None]
        posts[place] = found[0]
    plain = given.model_dump(exclude={"amends", "client_post", "provider_post"})
    channel = state_channel(
        engagement=engagement,
        wording=ChannelWording(
            **plain, client_post=posts["client_post"], provider_post=posts["provider_post"]
        ),
        amends=amends,
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    return channel_out(channel)


@operations.acts("/channels/{channel_id}/remove", "remove_channel", Listed[ChannelOut])
def remove_one(request: ViewerRequest, channel_id: str) -> Listed[ChannelOut]:
    """Take a channel away; the answer is what is left."""
    channel = find(Channel, request.viewer, channel_id, "engagement__client")
    remove_channel(channel=channel, by=request.viewer, as_of=datetime.now(UTC))
    left = _channels(request, channel.engagement)
    return listed(left, SafePage(limit=200, offset=0), channel_out)


@operations.reads("/engagements/{engagement_id}/governance", "governance_figures", FiguresOut)
def figures(request: ViewerRequest, engagement_id: str) -> FiguresOut:
    """Return how the parties meet and decide, over half a year."""
    engagement = find(Engagement, request.viewer, engagement_id)
    return _figures(engagement)


@operations.acts(
    "/engagements/{engagement_id}/governance/set-up", "set_up_governance", FiguresOut, 201
)
def set_up(request: ViewerRequest, engagement_id: str, given: SetUpGovernance) -> FiguresOut:
    """Begin with the starter set, or a part of it."""
    engagement = find(Engagement, request.viewer, engagement_id, "client", "provider")
    set_up_governance(
        engagement=engagement,
        chosen=StarterSet(
            posts=[each for each in STARTER_POSTS if each.name in given.posts],
            activities=[each for each in STARTER_ACTIVITIES if each.name in given.activities],
            forums=[each for each in STARTER_FORUMS if each.name in given.forums],
            channels=[each for each in STARTER_CHANNELS if each.purpose in given.channels],
            first_on=given.first_on,
            at=time.fromisoformat(given.at),
            zone=given.zone,
        ),
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    return _figures(engagement)


def _figures(engagement: Engagement) -> FiguresOut:
    found: GovernanceFigures = governance_figures(engagement, datetime.now(UTC).date())
    return FiguresOut(
        held=_rate(found.held),
        client_quorum=_rate(found.client_quorum),
        provider_quorum=_rate(found.provider_quorum),
        latency=None if found.latency is None else float(found.latency),
        waiting=found.waiting,
        longest_wait=found.longest_wait,
        open_actions=found.open_actions,
        open_age=None if found.open_age is None else float(found.open_age),
        overdue=_rate(found.overdue),
    )


def _rate(rate: Rate) -> RateOut:
    return RateOut(count=rate.count, of=rate.of)
