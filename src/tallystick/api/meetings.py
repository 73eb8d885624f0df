"""Forums and their meetings: planned, prepared, moved, skipped, held, minuted."""

from datetime import UTC, datetime, time

from ninja import Query

from tallystick.actions.call_meeting import call_meeting
from tallystick.actions.end_forum import end_forum
from tallystick.actions.hold_meeting import hold_meeting
from tallystick.actions.meetings_planned import local_day
from tallystick.actions.move_meeting import move_meeting
from tallystick.actions.prepare_agenda import prepare_agenda
from tallystick.actions.skip_meeting import skip_meeting
from tallystick.actions.state_forum import ForumWording, state_forum
from tallystick.actions.write_minutes import write_minutes
from tallystick.api.governance_values import (
    EndForum,
    ForumOut,
    StateForum,
    forum_out,
    posts_of,
)
from tallystick.api.lookup import ViewerRequest, find, named, named_person
from tallystick.api.meeting_values import (
    AgendaSection,
    Attendee,
    HoldMeeting,
    MeetingOut,
    MeetingWhole,
    MoveMeeting,
    SkipMeeting,
    WriteMinutes,
    meeting_values,
)
from tallystick.api.routing import Operations
from tallystick.api.values import Listed, SafePage, listed
from tallystick.records.agendas import agenda_of
from tallystick.records.engagements import Engagement
from tallystick.records.forums import Forum, seats_read
from tallystick.records.meetings import Attendance, Meeting, MeetingState
from tallystick.records.roles import Side

operations = Operations(tags=["Governance"])

_PARTIES = ("engagement__client", "engagement__provider")


@operations.reads("/engagements/{engagement_id}/forums", "forums", Listed[ForumOut])
def forums(request: ViewerRequest, engagement_id: str, asked: Query[SafePage]) -> Listed[ForumOut]:
    """Return the forums with their seats."""
    engagement = find(Engagement, request.viewer, engagement_id)
    rows = Forum.objects.visible_to(request.viewer).filter(engagement=engagement)
    read = rows.prefetch_related(seats_read()).order_by("level", "name")
    return listed(read, asked, forum_out)


@operations.acts("/engagements/{engagement_id}/forums/state", "state_forum", ForumOut, 201)
def state(request: ViewerRequest, engagement_id: str, given: StateForum) -> ForumOut:
    """Keep a forum with its seats, or word it anew; its meetings are planned."""
    engagement = find(Engagement, request.viewer, engagement_id, "client", "provider")
    viewer = request.viewer
    amends = (
        named(Forum, viewer, given.amends, place="amends", within=engagement)
        if given.amends
        else None
    )
    plain = given.model_dump(exclude={"amends", "chairs", "members"})
    forum = state_forum(
        engagement=engagement,
        wording=ForumWording(
            **plain | {"level": given.level.value, "at": time.fromisoformat(given.at)},
            chairs=posts_of(viewer, engagement, given.chairs, "chairs"),
            members=posts_of(viewer, engagement, given.members, "members"),
        ),
        amends=amends,
        by=viewer,
        as_of=datetime.now(UTC),
    )
    return _forum(request, forum)


def _forum(request: ViewerRequest, forum: Forum) -> ForumOut:
    rows = Forum.objects.visible_to(request.viewer).prefetch_related(seats_read())
    return forum_out(rows.get(pk=forum.pk))


@operations.acts("/forums/{forum_id}/end", "end_forum", ForumOut)
def end(request: ViewerRequest, forum_id: str, given: EndForum) -> ForumOut:
    """Give a forum its last day."""
    forum = find(Forum, request.viewer, forum_id, *_PARTIES)
    end_forum(forum=forum, on=given.on, by=request.viewer, as_of=datetime.now(UTC))
    return _forum(request, forum)


@operations.reads("/engagements/{engagement_id}/meetings", "meetings", Listed[MeetingOut])
def meetings(
    request: ViewerRequest, engagement_id: str, asked: Query[SafePage]
) -> Listed[MeetingOut]:
    """Return the meetings of all forums, the latest first."""
    engagement = find(Engagement, request.viewer, engagement_id)
    rows = Meeting.objects.visible_to(request.viewer).filter(engagement=engagement)
    read = rows.select_related("forum").defer("agenda", "minutes").order_by("-due_at", "id")
    return listed(read, asked, lambda each: MeetingOut(**meeting_values(each)))


def _meeting(request: ViewerRequest, meeting_id: str) -> Meeting:
    return find(Meeting, request.viewer, meeting_id, "forum", *_PARTIES)


def _whole(request: ViewerRequest, meeting: Meeting) -> MeetingWhole:
    there = Attendance.objects.visible_to(request.viewer).filter(meeting=meeting)
    ahead = meeting.agenda is None and meeting.state == MeetingState.PLANNED
    on = local_day(meeting.forum, meeting.due_at)
    sections = agenda_of(meeting.forum, on, datetime.now(UTC)) if ahead else meeting.agenda or []
    return MeetingWhole(
        **meeting_values(meeting),
        agenda=[AgendaSection(**each) for each in sections],
        agenda_at=meeting.agenda_at,
        present=[
            Attendee(
                id=each.person.public_id,
                name=each.person.name,
                side=Side(each.side),
                seated=each.seated,
            )
            for each in there.select_related("person").order_by("side", "person__name")
        ],
        minutes=meeting.minutes,
        minuted_at=meeting.minuted_at,
    )


@operations.reads("/meetings/{meeting_id}", "meeting", MeetingWhole)
def meeting(request: ViewerRequest, meeting_id: str) -> MeetingWhole:
    """Return a meeting with its agenda, who was there, and its minutes."""
    return _whole(request, _meeting(request, meeting_id))


@operations.acts("/meetings/{meeting_id}/prepare", "prepare_agenda", MeetingWhole)
def prepare(request: ViewerRequest, meeting_id: str) -> MeetingWhole:
    """Freeze the agenda as it is now."""
    found = _meeting(request, meeting_id)
    now = datetime.now(UTC)
    return _whole(request, prepare_agenda(meeting=found, by=request.viewer, as_of=now))


@operations.acts("/forums/{forum_id}/meetings/call", "call_meeting", MeetingWhole, status=201)
def call(request: ViewerRequest, forum_id: str, given: MoveMeeting) -> MeetingWhole:
    """Call a meeting outside the cadence of its forum."""
    called = call_meeting(
        forum=find(Forum, request.viewer, forum_id, "engagement__client", "engagement__provider"),
        on=given.on,
        at=time.fromisoformat(given.at),
        because=given.because,
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    return _whole(request, called)


@operations.acts("/meetings/{meeting_id}/move", "move_meeting", MeetingWhole)
def move(request: ViewerRequest, meeting_id: str, given: MoveMeeting) -> MeetingWhole:
    """Move a meeting to another day or time."""
    moved = move_meeting(
        meeting=_meeting(request, meeting_id),
        on=given.on,
        at=time.fromisoformat(given.at),
        because=given.because,
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    return _whole(request, moved)


@operations.acts("/meetings/{meeting_id}/skip", "skip_meeting", MeetingWhole)
def skip(request: ViewerRequest, meeting_id: str, given: SkipMeeting) -> MeetingWhole:
    """Skip a meeting, and say why."""
    skipped = skip_meeting(
        meeting=_meeting(request, meeting_id),
        because=given.because,
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    return _whole(request, skipped)


@operations.acts("/meetings/{meeting_id}/hold", "hold_meeting", MeetingWhole)
def hold(request: ViewerRequest, meeting_id: str, given: HoldMeeting) -> MeetingWhole:
    """Keep that a meeting was held, and who was there; again, to correct it."""
    found = _meeting(request, meeting_id)
    held = hold_meeting(
        meeting=found,
        held_on=given.held_on,
        present=[named_person(found.engagement, key, place="present") for key in given.present],
        minutes=given.minutes,
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    return _whole(request, held)


@operations.acts("/meetings/{meeting_id}/minutes", "write_minutes", MeetingWhole)
def minutes(request: ViewerRequest, meeting_id: str, given: WriteMinutes) -> MeetingWhole:
    """Write the minutes."""
    written = write_minutes(
        meeting=_meeting(request, meeting_id),
        minutes=given.minutes,
        seen=given.seen,
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    return _whole(request, written)
