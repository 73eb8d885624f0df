"""Skip a meeting, and say why."""

from datetime import datetime

from django.db import transaction

from tallystick.actions.chairing import demand_chair, demand_planned, locked
from tallystick.actions.governing import tell
from tallystick.actions.meetings_invited import invite_to
from tallystick.actions.refusals import require
from tallystick.actions.texts import checked
from tallystick.records.meetings import Meeting, MeetingState
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer


@transaction.atomic
def skip_meeting(*, meeting: Meeting, because: str, by: Viewer, as_of: datetime) -> Meeting:
    """
    Keep that a meeting does not take place; it counts as one that was not held.

    Raises:
        NotPermitted, NotInTheChair, MeetingOver, TextNeeded, TextTooLong
    """
    require(by, Duty.MEET)
    meeting = locked(meeting)
    demand_chair(by, meeting)
    demand_planned(meeting)
    meeting.state = MeetingState.SKIPPED
    meeting.skipped_because = checked(because, "because", longest=300)
    meeting.change += 1
    meeting.save(update_fields=["state", "skipped_because", "change"])
    tell(
        meeting,
        f"Skipped the meeting of “{meeting.forum}” of {meeting.day}: {meeting.skipped_because}",
        action="skip_meeting",
        payload={"day": meeting.day.isoformat(), "because": meeting.skipped_because},
        by=by,
        as_of=as_of,
    )
    invite_to([meeting], as_of)
    return meeting
