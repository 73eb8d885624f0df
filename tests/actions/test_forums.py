"""Forums and the meetings that their cadence gives: planned ahead, moved, taken away."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from tallystick.actions.end_forum import ForumEndRefused, end_forum
from tallystick.actions.governing import NotOfEngagement
from tallystick.actions.move_meeting import move_meeting
from tallystick.actions.plan_meetings import plan_meetings
from tallystick.actions.prepare_agenda import prepare_agenda
from tallystick.actions.state_forum import ForumRefused, ForumWording, state_forum
from tallystick.engine.governance.rules import CadenceRefused
from tallystick.records.forums import Forum
from tallystick.records.ledger import LedgerEntry
from tallystick.records.meetings import Meeting
from tallystick.records.roles import Role, Side
from tests.actions.governing import a_forum, a_post, the_next
from tests.actions.test_measure_and_state import an_agreement
from tests.cast import TODAY, Cast, a_viewer, an_engagement

pytestmark = pytest.mark.django_db


def days(forum: Forum) -> list[str]:
    """Return the days of a forum's meetings."""
    return [f"{each.due_at:%m-%d}" for each in forum.meetings.order_by("due_at")]


def again(cast: Cast, forum: Forum, **changes: Any) -> Forum:
    """Word a forum anew, with the seats it has."""
    chairs = [seat.post for seat in forum.seats.all() if seat.chairs]
    usual = {
        "name": forum.name, "level": forum.level, "rule": forum.rule, "first_on": forum.first_on,
        "at": forum.at, "zone": forum.zone, "chairs": chairs,
    }  # fmt: skip
    return state_forum(
        engagement=forum.engagement,
        wording=ForumWording(**usual | changes),
        amends=forum,
        by=cast.ada,
        as_of=TODAY,
    )


def test_a_forum_plans_its_meetings_four_months_ahead(cast: Cast) -> None:
    forum = a_forum(cast.ada, cast.cleo)

    assert days(forum) == ["07-07", "08-04", "09-01", "10-06"]
    assert the_next(forum).due_at == datetime(2026, 7, 7, 8, tzinfo=UTC)
    assert LedgerEntry.objects.filter(action="state_forum").count() == 1


def test_a_forum_that_meets_seldom_has_its_next_meeting(cast: Cast) -> None:
    forum = a_forum(cast.ada, cast.cleo, rule="FREQ=YEARLY;BYMONTH=6;BYDAY=1MO")

    assert [each.due_at.date() for each in forum.meetings.all()] == [date(2027, 6, 7)]


def test_a_holiday_of_the_agreement_moves_a_meeting_and_says_so(cast: Cast) -> None:
    engagement = an_engagement()
    calendars = {"office": {"hours": {"mon-fri": ["09:00-17:00"]}, "holidays": ["2026-08-04"]}}
    an_agreement(engagement, cast, calendars=calendars)

    forum = a_forum(cast.ada, cast.cleo, engagement)

    moved = forum.meetings.get(day=date(2026, 8, 4))
    assert (moved.due_at.date(), moved.holiday) == (date(2026, 8, 5), date(2026, 8, 4))


def test_another_cadence_replans_what_nobody_touched(cast: Cast) -> None:
    forum = a_forum(cast.ada, cast.cleo)
    first, second = forum.meetings.order_by("due_at")[:2]
    prepare_agenda(meeting=first, by=cast.ada, as_of=TODAY)
    move_meeting(
        meeting=second, on=date(2026, 8, 12), at=time(9), because="Leave", by=cast.cleo, as_of=TODAY
    )

    again(cast, forum, rule="FREQ=MONTHLY;BYDAY=3WE", at=time(11))

    assert days(forum) == ["07-07", "07-15", "08-12", "08-19", "09-16", "10-21"]


def test_another_time_moves_the_meetings_and_counts_the_change(cast: Cast) -> None:
    forum = a_forum(cast.ada, cast.cleo)
    before = the_next(forum)

    again(cast, forum, at=time(15, 30))

    after = the_next(forum)
    assert (after.pk, after.due_at.hour, after.change) == (before.pk, 13, 1)


def test_a_round_plans_on_once_and_leaves_an_ended_forum_alone(cast: Cast) -> None:
    forum = a_forum(cast.ada, cast.cleo)
    later = TODAY + timedelta(days=40)

    assert plan_meetings(as_of=later) == 2
    assert plan_meetings(as_of=later) == 0
    assert days(forum)[-1] == "12-01"

    end_forum(forum=forum, on=date(2026, 9, 1), by=cast.ada, as_of=later)

    assert days(forum) == ["07-07", "08-04", "09-01"]
    assert plan_meetings(as_of=later + timedelta(days=90)) == 0


def test_a_forum_does_not_end_before_today(cast: Cast) -> None:
    with pytest.raises(ForumEndRefused):
        end_forum(forum=a_forum(cast.ada, cast.cleo), on=date(2026, 7, 5), by=cast.ada, as_of=TODAY)


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"level": "cosmic"}, "level"),
        ({"minutes": 0}, "minutes"),
        ({"minutes": 10_000}, "minutes"),
        ({"client_quorum": 2}, "client_quorum"),
        ({"provider_quorum": 9}, "provider_quorum"),
        ({"first_on": date(2020, 1, 1)}, "first_on"),
        ({"standing": ["line"] * 31}, "standing"),
    ],
)
def test_a_forum_that_cannot_be_is_refused(cast: Cast, changes: dict[str, Any], place: str) -> None:
    with pytest.raises(ForumRefused) as refused:
        a_forum(cast.ada, cast.cleo, **changes)
    assert refused.value.place == place
    assert not Forum.objects.exists()
    assert not Meeting.objects.exists()


def test_a_rule_that_is_none_leaves_nothing_behind(cast: Cast) -> None:
    with pytest.raises(CadenceRefused):
        a_forum(cast.ada, cast.cleo, rule="FREQ=FORTNIGHTLY")
    assert not Forum.objects.exists()


def test_each_side_has_one_chair(cast: Cast) -> None:
    engagement = an_engagement()
    two = [a_post(engagement, cast.ada, name) for name in ("One", "Two")]

    with pytest.raises(ForumRefused) as refused:
        a_forum(cast.ada, cast.cleo, engagement, chairs=two)

    assert refused.value.place == "chairs"


def test_a_post_of_another_engagement_has_no_seat(cast: Cast) -> None:
    elsewhere = a_post(an_engagement(name="Another"), cast.ada, "Owner")

    with pytest.raises(NotOfEngagement):
        a_forum(cast.ada, cast.cleo, members=[elsewhere])


def test_whoever_chairs_is_a_member_once(cast: Cast) -> None:
    engagement = an_engagement()
    owner = a_post(engagement, cast.ada, "Owner", holder=a_viewer(Role.SERVICE_OWNER))
    desk = a_post(engagement, cast.ada, "Desk", Side.PROVIDER)

    forum = a_forum(cast.ada, cast.cleo, engagement, chairs=[owner], members=[owner, desk])

    assert sorted((seat.post.name, seat.chairs) for seat in forum.seats.all()) == [
        ("Desk", False),
        ("Owner", True),
    ]


def test_a_forum_whose_clock_is_gone_keeps_no_other_from_being_planned(cast: Cast) -> None:
    broken = a_forum(cast.ada, cast.cleo)
    Forum.objects.filter(pk=broken.pk).update(zone="Nowhere/Any")
    other = a_forum(cast.ada, cast.cleo, broken.engagement, name="Board")
    later = TODAY + timedelta(days=60)
    before = other.meetings.count()

    with pytest.raises(ExceptionGroup):
        plan_meetings(as_of=later)

    assert other.meetings.count() > before
