"""Meetings outside a cadence: called for a reason, kept when the cadence is planned anew."""

from datetime import date, time, timedelta

import pytest

from tallystick.actions.call_meeting import call_meeting
from tallystick.actions.chairing import NotInTheChair
from tallystick.actions.end_forum import end_forum
from tallystick.actions.meeting_days import MeetingDayRefused
from tallystick.actions.plan_meetings import plan_meetings
from tallystick.actions.refusals import NotPermitted
from tallystick.actions.texts import TextNeeded
from tallystick.records.forums import Forum
from tallystick.records.ledger import LedgerEntry
from tallystick.records.meetings import Meeting, MeetingState
from tallystick.records.roles import Role, Side
from tallystick.records.viewer import Viewer
from tests.actions.governing import a_forum, a_post, the_next
from tests.actions.test_measure_and_state import an_agreement
from tests.cast import TODAY, Cast, a_viewer, an_engagement

pytestmark = pytest.mark.django_db

WEDNESDAY = date(2026, 7, 8)


def called(
    forum: Forum, by: Viewer, on: date = WEDNESDAY, at: time = time(14), why: str = "An outage"
) -> Meeting:
    return call_meeting(forum=forum, on=on, at=at, because=why, by=by, as_of=TODAY)


def test_a_meeting_is_called_in_local_time_by_either_side(cast: Cast) -> None:
    forum = a_forum(cast.ada, cast.cleo)

    meeting = called(forum, cast.cleo)

    assert (meeting.day, meeting.due_at.hour, meeting.called_because) == (
        WEDNESDAY, 12, "An outage",
    )  # fmt: skip
    assert LedgerEntry.objects.filter(action="call_meeting").exists()


def test_the_cadence_leaves_it_where_it_is(cast: Cast) -> None:
    forum = a_forum(cast.ada, cast.cleo)
    meeting = called(forum, cast.ada)

    plan_meetings(as_of=TODAY + timedelta(hours=1))

    assert forum.meetings.filter(pk=meeting.pk).exists()


@pytest.mark.parametrize(
    ("on", "at", "place"),
    [
        (date(2026, 7, 5), time(9), "on"),
        (date(2030, 1, 1), time(9), "on"),
        (date(2026, 7, 6), time(0, 1), "at"),
    ],
)
def test_it_is_not_called_where_nobody_comes(cast: Cast, on: date, at: time, place: str) -> None:
    forum = a_forum(cast.ada, cast.cleo)

    with pytest.raises(MeetingDayRefused) as refused:
        called(forum, cast.ada, on, at)

    assert refused.value.place == place


def test_it_is_not_called_onto_a_holiday(cast: Cast) -> None:
    engagement = an_engagement()
    calendars = {"office": {"hours": {"mon-fri": ["09:00-17:00"]}, "holidays": ["2026-07-08"]}}
    an_agreement(engagement, cast, calendars=calendars)

    with pytest.raises(MeetingDayRefused, match="holiday"):
        called(a_forum(cast.ada, cast.cleo, engagement), cast.ada)


def test_a_day_has_one_meeting_of_a_forum(cast: Cast) -> None:
    forum = a_forum(cast.ada, cast.cleo)
    count = forum.meetings.count()

    with pytest.raises(MeetingDayRefused, match="already"):
        called(forum, cast.ada, the_next(forum).day)

    assert forum.meetings.count() == count


def test_a_day_that_the_cadence_dropped_can_be_called_again(cast: Cast) -> None:
    forum = a_forum(cast.ada, cast.cleo)
    day = the_next(forum).day
    forum.meetings.filter(day=day).update(state=MeetingState.DROPPED, change=1)

    meeting = called(forum, cast.ada, day)

    assert (meeting.state, meeting.change) == (MeetingState.PLANNED, 2)
    assert forum.meetings.filter(day=day).count() == 1


def test_a_forum_that_ended_calls_nobody(cast: Cast) -> None:
    forum = a_forum(cast.ada, cast.cleo)
    end_forum(forum=forum, on=date(2026, 7, 7), by=cast.ada, as_of=TODAY)

    with pytest.raises(MeetingDayRefused, match="until"):
        called(forum, cast.ada)


def test_only_the_chair_calls_and_for_a_reason(cast: Cast) -> None:
    engagement = an_engagement()
    chair = a_post(engagement, cast.ada, "Owner", holder=cast.ada)
    desk = a_post(engagement, cast.ada, "Desk", Side.PROVIDER, holder=cast.cleo)
    forum = a_forum(cast.ada, cast.cleo, engagement, chairs=[chair], members=[desk])

    with pytest.raises(NotInTheChair):
        called(forum, a_viewer(Role.EXECUTIVE))
    with pytest.raises(NotPermitted):
        called(forum, cast.eva)
    with pytest.raises(TextNeeded):
        called(forum, cast.ada, why=" ")
    assert not Meeting.objects.exclude(called_because="").exists()
