"""Forums: how often the parties meet, who has a seat, and the meetings that follow from it."""

from datetime import UTC, datetime
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tallystick.actions.chairing import may_chair
from tallystick.actions.end_forum import end_forum
from tallystick.actions.state_forum import state_forum
from tallystick.records.agreements import agreement_on
from tallystick.records.dealing_terms import zone_of
from tallystick.records.engagements import Engagement
from tallystick.records.forums import Forum, holidays_of, seats_read
from tallystick.records.meetings import Meeting
from tallystick.records.posts import Post, Staffing
from tallystick.records.roles import Duty
from tallystick.web.components.words import day
from tallystick.web.form_pages import form_page, posted
from tallystick.web.forms.governance import LEVELS, ForumEndForm, ForumForm
from tallystick.web.governance.frames import governance_around
from tallystick.web.governance.meeting_words import MeetingLine, line_of
from tallystick.web.lookup import ViewerRequest, find
from tallystick.web.rhythm_words import rhythm_words
from tallystick.web.tables import Column, Empty, Table

COLUMNS = (
    Column("when", "Meeting", link=lambda row: row.url),
    Column("state", "State", template="governance/cells/state.html"),
    Column("quorum", "Quorum"),
    Column("note", "To know"),
)


def show(request: ViewerRequest, forum_id: str) -> HttpResponse:
    """Show a forum: its seats, its rhythm, its meetings."""
    forum = find(Forum, request.viewer, forum_id, "engagement__client", "engagement__provider")
    table = _meetings(request, forum)
    if table.wants_file:
        return table.file("meetings")
    staffing = Staffing([forum.engagement])
    seats = forum.seats.select_related("post__holder", "post__deputy")
    shown = {
        "forum": forum,
        "facts": _facts(forum),
        "seats": [
            (seat, staffing.speaker(seat.post))
            for seat in seats.order_by("side", "-chairs", "post__name")
        ],
        "meetings": table,
        "may_govern": request.viewer.may(Duty.GOVERN),
        "may_call": request.viewer.may(Duty.MEET) and may_chair(request.viewer, forum, staffing),
    }
    around = governance_around(request, forum.engagement)
    return render(request, "governance/forum.html", around | shown)


def _facts(forum: Forum) -> list[tuple[str, Any]]:
    return [
        ("Steers", LEVELS[forum.level]),
        ("Meets", rhythm_words(forum.rule)),
        ("Begins", f"{forum.at:%H:%M}, {forum.zone}, for {forum.minutes} minutes"),
        ("From", day(forum.first_on)),
        ("Last day", day(forum.ended_on) if forum.ended_on else "None set"),
        ("Quorum", f"{forum.client_quorum} of the client, {forum.provider_quorum} of the provider"),
        ("On every agenda", "; ".join(forum.standing)),
    ]


def _meetings(request: ViewerRequest, forum: Forum) -> Table:
    now = datetime.now(UTC)
    holidays = holidays_of(forum.engagement, now.date())
    rows = Meeting.objects.visible_to(request.viewer).filter(forum=forum)
    lines: list[MeetingLine] = [
        line_of(each, now, holidays)
        for each in rows.select_related("forum").defer("agenda", "minutes").order_by("-due_at")
    ]
    empty = Empty("No meeting", "The forum has ended, or its cadence gives none.")
    return Table(COLUMNS, lines, request.GET, caption="Meetings", empty=empty, name="meetings")


def new(request: ViewerRequest, engagement_id: str) -> HttpResponse:
    """State a forum."""
    engagement = find(Engagement, request.viewer, engagement_id, "client", "provider")
    return _state(request, engagement, None)


def edit(request: ViewerRequest, forum_id: str) -> HttpResponse:
    """Change a forum; meetings that nobody prepared follow its new cadence."""
    forum = find(Forum, request.viewer, forum_id, "engagement__client", "engagement__provider")
    return _state(request, forum.engagement, forum)


def end(request: ViewerRequest, forum_id: str) -> HttpResponse:
    """Give a forum its last day."""
    forum = find(Forum, request.viewer, forum_id, "engagement__client", "engagement__provider")
    form = ForumEndForm(posted(request))
    page = reverse("forum", args=[forum.public_id])
    return form_page(
        request,
        form,
        lambda: end_forum(
            forum=forum, on=form.cleaned_data["on"], by=request.viewer, as_of=datetime.now(UTC)
        ),
        lambda: governance_around(request, forum.engagement, (forum.name, page)),
        title=f"End {forum}",
        lead="Meetings planned after its last day are taken away; those held stay.",
        said="The forum has its last day.",
        back=page,
        submit="End the forum",
    )


def _state(request: ViewerRequest, engagement: Engagement, forum: Forum | None) -> HttpResponse:
    posts = Post.objects.visible_to(request.viewer).filter(engagement=engagement)
    agreement = agreement_on(engagement, datetime.now(UTC).date())
    zone = zone_of(agreement) if agreement else "UTC"
    if forum:
        forum = Forum.objects.visible_to(request.viewer).prefetch_related(seats_read()).get(
            pk=forum.pk
        )  # fmt: skip
    form = ForumForm(list(posts.order_by("side", "name")), zone, forum, posted(request))
    page = (
        reverse("forum", args=[forum.public_id])
        if forum
        else reverse("governance", args=[engagement.public_id]) + "#forums"
    )
    return form_page(
        request,
        form,
        partial(_keep, request, engagement, forum, form),
        lambda: governance_around(request, engagement),
        changes=forum,
        title=f"Change {forum}" if forum else "State a forum",
        lead="Its meetings are planned from its rhythm. One that falls on a holiday of the "
        "agreement goes to the next working day.",
        said="The forum is kept, and its meetings are planned.",
        back=page,
    )


def _keep(
    request: ViewerRequest, engagement: Engagement, forum: Forum | None, form: ForumForm
) -> Forum:
    return state_forum(
        engagement=engagement,
        wording=form.wording(),
        amends=forum,
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
