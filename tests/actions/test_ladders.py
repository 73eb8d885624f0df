"""The escalation ladder: its levels, its gaps, and how issues climb it by the clock."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tallystick.actions.answer_issue import answer_issue
from tallystick.actions.climb_escalations import Climbed, climb_escalations
from tallystick.actions.record_ladder_test import TrialRefused, record_ladder_test
from tallystick.actions.refusals import NotPermitted
from tallystick.actions.state_ladder_level import LevelRefused
from tallystick.engine.guardrails.stages import Stage
from tallystick.records.issues import Ended, Opened
from tallystick.records.ladders import LadderLevel, LadderTest, Tried, gaps_in
from tallystick.records.ledger import LedgerEntry
from tallystick.records.organisations import Membership
from tallystick.records.posts import Staffing
from tallystick.records.roles import Side
from tests.actions.escalating import HOUR, Table, last, turns
from tests.actions.test_measure_and_state import an_agreement
from tests.cast import TODAY, Cast, an_engagement

pytestmark = pytest.mark.django_db

DUE = TODAY + timedelta(hours=4)


def test_unanswered_it_climbs_once_its_time_is_over_and_not_before() -> None:
    table = Table()
    table.ladder()
    issue = table.issue()
    assert climb_escalations(as_of=DUE - timedelta(seconds=1)) == Climbed(0, 0)
    assert climb_escalations(as_of=DUE) == Climbed(1, 0)
    first, second = turns(issue)
    assert (first.ended, first.ended_by) == (Ended.CLOCK, None)
    assert (second.level, second.side, second.why) == (2, Side.PROVIDER, Opened.CLOCK)
    assert second.due_at == DUE + timedelta(hours=4)
    entry = LedgerEntry.objects.get(engagement=table.engagement, action="climb_escalations")
    assert entry.by is None


def test_at_the_top_it_stays_says_so_once_and_goes_on_when_somebody_is_named() -> None:
    table = Table()
    table.ladder([1])
    issue = table.issue()
    assert climb_escalations(as_of=DUE) == Climbed(0, 1)
    assert climb_escalations(as_of=DUE + timedelta(minutes=1)) == Climbed(0, 0)
    turn = last(issue)
    assert (turn.level, turn.ended_at, turn.exhausted_at) == (1, None, DUE)
    assert turn.note.count("Nobody of the provider is left to climb to.") == 1
    table.level(2, provider_post=table.post("Late", Side.PROVIDER, table.mia))
    assert climb_escalations(as_of=DUE + timedelta(minutes=2)) == Climbed(1, 0)
    assert last(issue).level == 2


def test_an_issue_raised_without_a_ladder_is_asked_once_there_is_one() -> None:
    table = Table()
    issue = table.issue()
    assert climb_escalations(as_of=DUE) == Climbed(0, 0)
    table.ladder([1])
    assert climb_escalations(as_of=DUE) == Climbed(1, 0)
    assert (last(issue).level, last(issue).asked) == (1, table.cleo.person)


def test_a_deputy_is_asked_for_a_vacant_post_and_an_empty_one_is_passed_over_at_once() -> None:
    table = Table()
    table.ladder([1, 3])
    table.level(2, provider_post=table.post("Empty", Side.PROVIDER, None))
    table.level(1, provider_post=table.post("Deputised", Side.PROVIDER, None, table.mia))
    issue = table.issue()
    assert (last(issue).asked, last(issue).stands_in) == (table.mia.person, True)
    climb_escalations(as_of=DUE)
    assert last(issue).level == 3
    assert "Level 2: Empty is vacant and nobody stands in." in last(issue).note


def test_who_left_is_not_asked() -> None:
    table = Table()
    table.ladder([1, 2])
    Membership.objects.filter(person=table.cleo.person).update(ended_at=TODAY)
    assert last(table.issue()).asked == table.mia.person
    Membership.objects.filter(person=table.mia.person).update(ended_at=TODAY)
    turn = last(table.issue(title="Another"))
    assert (turn.asked, turn.exhausted_at) == (None, TODAY)


def test_an_answer_that_comes_first_keeps_it_from_climbing() -> None:
    table = Table()
    table.ladder()
    issue = table.issue()
    answer_issue(issue=issue, words="Here.", by=table.cleo, as_of=DUE)
    assert climb_escalations(as_of=DUE) == Climbed(0, 0)
    assert [each.level for each in turns(issue)] == [1, 1]


def test_an_answer_that_comes_just_after_the_climb_counts_for_the_level_it_came_to() -> None:
    table = Table()
    table.ladder()
    issue = table.issue()
    climb_escalations(as_of=DUE)
    answer_issue(issue=issue, words="Here.", by=table.cleo, as_of=DUE)
    assert [(each.level, each.side) for each in turns(issue)] == [
        (1, Side.PROVIDER), (2, Side.PROVIDER), (2, Side.CLIENT),
    ]  # fmt: skip


def test_time_is_counted_on_the_agreements_calendar(cast: Cast) -> None:
    # Berlin, 8 to 12 and 13 to 17; Friday 3 April and Monday 6 April 2026 are holidays.
    agreement = an_agreement(an_engagement(), cast)
    table = Table(engagement=agreement.engagement)
    post = table.post("Theirs", Side.PROVIDER, table.cleo, table.mia)
    table.level(1, provider_post=post, respond_minutes=4 * HOUR, calendar="office")
    thursday = datetime(2026, 4, 2, 13, 30, tzinfo=UTC)
    turn = last(table.issue(as_of=thursday))
    # An hour and a half on Thursday until 17:00, two and a half hours on Tuesday from 8:00.
    assert turn.due_at == datetime(2026, 4, 7, 8, 30, tzinfo=UTC)
    assert (turn.calendar, turn.agreement) == ("office", agreement)


def test_a_calendar_that_the_agreement_lacks_is_refused(cast: Cast) -> None:
    table = Table(engagement=an_agreement(an_engagement(), cast).engagement)
    with pytest.raises(LevelRefused) as refused:
        table.level(1, calendar="night")
    assert refused.value.place == "calendar"
    assert "office" in refused.value.remedy


@pytest.mark.parametrize(
    ("changes", "place"),
    [({"respond_minutes": 0}, "respond_minutes"), ({"respond_minutes": 10**9}, "respond_minutes")],
)
def test_a_part_that_cannot_be_is_refused(changes: dict[str, Any], place: str) -> None:
    with pytest.raises(LevelRefused) as refused:
        Table().level(1, **changes)
    assert refused.value.place == place
    assert not LadderLevel.objects.exists()


def test_a_post_of_the_other_side_is_refused() -> None:
    table = Table()
    with pytest.raises(LevelRefused) as refused:
        table.level(1, client_post=table.post("Theirs", Side.PROVIDER, table.cleo))
    assert refused.value.place == "client_post"


def test_there_is_no_fifth_level() -> None:
    with pytest.raises(LevelRefused):
        Table().level(5)


def test_gaps_are_named_by_their_cell() -> None:
    table = Table()
    post = table.post("Ours", Side.CLIENT, table.ola)
    level = table.level(1, client_post=post, channel="", respond_minutes=None)
    found = gaps_in(level, Staffing([table.engagement]), [])
    assert [(each.place, each.sentence) for each in found] == [
        ("client", "No deputy"),
        ("provider", "No post named"),
        ("channel", "No channel"),
        ("respond_within", "No time to respond"),
    ]


def test_a_provider_names_its_own_contact_and_nothing_else() -> None:
    table = Table()
    table.level(1)
    post = table.post("Theirs", Side.PROVIDER, table.cleo, table.mia)
    assert table.level(1, by=table.mia, provider_post=post).provider_post == post
    with pytest.raises(NotPermitted):
        table.level(1, by=table.mia, provider_post=post, respond_minutes=9999)
    assert LadderLevel.objects.get().respond_minutes == 4 * HOUR


def test_before_the_award_the_ladder_is_the_clients_own_story() -> None:
    table = Table(engagement=an_engagement(name="Next", stage=Stage.SELECT, provider=None))
    table.level(1)
    entry = LedgerEntry.objects.get(action="state_ladder_level")
    assert (entry.engagement, entry.client) == (None, table.engagement.client)


def test_a_test_of_the_ladder_is_kept() -> None:
    table = Table()
    with pytest.raises(TrialRefused):
        _try(table, TODAY.date())
    table.ladder([1])
    with pytest.raises(TrialRefused):
        _try(table, TODAY.date() + timedelta(days=1))
    assert not LadderTest.objects.exists()
    assert _try(table, TODAY.date()).tested_on == TODAY.date()


def _try(table: Table, on: date) -> LadderTest:
    return record_ladder_test(
        engagement=table.engagement,
        tested_on=on,
        result=Tried.ALL_ANSWERED,
        by=table.ada,
        as_of=TODAY,
    )
