"""Keep that a meeting was held: when, who was there, and what was said."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from tallystick.actions.chairing import demand_chair, locked
from tallystick.actions.governing import side_of, tell
from tallystick.actions.meetings_planned import local_day
from tallystick.actions.prepare_agenda import freeze_agenda
from tallystick.actions.refusals import require
from tallystick.actions.texts import checked
from tallystick.engine.refusals import Refusal
from tallystick.records.meetings import Attendance, Meeting, MeetingState
from tallystick.records.people import Person
from tallystick.records.posts import Staffing
from tallystick.records.roles import Duty, Side
from tallystick.records.viewer import Viewer

MOST_PEOPLE = 60


class AttendanceRefused(Refusal):
    """So a meeting was not held: on a day to come, by nobody, or by more than a room holds."""

    code = "meeting.attendance-refused"


@transaction.atomic
def hold_meeting(
    *,
    meeting: Meeting,
    held_on: date,
    present: Sequence[Person],
    minutes: str = "",
    by: Viewer,
    as_of: datetime,
) -> Meeting:
    """
    Keep who was there, and whether each side had its quorum; again, to correct it.

    Raises:
        NotPermitted, NotInTheChair, AttendanceRefused, NotOfEngagement, TextTooLong
    """
    require(by, Duty.MEET)
    meeting = locked(meeting)
    staffing = demand_chair(by, meeting)
    people = list({each.pk: each for each in present}.values())
    _check(meeting, held_on, people, as_of)
    text = checked(minutes, "minutes", needed=False)
    if meeting.agenda is None:
        freeze_agenda(meeting, as_of)
    rows = _attendances(meeting, people, staffing)
    again = meeting.state == MeetingState.HELD
    meeting.state, meeting.held_on, meeting.skipped_because = MeetingState.HELD, held_on, ""
    meeting.client_quorum = _has_quorum(meeting, rows, Side.CLIENT)
    meeting.provider_quorum = _has_quorum(meeting, rows, Side.PROVIDER)
    if text:
        meeting.minutes, meeting.minuted_at, meeting.minuted_by = text, as_of, by.person
    meeting.save()
    meeting.attendances.all().delete()
    Attendance.objects.bulk_create(rows)
    tell(
        meeting,
        f"{'Corrected who was at' if again else 'Held'} the meeting of “{meeting.forum}” of "
        f"{held_on}.",
        action="hold_meeting",
        payload=_plain(meeting, people),
        by=by,
        as_of=as_of,
    )
    return meeting


def _check(meeting: Meeting, held_on: date, people: Sequence[Person], as_of: datetime) -> None:
    today = local_day(meeting.forum, as_of)
    if not meeting.forum.first_on <= held_on <= today:
        raise AttendanceRefused(
            f"No meeting was held on {held_on}.",
            place="held_on",
            remedy="Give the day on which it was held, today or before.",
        )
    if not people:
        raise AttendanceRefused(
            "Nobody was there.",
            place="present",
            remedy="Tick who was there; if nobody was, skip the meeting and say why.",
        )
    if len(people) > MOST_PEOPLE:
        raise AttendanceRefused(
            f"{len(people)} people are no meeting.",
            place="present",
            remedy=f"Name at most {MOST_PEOPLE}.",
        )


def _attendances(
    meeting: Meeting, people: Sequence[Person], staffing: Staffing
) -> list[Attendance]:
    seated = {
        (person.pk, seat.side)
        for seat in meeting.forum.seats.select_related("post__holder", "post__deputy")
        for person in (staffing.holder(seat.post), staffing.deputy(seat.post))
        if person is not None
    }
    rows = []
    for person in people:
        side = side_of(meeting.engagement, person, "present")
        rows.append(
            Attendance(
                engagement=meeting.engagement,
                meeting=meeting,
                person=person,
                side=side,
                seated=(person.pk, side) in seated,
            )
        )
    return rows


def _has_quorum(meeting: Meeting, rows: Sequence[Attendance], side: Side) -> bool:
    there = sum(each.seated and each.side == side for each in rows)
    return there >= meeting.forum.quorum(side)


def _plain(meeting: Meeting, people: Sequence[Person]) -> dict[str, Any]:
    return {
        "day": meeting.day.isoformat(),
        "held_on": str(meeting.held_on),
        "present": sorted(each.public_id for each in people),
        "client_quorum": meeting.client_quorum,
        "provider_quorum": meeting.provider_quorum,
        "minutes": meeting.minutes,
    }
