"""Meetings: agenda from what is open, moved, skipped, held with or without a quorum, minuted."""

from datetime import date, time, timedelta
from typing import Any

import pytest

from tallystick.actions.chairing import MeetingOver, NotInTheChair
from tallystick.actions.governing import NotOfEngagement
from tallystick.actions.hold_meeting import AttendanceRefused, hold_meeting
from tallystick.actions.meeting_days import MeetingDayRefused
from tallystick.actions.move_meeting import move_meeting
from tallystick.actions.prepare_agenda import prepare_agenda
from tallystick.actions.refusals import NotPermitted
from tallystick.actions.skip_meeting import skip_meeting
from tallystick.actions.texts import TextNeeded
from tallystick.actions.write_minutes import MinutesChanged, NotHeldYet, write_minutes
from tallystick.records.agendas import agenda_of
from tallystick.records.meetings import MeetingState
from tallystick.records.organisations import Membership
from tallystick.records.roles import Role, Side
from tests.actions.governing import a_forum, a_meeting_held, a_post, the_next
from tests.actions.test_decisions_and_actions import a_question, a_task
from tests.actions.test_measure_and_state import an_agreement
from tests.cast import TODAY, Cast, a_viewer, an_engagement
from tests.web.pages import an_objective

pytestmark = pytest.mark.django_db


def test_an_agenda_is_filled_from_what_is_open(cast: Cast) -> None:
    forum = a_forum(cast.ada, cast.cleo)
    engagement = forum.engagement
    a_task(cast, engagement, task="Send the plan", due_on=date(2026, 7, 6))
    a_task(cast, engagement, task="Elsewhere", forum=a_forum(
        cast.ada, cast.cleo, engagement, name="Board"))  # fmt: skip
    a_question(cast, engagement, question="Extend?", asked_on=date(2026, 6, 1))
    an_objective(engagement=engagement, statement="Faster")

    meeting = prepare_agenda(meeting=the_next(forum), by=cast.ada, as_of=TODAY)

    assert [
        (each["kind"], [(line["about"], line.get("late")) for line in each["lines"]])
        for each in meeting.agenda
    ] == [
        ("standing", [("Safety", None)]),
        ("actions", [("Send the plan", True)]),
        ("decisions", [("Extend?", True)]),
        ("objectives", [("Faster", None)]),
    ]


def test_an_agenda_counts_how_long_a_question_waits_without_holidays(cast: Cast) -> None:
    forum = a_forum(cast.ada, cast.cleo)
    calendars = {"office": {"hours": {"mon-fri": ["09:00-17:00"]}, "holidays": ["2026-06-02"]}}
    an_agreement(forum.engagement, cast, calendars=calendars)
    a_question(cast, forum.engagement, asked_on=date(2026, 6, 1))

    [section] = [
        each for each in agenda_of(forum, date(2026, 6, 4), TODAY) if each["kind"] == "decisions"
    ]

    assert section["lines"][0]["days"] == 2


def test_an_agenda_stays_as_it_was_prepared(cast: Cast) -> None:
    forum = a_forum(cast.ada, cast.cleo)
    meeting = prepare_agenda(meeting=the_next(forum), by=cast.ada, as_of=TODAY)
    a_task(cast, forum.engagement, task="Later")

    meeting.refresh_from_db()

    assert [each["kind"] for each in meeting.agenda] == ["standing"]
    assert len(agenda_of(forum, TODAY.date(), TODAY)) == 2


def test_a_section_says_that_it_leaves_something_off(cast: Cast) -> None:
    forum = a_forum(cast.ada, cast.cleo, standing=[])
    for number in range(51):
        a_task(cast, forum.engagement, task=f"Task {number}")

    (section,) = agenda_of(forum, TODAY.date(), TODAY)

    assert (len(section["lines"]), section["left_off"]) == (50, True)


def test_a_meeting_held_counts_seats_filled_or_stood_in_for(cast: Cast) -> None:
    engagement = an_engagement()
    deputy, guest = a_viewer(Role.SERVICE_OWNER), a_viewer(Role.EXECUTIVE)
    owner = a_post(engagement, cast.ada, "Owner", holder=cast.ada, deputy=deputy)
    desk = a_post(engagement, cast.ada, "Desk", Side.PROVIDER, holder=cast.cleo)
    forum = a_forum(cast.ada, cast.cleo, engagement, chairs=[owner], members=[desk])

    meeting = a_meeting_held(forum, deputy, deputy, guest)

    assert (meeting.client_quorum, meeting.provider_quorum) == (True, False)
    assert sorted(each.seated for each in meeting.attendances.all()) == [False, True]
    assert meeting.agenda is not None


def test_whoever_left_fills_no_seat(cast: Cast) -> None:
    forum = a_forum(cast.ada, cast.cleo)
    meeting = the_next(forum)
    Membership.objects.filter(person=cast.cleo.person).update(ended_at=TODAY)

    with pytest.raises(NotOfEngagement):
        hold_meeting(
            meeting=meeting,
            held_on=TODAY.date(),
            present=[cast.ada.person, cast.cleo.person],
            by=cast.ada,
            as_of=TODAY,
        )


def test_who_was_there_can_be_corrected_and_minutes_stay(cast: Cast) -> None:
    forum = a_forum(cast.ada, cast.cleo)
    meeting = a_meeting_held(forum, cast.ada, minutes="We met.")

    hold_meeting(
        meeting=meeting,
        held_on=meeting.held_on or TODAY.date(),
        present=[cast.ada.person, cast.cleo.person],
        by=cast.cleo,
        as_of=TODAY + timedelta(days=3),
    )

    meeting.refresh_from_db()
    assert (meeting.provider_quorum, meeting.minutes) == (True, "We met.")
    assert meeting.attendances.count() == 2


@pytest.mark.parametrize("off", [-60, 40])
def test_a_meeting_is_not_held_on_a_day_to_come_or_before_its_forum(cast: Cast, off: int) -> None:
    with pytest.raises(AttendanceRefused) as refused:
        hold_meeting(
            meeting=the_next(a_forum(cast.ada, cast.cleo)),
            held_on=TODAY.date() + timedelta(days=off),
            present=[cast.ada.person],
            by=cast.ada,
            as_of=TODAY,
        )
    assert refused.value.place == "held_on"


def test_without_anybody_there_was_no_meeting(cast: Cast) -> None:
    meeting = the_next(a_forum(cast.ada, cast.cleo))
    with pytest.raises(AttendanceRefused) as refused:
        hold_meeting(meeting=meeting, held_on=TODAY.date(), present=[], by=cast.ada, as_of=TODAY)
    assert refused.value.place == "present"
    meeting.refresh_from_db()
    assert (meeting.state, meeting.agenda) == (MeetingState.PLANNED, None)


def test_either_chair_writes_the_minutes_and_nobody_writes_over_the_other(cast: Cast) -> None:
    forum = a_forum(cast.ada, cast.cleo)
    meeting = a_meeting_held(forum, cast.ada)
    at = TODAY + timedelta(days=3)
    write_minutes(meeting=meeting, minutes="Theirs", seen=None, by=cast.cleo, as_of=at)

    with pytest.raises(MinutesChanged):
        write_minutes(meeting=meeting, minutes="Ours", seen=None, by=cast.ada, as_of=at)
    write_minutes(meeting=meeting, minutes="Both", seen=at, by=cast.ada, as_of=at)

    meeting.refresh_from_db()
    assert (meeting.minutes, meeting.minuted_by) == ("Both", cast.ada.person)


def test_of_a_meeting_to_come_there_are_no_minutes(cast: Cast) -> None:
    with pytest.raises(NotHeldYet):
        write_minutes(
            meeting=the_next(a_forum(cast.ada, cast.cleo)),
            minutes="Early",
            seen=None,
            by=cast.ada,
            as_of=TODAY,
        )


def test_only_who_takes_the_chair_runs_the_meeting(cast: Cast) -> None:
    meeting = the_next(a_forum(cast.ada, cast.cleo))
    with pytest.raises(NotInTheChair, match=cast.ada.person.name):
        prepare_agenda(meeting=meeting, by=cast.ben, as_of=TODAY)


def test_where_nobody_takes_the_chair_for_a_side_anyone_of_it_does(cast: Cast) -> None:
    meeting = the_next(a_forum(cast.ada, cast.cleo))
    Membership.objects.filter(person=cast.ada.person).update(ended_at=TODAY)

    prepare_agenda(meeting=meeting, by=cast.ben, as_of=TODAY)

    meeting.refresh_from_db()
    assert meeting.agenda is not None


def test_an_auditor_runs_nothing(cast: Cast) -> None:
    with pytest.raises(NotPermitted):
        prepare_agenda(meeting=the_next(a_forum(cast.ada, cast.cleo)), by=cast.ann, as_of=TODAY)


def test_a_meeting_is_skipped_for_a_reason_and_once(cast: Cast) -> None:
    meeting = the_next(a_forum(cast.ada, cast.cleo))
    with pytest.raises(TextNeeded):
        skip_meeting(meeting=meeting, because=" ", by=cast.ada, as_of=TODAY)

    skip_meeting(meeting=meeting, because="Both chairs ill", by=cast.ada, as_of=TODAY)

    with pytest.raises(MeetingOver):
        skip_meeting(meeting=meeting, because="Again", by=cast.ada, as_of=TODAY)
    with pytest.raises(MeetingOver):
        prepare_agenda(meeting=meeting, by=cast.ada, as_of=TODAY)


def test_a_meeting_skipped_by_mistake_can_still_be_held(cast: Cast) -> None:
    forum = a_forum(cast.ada, cast.cleo)
    skip_meeting(meeting=the_next(forum), because="Mistake", by=cast.ada, as_of=TODAY)

    meeting = a_meeting_held(forum, cast.ada)

    assert (meeting.state, meeting.skipped_because) == (MeetingState.HELD, "")


def moved(cast: Cast, on: date, at: time = time(14), **changes: Any) -> Any:
    """Move the next meeting of a forum."""
    engagement = an_engagement()
    calendars = {"office": {"hours": {"mon-fri": ["09:00-17:00"]}, "holidays": ["2026-07-14"]}}
    an_agreement(engagement, cast, calendars=calendars)
    meeting = the_next(a_forum(cast.ada, cast.cleo, engagement))
    return move_meeting(
        meeting=meeting, on=on, at=at, because="Leave", by=cast.cleo, as_of=TODAY, **changes
    )


def test_a_meeting_moves_by_hand_in_local_time(cast: Cast) -> None:
    meeting = moved(cast, date(2026, 7, 15))

    assert (meeting.due_at.hour, meeting.day, meeting.change) == (12, date(2026, 7, 7), 1)


def test_a_meeting_is_not_moved_onto_a_holiday(cast: Cast) -> None:
    with pytest.raises(MeetingDayRefused) as refused:
        moved(cast, date(2026, 7, 14))
    assert "2026-07-15" in refused.value.remedy


def test_a_meeting_moved_into_the_missing_hour_says_so(cast: Cast) -> None:
    meeting = moved(cast, date(2027, 3, 28), time(2, 30))

    assert (meeting.clock, meeting.due_at.hour) == ("skipped", 1)


@pytest.mark.parametrize(
    ("on", "at", "place"),
    [
        (date(2026, 7, 5), time(9), "on"),
        (date(2030, 1, 1), time(9), "on"),
        (date(2026, 7, 6), time(0, 1), "at"),
    ],
)
def test_a_meeting_is_not_moved_where_nobody_comes(
    cast: Cast, on: date, at: time, place: str
) -> None:
    with pytest.raises(MeetingDayRefused) as refused:
        moved(cast, on, at)
    assert refused.value.place == place
