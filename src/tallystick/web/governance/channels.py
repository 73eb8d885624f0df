"""Channels: how the parties reach each other for one purpose."""

from datetime import UTC, datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from tallystick.actions.remove_channel import remove_channel
from tallystick.actions.state_channel import state_channel
from tallystick.records.agreements import agreement_on
from tallystick.records.channels import Channel
from tallystick.records.engagements import Engagement
from tallystick.records.posts import Post
from tallystick.web.form_pages import form_page, posted
from tallystick.web.forms.governance import ChannelForm
from tallystick.web.governance.frames import governance_around
from tallystick.web.lookup import ViewerRequest, find


def new(request: ViewerRequest, engagement_id: str) -> HttpResponse:
    """State a channel."""
    engagement = find(Engagement, request.viewer, engagement_id, "client", "provider")
    return _state(request, engagement, None)


def edit(request: ViewerRequest, channel_id: str) -> HttpResponse:
    """Change a channel."""
    channel = find(
        Channel, request.viewer, channel_id, "engagement__client", "engagement__provider",
        "client_post", "provider_post",
    )  # fmt: skip
    return _state(request, channel.engagement, channel)


def remove(request: ViewerRequest, channel_id: str) -> HttpResponse:
    """Take a channel away."""
    channel = find(Channel, request.viewer, channel_id, "engagement__client")
    remove_channel(channel=channel, by=request.viewer, as_of=datetime.now(UTC))
    messages.success(request, f"The channel for “{channel.purpose}” is gone.")
    return redirect(_back(channel.engagement))


def _back(engagement: Engagement) -> str:
    return reverse("governance", args=[engagement.public_id]) + "#channels"


def _state(request: ViewerRequest, engagement: Engagement, channel: Channel | None) -> HttpResponse:
    now = datetime.now(UTC)
    posts = Post.objects.visible_to(request.viewer).filter(engagement=engagement)
    agreement = agreement_on(engagement, now.date())
    calendars = sorted(agreement.document["calendars"]) if agreement else []
    form = ChannelForm(list(posts.order_by("side", "name")), calendars, channel, posted(request))
    removed = reverse("channel_remove", args=[channel.public_id]) if channel else ""
    return form_page(
        request,
        form,
        lambda: state_channel(
            engagement=engagement,
            wording=form.wording(),
            amends=channel,
            by=request.viewer,
            as_of=now,
        ),
        lambda: (
            governance_around(request, engagement)
            | {"remove": removed, "remove_label": "Take it away"}
        ),
        changes=channel,
        title=f"Change the channel for {channel}" if channel else "State a channel",
        lead="One purpose, one channel: nobody has to guess whom to call.",
        said="The channel is kept.",
        back=_back(engagement),
    )
