"""Prepare a meeting's agenda from what is open, and freeze it."""

from datetime import datetime

from django.db import transaction

from tallystick.actions.chairing import demand_chair, demand_planned, locked
from tallystick.actions.governing import tell
from tallystick.actions.meetings_planned import local_day
from tallystick.actions.refusals import require
from tallystick.records.agendas import agenda_of
from tallystick.records.meetings import Meeting
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer


@transaction.atomic
def prepare_agenda(*, meeting: Meeting, by: Viewer, as_of: datetime) -> Meeting:
    """
    Freeze the agenda as it is today; until the meeting is held it can be prepared anew.

    Raises:
        NotPermitted, NotInTheChair, MeetingOver
    """
    require(by, Duty.MEET)
    meeting = locked(meeting)
    demand_chair(by, meeting)
    demand_planned(meeting)
    freeze_agenda(meeting, as_of)
    lines = sum(len(each["lines"]) for each in meeting.agenda or [])
    tell(
        meeting,
        f"Prepared the agenda of “{meeting.forum}” of {meeting.day}: {lines} lines.",
        action="prepare_agenda",
        payload={"day": meeting.day.isoformat(), "agenda": meeting.agenda},
        by=by,
        as_of=as_of,
    )
    return meeting


def freeze_agenda(meeting: Meeting, as_of: datetime) -> None:
    """Keep what is open as the meeting's agenda."""
    on = local_day(meeting.forum, meeting.due_at)
    meeting.agenda, meeting.agenda_at = agenda_of(meeting.forum, on, as_of), as_of
    meeting.save(update_fields=["agenda", "agenda_at"])
