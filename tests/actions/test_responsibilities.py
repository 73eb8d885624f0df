"""The responsibility matrix and the channels: kept whole, with their entries in the ledger."""

from typing import Any

import pytest

from tallystick.actions.governing import NameTaken, NotOfEngagement
from tallystick.actions.refusals import NotPermitted
from tallystick.actions.remove_activity import remove_activity
from tallystick.actions.remove_channel import remove_channel
from tallystick.actions.state_activity import ActivityWording, state_activity
from tallystick.actions.state_channel import ChannelRefused, ChannelWording, state_channel
from tallystick.actions.texts import TextNeeded
from tallystick.engine.governance.responsibilities import Letter
from tallystick.engine.guardrails.stages import Stage
from tallystick.records.activities import Activity, Responsibility
from tallystick.records.channels import Channel
from tallystick.records.ledger import LedgerEntry
from tallystick.records.roles import Role, Side
from tests.actions.governing import a_post
from tests.actions.test_measure_and_state import an_agreement
from tests.cast import TODAY, Cast, a_viewer, an_engagement

pytestmark = pytest.mark.django_db


def test_an_activity_is_kept_with_its_parts(cast: Cast) -> None:
    engagement = an_engagement()
    owner = a_post(engagement, cast.ada, "Owner")
    parts = [(owner, Letter.ACCOUNTABLE), (owner, Letter.RESPONSIBLE), (owner, Letter.ACCOUNTABLE)]
    activity = state_activity(
        engagement=engagement, wording=ActivityWording(" Restore ", parts), by=cast.ada, as_of=TODAY
    )

    assert activity.name == "Restore"
    assert sorted(each.letter for each in activity.responsibilities.all()) == ["A", "R"]
    assert LedgerEntry.objects.filter(engagement=engagement, action="state_activity").count() == 1


def test_an_activity_worded_anew_has_only_its_new_parts(cast: Cast) -> None:
    engagement = an_engagement()
    owner, desk = (a_post(engagement, cast.ada, name) for name in ("Owner", "Desk"))
    first = ActivityWording("Restore", [(owner, Letter.ACCOUNTABLE)])
    activity = state_activity(engagement=engagement, wording=first, by=cast.ada, as_of=TODAY)

    state_activity(
        engagement=engagement,
        wording=ActivityWording("Restore data", [(desk, Letter.CONSULTED)]),
        amends=activity,
        by=cast.ada,
        as_of=TODAY,
    )

    assert Activity.objects.get().name == "Restore data"
    assert [(each.post, each.letter) for each in Responsibility.objects.all()] == [(desk, "C")]


def test_a_post_of_another_engagement_has_no_part_in_it(cast: Cast) -> None:
    elsewhere = a_post(an_engagement(name="Another"), cast.ada, "Owner")

    with pytest.raises(NotOfEngagement):
        state_activity(
            engagement=an_engagement(),
            wording=ActivityWording("Restore", [(elsewhere, Letter.ACCOUNTABLE)]),
            by=cast.ada,
            as_of=TODAY,
        )
    assert not Activity.objects.exists()


@pytest.mark.parametrize(("name", "refusal"), [("RESTORE", NameTaken), ("\x07", TextNeeded)])
def test_an_activity_has_a_name_of_its_own(cast: Cast, name: str, refusal: type[Exception]) -> None:
    engagement = an_engagement()
    for given in ("Restore",):
        state_activity(
            engagement=engagement, wording=ActivityWording(given), by=cast.ada, as_of=TODAY
        )
    with pytest.raises(refusal):
        state_activity(
            engagement=engagement, wording=ActivityWording(name), by=cast.ada, as_of=TODAY
        )


def test_before_the_award_the_story_stays_with_the_client(cast: Cast) -> None:
    engagement = an_engagement(stage=Stage.SELECT, provider=None)
    state_activity(
        engagement=engagement, wording=ActivityWording("Restore"), by=cast.ada, as_of=TODAY
    )

    entry = LedgerEntry.objects.get(action="state_activity")
    assert (entry.engagement, entry.client) == (None, engagement.client)


def test_a_row_is_taken_off_with_its_parts_and_twice_does_no_harm(cast: Cast) -> None:
    engagement = an_engagement()
    owner = a_post(engagement, cast.ada, "Owner")
    wording = ActivityWording("Restore", [(owner, Letter.ACCOUNTABLE)])
    activity = state_activity(engagement=engagement, wording=wording, by=cast.ada, as_of=TODAY)

    remove_activity(activity=activity, by=cast.cleo, as_of=TODAY)
    remove_activity(activity=activity, by=cast.cleo, as_of=TODAY)

    assert not Activity.objects.exists()
    assert not Responsibility.objects.exists()


def test_an_auditor_reads_and_does_not_write(cast: Cast) -> None:
    with pytest.raises(NotPermitted):
        state_activity(
            engagement=an_engagement(), wording=ActivityWording("R"), by=cast.ann, as_of=TODAY
        )


def a_channel(cast: Cast, engagement: Any = None, **changes: Any) -> Channel:
    """State a channel for outages."""
    usual = {"purpose": "Outages", "medium": "Telephone", "answer_minutes": 15}
    return state_channel(
        engagement=engagement or an_engagement(),
        wording=ChannelWording(**usual | changes),
        by=cast.ada,
        as_of=TODAY,
    )


def test_a_channel_names_the_calendar_whose_hours_count(cast: Cast) -> None:
    engagement = an_engagement()
    an_agreement(engagement, cast)

    channel = a_channel(cast, engagement, calendar="office")

    assert (channel.calendar, channel.answer_minutes) == ("office", 15)


def test_a_channel_is_kept_once_for_a_purpose_and_can_go(cast: Cast) -> None:
    engagement = an_engagement()
    channel = a_channel(cast, engagement)
    with pytest.raises(NameTaken):
        a_channel(cast, engagement, purpose="outages")

    remove_channel(channel=channel, by=cast.ada, as_of=TODAY)

    assert not Channel.objects.exists()


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"calendar": "night"}, "calendar"),
        ({"answer_minutes": 0}, "answer_minutes"),
        ({"answer_minutes": 10**9}, "answer_minutes"),
    ],
)
def test_a_channel_that_cannot_be_is_refused(
    cast: Cast, changes: dict[str, Any], place: str
) -> None:
    with pytest.raises(ChannelRefused) as refused:
        a_channel(cast, **changes)
    assert refused.value.place == place
    assert not Channel.objects.exists()


def test_each_side_answers_through_a_post_of_its_own(cast: Cast) -> None:
    engagement = an_engagement()
    theirs = a_post(engagement, cast.ada, "Desk", Side.PROVIDER)
    with pytest.raises(ChannelRefused):
        a_channel(cast, engagement, client_post=theirs)

    channel = a_channel(cast, engagement, provider_post=theirs)

    assert channel.provider_post == theirs


def test_an_evaluator_sets_nothing_up(cast: Cast) -> None:
    with pytest.raises(NotPermitted):
        state_channel(
            engagement=an_engagement(),
            wording=ChannelWording("Outages", "Telephone"),
            by=a_viewer(Role.EVALUATOR),
            as_of=TODAY,
        )
