"""Governance at a glance: who speaks, who does what, where people meet, and how that goes."""

from datetime import UTC, date, datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tallystick.engine.governance.figures import GovernanceFigures, Rate
from tallystick.records.channels import Channel
from tallystick.records.engagements import Engagement
from tallystick.records.forums import Forum
from tallystick.records.governance_figures import governance_figures
from tallystick.records.meetings import Meeting, MeetingState
from tallystick.records.posts import Staffing
from tallystick.records.roles import Duty
from tallystick.web.components.words import ABSENT, duration, moment_text, percent
from tallystick.web.counts import counted
from tallystick.web.frames import frame
from tallystick.web.governance.matrix import MatrixPart, matrix_part
from tallystick.web.governance.post_table import post_table
from tallystick.web.lookup import ViewerRequest, find
from tallystick.web.tables import Column, Empty, Table

FORUMS = (
    Column("name", "Forum", link=lambda row: row["url"]),
    Column("level", "Steers"),
    Column("next", "Next meeting"),
    Column("ended_on", "Last day"),
)
CHANNELS = (
    Column("purpose", "What for", link=lambda row: row["url"]),
    Column("medium", "Channel"),
    Column("hours", "Hours"),
    Column("within", "Answer within"),
    Column("language", "Language"),
    Column("who", "Who answers"),
)


def show(request: ViewerRequest, engagement_id: str) -> HttpResponse:
    """Show everything at a glance."""
    engagement = find(Engagement, request.viewer, engagement_id, "client", "provider")
    may_govern = request.viewer.may(Duty.GOVERN)
    now, staffing = datetime.now(UTC), Staffing([engagement])
    part = matrix_part(request, engagement, staffing)
    posts = post_table(request, engagement, part.posts, staffing, may_govern=may_govern)
    forums = _forums(request, engagement, now, may_govern=may_govern)
    channels = _channels(request, engagement, may_govern=may_govern)
    for name, table in (("posts", posts), ("forums", forums), ("channels", channels)):
        if table.wants_file:
            return table.file(name)
    figures = governance_figures(engagement, now.date())
    shown = {
        "posts": posts,
        "forums": forums,
        "channels": channels,
        "may_govern": may_govern,
        "matrix": _matrix_words(part),
        "holes": len(part.defects),
        "stats": _stats(figures),
        "begins": may_govern and not part.activities and not forums.count,
    }
    return render(request, "governance/show.html", frame(request, engagement, "governance") | shown)


def _matrix_words(part: MatrixPart) -> str:
    if not part.activities:
        return "It is not written down yet who does what."
    holes = counted(len(part.defects), "hole") if part.defects else "no hole"
    rows = counted(len(part.activities), "activity", "activities")
    return f"{rows}, {counted(len(part.posts), 'post')}, {holes}."


def _stats(figures: GovernanceFigures) -> list[tuple[str, str, str]]:
    """Return (label, value, detail) of the figures; of those that nothing is known of, none."""
    told = []
    if figures.held.of:
        told.append(("Meetings held", _share(figures.held), _of(figures.held)))
        sides = (("client", figures.client_quorum), ("provider", figures.provider_quorum))
        told += [
            (f"Quorum of the {side}", _share(rate), _of(rate)) for side, rate in sides if rate.of
        ]
    if figures.latency is not None or figures.waiting:
        taken = figures.latency
        value = ABSENT if taken is None else f"{float(taken):g} days"
        waits = f"{figures.waiting} wait, the longest for {figures.longest_wait}"
        told.append(("From question to decision", value, f"median, working days; {waits}"))
    if figures.open_actions:
        overdue = f"{figures.overdue.count} of {figures.overdue.of} that fell due are overdue"
        age = f"{float(figures.open_age or 0):g} days"
        told.append((f"Age of {counted(figures.open_actions, 'open action')}", age, overdue))
    return told


def _share(rate: Rate) -> str:
    return percent(rate.share, 0)


def _of(rate: Rate) -> str:
    return f"{rate.count} of {rate.of} in half a year"


def _forums(
    request: ViewerRequest, engagement: Engagement, now: datetime, *, may_govern: bool
) -> Table:
    planned = Meeting.objects.visible_to(request.viewer).filter(
        engagement=engagement, state=MeetingState.PLANNED, due_at__gte=now
    )
    ahead: dict[int, datetime] = {}
    for forum, due_at in planned.order_by("-due_at").values_list("forum", "due_at"):
        ahead[forum] = due_at
    rows = Forum.objects.visible_to(request.viewer).filter(engagement=engagement)
    lines = [_forum_line(each, ahead.get(each.pk)) for each in rows.order_by("level", "name")]
    empty = Empty(
        "No forum yet",
        "A forum is a series of meetings with a rhythm and seats. Its meetings come with an agenda "
        "that is filled from what is open.",
        "State a forum" if may_govern else "",
        reverse("forum_new", args=[engagement.public_id]),
    )
    return Table(
        FORUMS, lines, request.GET, caption="Forums", empty=empty, name="forums", filtering=False
    )


def _forum_line(forum: Forum, due_at: datetime | None) -> dict[str, Any]:
    ended: date | None = forum.ended_on
    return {
        "name": forum.name,
        "url": reverse("forum", args=[forum.public_id]),
        "level": forum.level.capitalize(),
        "next": moment_text(due_at, forum.zone) if due_at else "None planned",
        "ended_on": ended,
    }


def _channels(request: ViewerRequest, engagement: Engagement, *, may_govern: bool) -> Table:
    rows = Channel.objects.visible_to(request.viewer).filter(engagement=engagement)
    read = rows.select_related("client_post", "provider_post").order_by("purpose")
    empty = Empty(
        "No channel yet",
        "A channel says for one purpose how the parties reach each other, in whose hours, and how "
        "fast one answers.",
        "State a channel" if may_govern else "",
        reverse("channel_new", args=[engagement.public_id]),
    )
    return Table(
        CHANNELS,
        [_channel_line(each, may_govern=may_govern) for each in read],
        request.GET,
        caption="Channels",
        empty=empty,
        name="channels",
        filtering=False,
    )


def _channel_line(channel: Channel, *, may_govern: bool) -> dict[str, Any]:
    minutes = channel.answer_minutes
    posts = [str(each) for each in (channel.client_post, channel.provider_post) if each]
    return {
        "purpose": channel.purpose,
        "url": reverse("channel_edit", args=[channel.public_id]) if may_govern else "",
        "medium": channel.medium,
        "hours": f"Calendar “{channel.calendar}”" if channel.calendar else channel.hours,
        "within": duration(minutes * 60) if minutes else "",
        "language": channel.language,
        "who": ", ".join(posts),
    }
