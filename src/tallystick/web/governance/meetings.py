"""One meeting: its agenda, who was there, what was said, decided and given to do."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tallystick.actions.call_meeting import call_meeting
from tallystick.actions.chairing import may_chair
from tallystick.actions.hold_meeting import hold_meeting
from tallystick.actions.meetings_planned import local_day
from tallystick.actions.move_meeting import move_meeting
from tallystick.actions.prepare_agenda import prepare_agenda
from tallystick.actions.skip_meeting import skip_meeting
from tallystick.actions.write_minutes import write_minutes
from tallystick.records.action_items import ActionItem
from tallystick.records.agendas import agenda_of
from tallystick.records.decisions import Decision
from tallystick.records.forums import Forum, holidays_of, seats_read
from tallystick.records.meetings import Attendance, Meeting, MeetingState
from tallystick.records.posts import Staffing
from tallystick.records.roles import Duty
from tallystick.web.components.words import moment_text
from tallystick.web.form_pages import form_page, posted
from tallystick.web.forms.meetings import CallForm, HoldForm, MinutesForm, MoveForm, SkipForm
from tallystick.web.forms.refusals import refused_on_the_next_page
from tallystick.web.governance.frames import governance_around
from tallystick.web.governance.meeting_words import (
    agenda_words,
    meeting_name,
    notes_of,
    quorum_words,
    state_of,
)
from tallystick.web.lookup import ViewerRequest, find

_READ = ("forum", "engagement__client", "engagement__provider", "minuted_by")


def _meeting(request: ViewerRequest, meeting_id: str) -> Meeting:
    return find(Meeting, request.viewer, meeting_id, *_READ)


def _at(meeting: Meeting) -> str:
    return reverse("meeting", args=[meeting.public_id])


def _crumb(meeting: Meeting) -> tuple[str, str]:
    return meeting_name(meeting), _at(meeting)


def show(request: ViewerRequest, meeting_id: str) -> HttpResponse:
    """Show a meeting; before its agenda is prepared, what would stand on it today."""
    meeting, now = _meeting(request, meeting_id), datetime.now(UTC)
    viewer, on = request.viewer, local_day(meeting.forum, meeting.due_at)
    ahead = meeting.agenda is None and meeting.state == MeetingState.PLANNED
    sections = agenda_of(meeting.forum, on, now) if ahead else meeting.agenda or []
    there = Attendance.objects.visible_to(viewer).filter(meeting=meeting)
    asked = Decision.objects.visible_to(viewer).filter(asked_in=meeting)
    decided = Decision.objects.visible_to(viewer).filter(decided_in=meeting)
    given = ActionItem.objects.visible_to(viewer).filter(meeting=meeting)
    may_meet = viewer.may(Duty.MEET)
    may_decide = may_meet and meeting.state == MeetingState.HELD
    asked = asked.exclude(decided_on=None) if may_decide else asked
    shown = {
        "meeting": meeting,
        "state": state_of(meeting, now),
        "when": moment_text(meeting.due_at, meeting.forum.zone),
        "notes": notes_of(meeting, holidays_of(meeting.engagement, on)),
        "ahead": ahead,
        "agenda": agenda_words(sections),
        "quorum": quorum_words(meeting),
        "there": there.select_related("person").order_by("side", "person__name"),
        "asked": asked.select_related("owner").order_by("id"),
        "waiting": _waiting(request, meeting) if may_decide else (),
        "own_side": viewer.organisation.side,
        "decided": decided.select_related("owner").order_by("id"),
        "given": given.select_related("owner").order_by("due_on", "id"),
        "may_run": _may_run(request, meeting),
        "may_meet": may_meet,
    }
    around = governance_around(
        request,
        meeting.engagement,
        (meeting.forum.name, reverse("forum", args=[meeting.forum.public_id])),
    )
    return render(request, "governance/meeting.html", around | shown)


def _waiting(request: ViewerRequest, meeting: Meeting) -> QuerySet[Decision]:
    """Return the questions that the meeting can decide: those of its forum, of none, asked here."""
    waiting = Decision.objects.visible_to(request.viewer).filter(
        engagement=meeting.engagement, decided_on=None
    )
    here = Q(forum=meeting.forum) | Q(forum=None) | Q(asked_in=meeting)
    return waiting.filter(here).select_related("owner").order_by("asked_on", "id")


def _may_run(request: ViewerRequest, meeting: Meeting) -> bool:
    if not request.viewer.may(Duty.MEET):
        return False
    forums = Forum.objects.visible_to(request.viewer).prefetch_related(seats_read())
    return may_chair(
        request.viewer, forums.get(pk=meeting.forum_id), Staffing([meeting.engagement])
    )


def prepare(request: ViewerRequest, meeting_id: str) -> HttpResponse:
    """Freeze the agenda as it is now."""
    meeting = _meeting(request, meeting_id)
    with refused_on_the_next_page(request):
        prepare_agenda(meeting=meeting, by=request.viewer, as_of=datetime.now(UTC))
        messages.success(request, "The agenda is prepared; both parties read it.")
    return redirect("meeting", meeting.public_id)


def move(request: ViewerRequest, meeting_id: str) -> HttpResponse:
    """Move a meeting to another day or time."""
    meeting = _meeting(request, meeting_id)
    form = MoveForm(posted(request), initial=_local(meeting))
    return form_page(
        request,
        form,
        lambda: move_meeting(
            meeting=meeting, by=request.viewer, as_of=datetime.now(UTC), **form.cleaned_data
        ),
        lambda: governance_around(request, meeting.engagement, _crumb(meeting)),
        title=f"Move the meeting of {meeting.forum}",
        lead=f"Times are those of {meeting.forum.zone}.",
        said="The meeting is moved.",
        back=_at(meeting),
        submit="Move it",
    )


def call(request: ViewerRequest, forum_id: str) -> HttpResponse:
    """Call a meeting outside the cadence of its forum."""
    forum = find(Forum, request.viewer, forum_id, "engagement__client", "engagement__provider")
    form = CallForm(posted(request))
    there = reverse("forum", args=[forum.public_id])
    return form_page(
        request,
        form,
        lambda: call_meeting(
            forum=forum, by=request.viewer, as_of=datetime.now(UTC), **form.cleaned_data
        ),
        lambda: governance_around(request, forum.engagement, (forum.name, there)),
        title=f"Call a meeting of {forum}",
        lead=f"For what cannot wait for the next one. Times are those of {forum.zone}.",
        said="The meeting is called. Whoever has a seat is invited.",
        back=there,
        submit="Call it",
    )


def _local(meeting: Meeting) -> dict[str, object]:
    local = meeting.due_at.astimezone(ZoneInfo(meeting.forum.zone))
    return {"on": local.date(), "at": local.time()}


def skip(request: ViewerRequest, meeting_id: str) -> HttpResponse:
    """Skip a meeting."""
    meeting = _meeting(request, meeting_id)
    form = SkipForm(posted(request))
    return form_page(
        request,
        form,
        lambda: skip_meeting(
            meeting=meeting, by=request.viewer, as_of=datetime.now(UTC), **form.cleaned_data
        ),
        lambda: governance_around(request, meeting.engagement, _crumb(meeting)),
        title=f"Skip the meeting of {meeting.forum}",
        lead="It counts as one that was not held. Moving it is better.",
        said="The meeting is skipped.",
        back=_at(meeting),
        submit="Skip it",
    )


def hold(request: ViewerRequest, meeting_id: str) -> HttpResponse:
    """Keep that a meeting was held, and who was there."""
    meeting, now = _meeting(request, meeting_id), datetime.now(UTC)
    today = local_day(meeting.forum, now)
    held_on = meeting.held_on or min(today, local_day(meeting.forum, meeting.due_at))
    form = HoldForm(meeting, held_on, posted(request))
    return form_page(
        request,
        form,
        lambda: hold_meeting(
            meeting=meeting,
            held_on=form.cleaned_data["held_on"],
            present=form.there(),
            minutes=form.cleaned_data["minutes"],
            by=request.viewer,
            as_of=now,
        ),
        lambda: governance_around(request, meeting.engagement, _crumb(meeting)),
        changes=meeting,
        title=f"{meeting.forum}: who was there",
        lead="A side has its quorum if enough of those who hold its seats, or stand in, are there.",
        said="The meeting was held.",
        back=_at(meeting),
    )


def minutes(request: ViewerRequest, meeting_id: str) -> HttpResponse:
    """Write the minutes."""
    meeting = _meeting(request, meeting_id)
    seen = meeting.minuted_at.isoformat() if meeting.minuted_at else ""
    form = MinutesForm(posted(request), initial={"minutes": meeting.minutes, "seen": seen})
    return form_page(
        request,
        form,
        lambda: write_minutes(
            meeting=meeting,
            minutes=form.cleaned_data["minutes"],
            seen=form.last_seen(),
            by=request.viewer,
            as_of=datetime.now(UTC),
        ),
        lambda: governance_around(request, meeting.engagement, _crumb(meeting)),
        title=f"Minutes of {meeting.forum}",
        lead="Either chair writes them, and both parties read the same.",
        said="The minutes are kept.",
        back=_at(meeting),
    )
