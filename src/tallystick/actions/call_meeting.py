"""Call a meeting of a forum outside its cadence."""

from datetime import date, datetime, time

from django.db import transaction

from tallystick.actions.chairing import demand_chair_of
from tallystick.actions.governing import tell
from tallystick.actions.held_engagement import held_engagement
from tallystick.actions.meeting_days import MeetingDayRefused, begins_at
from tallystick.actions.meetings_invited import invite_to
from tallystick.actions.refusals import require
from tallystick.actions.texts import checked
from tallystick.records.forums import Forum
from tallystick.records.meetings import Meeting, MeetingState
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer


@transaction.atomic
def call_meeting(
    *, forum: Forum, on: date, at: time, because: str, by: Viewer, as_of: datetime
) -> Meeting:
    """
    Plan a meeting at a local time of its forum that the cadence does not give; seats are invited.

    Raises:
        NotPermitted, NotInTheChair, MeetingDayRefused, TextNeeded, TextTooLong
    """
    require(by, Duty.MEET)
    held_engagement(forum.engagement_id)
    rows = Forum.objects.select_related("engagement__client", "engagement__provider")
    forum = rows.get(pk=forum.pk)
    demand_chair_of(by, forum.pk, forum.engagement)
    reason = checked(because, "because", longest=300)
    due_at, clock = begins_at(forum, on, at, as_of)
    dropped = _dropped_on(forum, on)
    meeting = dropped or Meeting(engagement=forum.engagement, forum=forum, day=on)
    meeting.due_at, meeting.clock, meeting.holiday = due_at, clock, None
    meeting.state, meeting.called_because = MeetingState.PLANNED, reason
    meeting.planned_at = as_of
    meeting.change += dropped is not None
    meeting.save()
    tell(
        meeting,
        f"Called a meeting of “{forum}” for {on}, {at:%H:%M}: {reason}",
        action="call_meeting",
        payload={"day": on.isoformat(), "due_at": due_at.isoformat(), "because": reason},
        by=by,
        as_of=as_of,
    )
    invite_to([meeting], as_of)
    return meeting


def _dropped_on(forum: Forum, on: date) -> Meeting | None:
    """
    Return the meeting of a day that the cadence dropped; it is taken up for those who were told.

    Raises:
        MeetingDayRefused: if the forum meets that day, or has ended by then.
    """
    if forum.ended_on is not None and on > forum.ended_on:
        raise MeetingDayRefused(
            f"“{forum}” meets until {forum.ended_on}.",
            place="on",
            remedy="Choose an earlier day, or a forum that goes on.",
        )
    there = forum.meetings.filter(day=on).first()
    if there is not None and there.state != MeetingState.DROPPED:
        raise MeetingDayRefused(
            f"“{forum}” has a meeting of {on} already.",
            place="on",
            remedy="Move that meeting, or choose another day.",
        )
    return there
