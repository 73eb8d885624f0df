"""Write the minutes of a meeting; either side's chair does, and both parties read the same."""

from datetime import datetime

from django.db import transaction

from tallystick.actions.chairing import demand_chair, locked
from tallystick.actions.governing import tell
from tallystick.actions.refusals import require
from tallystick.actions.texts import checked
from tallystick.engine.refusals import Refusal
from tallystick.records.meetings import Meeting, MeetingState
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer


class MinutesChanged(Refusal):
    """Somebody else wrote on the minutes meanwhile."""

    code = "meeting.minutes-changed"


class NotHeldYet(Refusal):
    """Of a meeting that was not held there are no minutes."""

    code = "meeting.not-held-yet"


@transaction.atomic
def write_minutes(
    *, meeting: Meeting, minutes: str, seen: datetime | None, by: Viewer, as_of: datetime
) -> Meeting:
    """
    Keep the minutes; the ledger keeps each wording. `seen` is when those changed that were read.

    Raises:
        NotPermitted, NotInTheChair, NotHeldYet, MinutesChanged, TextNeeded, TextTooLong
    """
    require(by, Duty.MEET)
    meeting = locked(meeting)
    demand_chair(by, meeting)
    if meeting.state != MeetingState.HELD:
        raise NotHeldYet(
            "The meeting was not held yet.",
            remedy="Keep first who was there.",
        )
    if meeting.minuted_at is not None and meeting.minuted_at != seen:
        raise MinutesChanged(
            f"{meeting.minuted_by.name if meeting.minuted_by else 'Somebody'} wrote on these "
            "minutes while you did.",
            place="minutes",
            remedy="Copy your text, open the minutes anew, and bring both together.",
        )
    meeting.minutes = checked(minutes, "minutes")
    meeting.minuted_at, meeting.minuted_by = as_of, by.person
    meeting.save(update_fields=["minutes", "minuted_at", "minuted_by"])
    tell(
        meeting,
        f"Wrote the minutes of “{meeting.forum}” of {meeting.held_on}.",
        action="write_minutes",
        payload={"day": meeting.day.isoformat(), "minutes": meeting.minutes},
        by=by,
        as_of=as_of,
    )
    return meeting
