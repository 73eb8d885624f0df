"""Move a meeting to another day or time, by hand."""

from datetime import date, datetime, time, timedelta

from django.db import transaction

from tallystick.actions.chairing import demand_chair, demand_planned, locked
from tallystick.actions.governing import tell
from tallystick.actions.meetings_invited import invite_to
from tallystick.actions.meetings_planned import local_day
from tallystick.actions.refusals import require
from tallystick.actions.texts import checked
from tallystick.engine.governance.cadence import instant_of
from tallystick.engine.governance.working_days import next_working_day
from tallystick.engine.refusals import Refusal
from tallystick.records.forums import holidays_of
from tallystick.records.meetings import Meeting
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer

FARTHEST = timedelta(days=366)


class MeetingDayRefused(Refusal):
    """A meeting cannot be held on this day."""

    code = "meeting.day-refused"


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
    _check(meeting, on, as_of)
    due_at, clock = instant_of(on, at.replace(second=0, microsecond=0), meeting.forum.zone)
    if due_at < as_of:
        raise MeetingDayRefused(
            "That moment is over.", place="at", remedy="Choose a later time of the day."
        )
    meeting.due_at, meeting.clock, meeting.holiday = due_at, clock or "", None
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


def _check(meeting: Meeting, on: date, as_of: datetime) -> None:
    today = local_day(meeting.forum, as_of)
    if not today <= on <= today + FARTHEST:
        raise MeetingDayRefused(
            f"A meeting is not moved to {on}.",
            place="on",
            remedy="Choose a day from today on, within a year.",
        )
    holidays = holidays_of(meeting.engagement, on)
    if on in holidays:
        raise MeetingDayRefused(
            f"{on} is a holiday of the agreement's calendars.",
            place="on",
            remedy=f"Choose another day, such as {next_working_day(on, holidays)}.",
        )
