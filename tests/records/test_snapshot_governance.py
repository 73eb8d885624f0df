"""What is kept of governance answers guardrails: matrix, meetings, decisions, action items."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tallystick.actions.state_activity import ActivityWording, state_activity
from tallystick.engine.governance.responsibilities import Letter
from tallystick.records.engagements import Engagement
from tallystick.records.meetings import Meeting
from tallystick.records.organisations import Membership
from tallystick.records.snapshot_rows import rows_of
from tests.actions.governing import a_forum, a_post
from tests.actions.test_decisions_and_actions import a_question, a_task, finished
from tests.cast import TODAY, Cast, an_engagement
from tests.records.test_snapshot_held import places

pytestmark = pytest.mark.django_db


def an_activity(cast: Cast, engagement: Engagement, *letters: Letter) -> None:
    """State an activity in which one post has some parts."""
    owner = a_post(engagement, cast.ada, "Owner", holder=cast.ben)
    state_activity(
        engagement=engagement,
        wording=ActivityWording("Restore", [(owner, each) for each in letters]),
        by=cast.ada,
        as_of=TODAY,
    )


def test_a_hole_of_the_matrix_is_found_and_gone_once_it_is_closed(cast: Cast) -> None:
    engagement = an_engagement()
    an_activity(cast, engagement, Letter.RESPONSIBLE)
    whole = an_engagement(name="Whole")
    an_activity(cast, whole, Letter.ACCOUNTABLE, Letter.RESPONSIBLE)

    assert places(engagement, "COM001") == ["responsibilities[0].accountable"]
    assert places(whole, "COM001") == []


def test_whoever_leaves_opens_a_hole(cast: Cast) -> None:
    engagement = an_engagement()
    an_activity(cast, engagement, Letter.ACCOUNTABLE, Letter.RESPONSIBLE)
    Membership.objects.filter(person=cast.ben.person).update(ended_at=TODAY)

    assert places(engagement, "COM001") == [
        "responsibilities[0].accountable[0].vacant_since",
        "responsibilities[0].responsible[0].vacant_since",
    ]


def test_two_meetings_that_were_not_held_are_found(cast: Cast) -> None:
    forum = a_forum(cast.ada, cast.cleo)

    assert places(forum.engagement, "COM003", days=29) == []
    assert places(forum.engagement, "COM003", days=30) == ["forums[0].meetings"]


def test_a_side_below_quorum_twice_is_found(cast: Cast) -> None:
    forum = a_forum(cast.ada, cast.cleo)
    for meeting in forum.meetings.all():
        Meeting.objects.filter(pk=meeting.pk).update(
            state="held", held_on=meeting.due_at.date(), client_quorum=True, provider_quorum=False
        )

    assert places(forum.engagement, "COM004", days=40) == ["forums[0].meetings[1].provider_quorum"]


def test_a_question_that_waits_too_long_is_found(cast: Cast) -> None:
    engagement = an_engagement()
    a_question(cast, engagement)

    assert places(engagement, "COM004", days=21) == []
    assert places(engagement, "COM004", days=22) == ["decisions[0].decided_on"]


def test_overdue_actions_are_found(cast: Cast) -> None:
    engagement = an_engagement()
    items = [a_task(cast, engagement, task=f"Task {number}") for number in range(4)]
    for item in items[:3]:
        finished(cast, item)

    assert places(engagement, "COM004", days=20) == []

    a_task(cast, engagement, task="Another", due_on=TODAY.date() + timedelta(days=8))
    assert places(engagement, "COM004", days=20) == ["actions"]


def test_the_queries_do_not_grow_with_the_engagements(cast: Cast) -> None:
    asked = []
    for number in range(3):
        engagement = an_engagement(name=f"Engagement {number}")
        an_activity(cast, engagement, Letter.ACCOUNTABLE)
        a_forum(cast.ada, cast.cleo, engagement, name="Board")
        a_question(cast, engagement)
        a_task(cast, engagement)
        with CaptureQueriesContext(connection) as counted:
            rows_of(Engagement.objects.select_related("client"), date(2026, 9, 1))
        asked.append(len(counted))

    assert len(set(asked)) == 1
