"""Issues: raised by either side, answered in turns, resolved, opened again, closed."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from tallystick.actions.answer_issue import answer_issue
from tallystick.actions.close_issue import NotResolved, NotYours, close_issue
from tallystick.actions.escalate_issue import AtTheTop, escalate_issue
from tallystick.actions.issue_turns import NotOpen, NotYourTurn
from tallystick.actions.raise_issue import IssueRefused, NobodyToAnswer
from tallystick.actions.refusals import NotPermitted
from tallystick.actions.reopen_issue import StillOpen, reopen_issue
from tallystick.actions.resolve_issue import resolve_issue
from tallystick.actions.texts import TextNeeded
from tallystick.engine.guardrails.stages import Stage
from tallystick.records.issues import Ended, Escalation, Issue, IssueState, Opened
from tallystick.records.ledger import LedgerEntry
from tallystick.records.roles import Role, Side
from tests.actions.escalating import Table, last, turns
from tests.cast import TODAY, a_viewer, an_engagement

pytestmark = pytest.mark.django_db

LATER = TODAY + timedelta(hours=1)


def test_the_other_side_is_waited_for_by_the_clock_of_level_one() -> None:
    table = Table()
    table.ladder()
    issue = table.issue()
    turn = last(issue)
    assert (turn.level, turn.side, turn.why) == (1, Side.PROVIDER, Opened.RAISED)
    assert turn.asked == table.cleo.person
    assert turn.due_at == TODAY + timedelta(hours=4)
    assert LedgerEntry.objects.filter(engagement=table.engagement, action="raise_issue").exists()


def test_a_provider_raises_one_for_the_client() -> None:
    table = Table()
    table.ladder()
    turn = last(table.issue(by=table.cleo))
    assert (turn.side, turn.asked) == (Side.CLIENT, table.ola.person)


def test_an_issue_without_a_ladder_is_kept_and_says_that_nobody_is_asked() -> None:
    table = Table()
    turn = last(table.issue())
    assert turn.due_at is None
    assert turn.exhausted_at == TODAY
    assert "no level 1" in turn.note


def test_an_answer_hands_the_turn_to_the_other_side() -> None:
    table = Table()
    table.ladder()
    issue = table.issue()
    answer_issue(issue=issue, words="We look into it.", by=table.mia, as_of=LATER)
    first, second = turns(issue)
    assert (first.ended, first.ended_by, first.words) == (
        Ended.ANSWERED, table.mia.person, "We look into it.",
    )  # fmt: skip
    assert (second.side, second.level, second.why) == (Side.CLIENT, 1, Opened.ANSWER)
    assert second.due_at == LATER + timedelta(hours=4)


def test_who_is_not_waited_for_does_not_answer() -> None:
    table = Table()
    table.ladder()
    issue = table.issue()
    with pytest.raises(NotYourTurn):
        answer_issue(issue=issue, words="Hello?", by=table.ada, as_of=LATER)
    assert len(turns(issue)) == 1


def test_either_side_takes_it_a_level_up_by_hand() -> None:
    table = Table()
    table.ladder()
    issue = table.issue()
    escalate_issue(issue=issue, words="It cannot wait.", by=table.ada, as_of=LATER)
    escalate_issue(issue=issue, words="I cannot decide this.", by=table.cleo, as_of=LATER)
    assert [(each.level, each.side) for each in turns(issue)] == [
        (1, Side.PROVIDER), (2, Side.PROVIDER), (3, Side.PROVIDER),
    ]  # fmt: skip
    with pytest.raises(AtTheTop):
        escalate_issue(issue=issue, words="Higher.", by=table.ada, as_of=LATER)
    assert len(turns(issue)) == 3


def test_resolved_by_one_side_and_closed_by_the_one_that_raised_it() -> None:
    table = Table()
    table.ladder()
    issue = table.issue()
    resolve_issue(issue=issue, resolution="More memory.", by=table.cleo, as_of=LATER)
    with pytest.raises(NotYours):
        close_issue(issue=issue, by=table.cleo, as_of=LATER)
    closed = close_issue(issue=issue, by=table.ada, as_of=LATER)
    assert (closed.state, closed.closed_by) == (IssueState.CLOSED, table.ada.person)
    assert not Escalation.objects.filter(ended_at=None).exists()
    with pytest.raises(NotOpen):
        resolve_issue(issue=issue, resolution="Again.", by=table.ada, as_of=LATER)


def test_an_open_issue_is_not_closed() -> None:
    table = Table()
    issue = table.issue()
    with pytest.raises(NotResolved):
        close_issue(issue=issue, by=table.ada, as_of=LATER)


def test_opened_again_it_goes_on_where_it_was() -> None:
    table = Table()
    table.ladder()
    issue = table.issue()
    escalate_issue(issue=issue, words="Now.", by=table.ada, as_of=LATER)
    with pytest.raises(StillOpen):
        reopen_issue(issue=issue, words="Not done.", by=table.ada, as_of=LATER)
    resolve_issue(issue=issue, resolution="Done.", by=table.cleo, as_of=LATER)
    opened = reopen_issue(issue=issue, words="It is back.", by=table.ada, as_of=LATER)
    assert (opened.state, opened.resolved_at, opened.resolution) == (IssueState.OPEN, None, "")
    turn = last(issue)
    assert (turn.level, turn.side, turn.opened_with) == (2, Side.PROVIDER, "It is back.")


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"severity": "dire"}, "severity"),
        ({"cause": "bad luck"}, "cause"),
        ({"level": 5}, "level"),
        ({"cost": Decimal(-1), "currency": "EUR"}, "cost"),
        ({"cost": Decimal("NaN"), "currency": "EUR"}, "cost"),
        ({"cost": Decimal(1)}, "currency"),
        ({"currency": "EUR"}, "currency"),
        ({"service_level": "no-such-level"}, "service_level"),
    ],
)
def test_a_part_that_cannot_be_is_refused_with_its_place(
    changes: dict[str, Any], place: str
) -> None:
    table = Table()
    with pytest.raises(IssueRefused) as refused:
        table.issue(**changes)
    assert refused.value.place == place
    assert not Issue.objects.exists()


def test_a_title_is_needed() -> None:
    with pytest.raises(TextNeeded):
        Table().issue(title=" ")
    assert not Issue.objects.exists()


def test_before_the_award_there_is_nobody_to_answer() -> None:
    table = Table(engagement=an_engagement(name="Next", stage=Stage.SELECT))
    with pytest.raises(NobodyToAnswer):
        table.issue()
    assert not LedgerEntry.objects.exists()


def test_an_auditor_raises_nothing() -> None:
    table = Table()
    with pytest.raises(NotPermitted):
        table.issue(by=a_viewer(Role.AUDITOR))


def test_what_is_sent_twice_is_raised_and_told_once() -> None:
    table = Table()
    table.ladder()

    raised = {table.issue() for _ in range(2)}

    assert len(raised) == 1
    assert Escalation.objects.count() == 1
    assert table.issue(title="Mail is lost") not in raised
