"""Move a meeting to another day or time, by hand."""

from datetime import date, datetime, time

from django.db import transaction

from tallystick.actions.chairing import demand_chair, demand_planned, locked
from tallystick.actions.governing import tell
from tallystick.actions.meeting_days import begins_at
from tallystick.actions.meetings_invited import invite_to
from tallystick.actions.refusals import require
from tallystick.actions.texts import checked
from tallystick.records.meetings import Meeting
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer


@transaction.atomic
def move_meeting(
    *, meeting: Meeting, on: date, at: time, because: str, by: Viewer, as_of: datetime
) -> Meeting:
    """
    Move a planned meeting to a local time of its forum; its cadence leaves it there.

    Raises:
        NotPermitted, NotInTheChair, MeetingOver, MeetingDayRefused, TextNeeded, TextTooLong
    """
    require(by, Duty.MEET)
    meeting = locked(meeting)
    demand_chair(by, meeting)
    demand_planned(meeting)
    reason = checked(because, "because", longest=300)
    due_at, clock = begins_at(meeting.forum, on, at, as_of)
    meeting.due_at, meeting.clock, meeting.holiday = due_at, clock, None
    meeting.moved_because = reason
    meeting.change += 1
    meeting.save(update_fields=["due_at", "clock", "holiday", "moved_because", "change"])
    tell(
        meeting,
        f"Moved the meeting of “{meeting.forum}” of {meeting.day} to {on}, {at:%H:%M}: {reason}",
        action="move_meeting",
        payload={"day": meeting.day.isoformat(), "due_at": due_at.isoformat(), "because": reason},
        by=by,
        as_of=as_of,
    )
    invite_to([meeting], as_of)
    return meeting
