"""Questions until they are decided, and action items until they are done or dropped."""

from datetime import date, timedelta
from typing import Any

import pytest

from tallystick.actions.ask_decision import DecisionRefused, Question, ask_decision
from tallystick.actions.decide_question import decide_question
from tallystick.actions.finish_action_item import finish_action_item
from tallystick.actions.give_action_item import ActionItemRefused, Task, give_action_item
from tallystick.actions.governing import NotOfEngagement
from tallystick.actions.refusals import NotPermitted
from tallystick.actions.texts import TextNeeded
from tallystick.records.action_items import ActionItem, ActionOutcome
from tallystick.records.decisions import Decision
from tallystick.records.ledger import LedgerEntry
from tests.actions.governing import a_forum
from tests.cast import TODAY, Cast, an_engagement

pytestmark = pytest.mark.django_db

DAY = TODAY.date()


def a_question(cast: Cast, engagement: Any = None, **changes: Any) -> Decision:
    """Ask whether to extend the contract."""
    usual = {"question": "Extend by a year?", "owner": cast.ada.person, "asked_on": DAY}
    amends, by = changes.pop("amends", None), changes.pop("by", cast.cleo)
    return ask_decision(
        engagement=engagement or an_engagement(),
        asked=Question(**usual | changes),
        amends=amends,
        by=by,
        as_of=TODAY,
    )


def a_task(cast: Cast, engagement: Any = None, **changes: Any) -> ActionItem:
    """Give the provider's delivery lead something to do within a week, asked for in June."""
    usual = {
        "task": "Send the plan", "owner": cast.cleo.person, "due_on": DAY + timedelta(days=7),
        "given_on": date(2026, 6, 1),
    }  # fmt: skip
    amends = changes.pop("amends", None)
    return give_action_item(
        engagement=engagement or an_engagement(),
        task=Task(**usual | changes),
        amends=amends,
        by=cast.ada,
        as_of=TODAY,
    )


def decided(cast: Cast, question: Decision, on: date = DAY, words: str = "Yes.") -> Decision:
    """Decide a question."""
    return decide_question(question=question, words=words, on=on, by=cast.ada, as_of=TODAY)


def finished(cast: Cast, item: ActionItem, **changes: Any) -> ActionItem:
    """Say that an action is done."""
    usual = {"outcome": ActionOutcome.DONE, "on": DAY, "by": cast.cleo}
    return finish_action_item(item=item, as_of=TODAY, **usual | changes)


def test_a_question_is_asked_and_decided_with_its_entries(cast: Cast) -> None:
    question = a_question(cast, asked_on=date(2026, 6, 1))

    decided(cast, question)

    stored = Decision.objects.get()
    assert (stored.side, stored.decision, stored.decided_on) == ("client", "Yes.", DAY)
    told = LedgerEntry.objects.filter(engagement=stored.engagement).order_by("id")
    assert [each.action for each in told] == ["ask_decision", "decide_question"]


def test_a_question_can_go_to_the_forum_above_until_it_is_decided(cast: Cast) -> None:
    engagement = an_engagement()
    question = a_question(cast, engagement)
    board = a_forum(cast.ada, cast.cleo, engagement, name="Board")

    a_question(cast, engagement, amends=question, forum=board)
    decided(cast, question)

    assert Decision.objects.get().forum == board
    with pytest.raises(DecisionRefused):
        a_question(cast, engagement, amends=question)


def test_a_question_is_decided_once(cast: Cast) -> None:
    question = a_question(cast)
    decided(cast, question)

    with pytest.raises(DecisionRefused):
        decided(cast, question, words="No.")
    assert Decision.objects.get().decision == "Yes."


@pytest.mark.parametrize("on", [date(2026, 7, 5), date(2026, 7, 7)])
def test_nothing_is_decided_before_it_was_asked_or_after_today(cast: Cast, on: date) -> None:
    with pytest.raises(DecisionRefused) as refused:
        decided(cast, a_question(cast), on)
    assert refused.value.place == "on"


def test_a_decision_has_words(cast: Cast) -> None:
    with pytest.raises(TextNeeded):
        decided(cast, a_question(cast), words="\n")


def test_a_question_is_asked_until_today_to_somebody_of_the_parties(cast: Cast) -> None:
    with pytest.raises(DecisionRefused):
        a_question(cast, asked_on=DAY + timedelta(days=1))
    with pytest.raises(NotOfEngagement):
        a_question(cast, an_engagement(name="Theirs"), owner=cast.dan.person)
    assert not Decision.objects.exists()


def test_a_meeting_of_another_engagement_decides_nothing_here(cast: Cast) -> None:
    elsewhere = a_forum(cast.ada, cast.cleo, an_engagement(name="Another"))

    with pytest.raises(NotOfEngagement):
        a_question(cast, forum=elsewhere)
    with pytest.raises(NotOfEngagement):
        decide_question(
            question=a_question(cast, an_engagement(name="Third")),
            words="Yes.",
            on=DAY,
            meeting=elsewhere.meetings.all()[0],
            by=cast.ada,
            as_of=TODAY,
        )


def test_an_action_is_given_moved_and_done(cast: Cast) -> None:
    engagement = an_engagement()
    item = a_task(cast, engagement)
    a_task(cast, engagement, amends=item, due_on=DAY + timedelta(days=20))

    finished(cast, item, note="Sent.")

    stored = ActionItem.objects.get()
    assert (stored.side, stored.outcome, stored.done_on) == ("provider", "done", DAY)
    assert stored.due_on - stored.first_due_on == timedelta(days=13)
    with pytest.raises(ActionItemRefused):
        finished(cast, item)
    with pytest.raises(ActionItemRefused):
        a_task(cast, engagement, amends=item)


def test_the_side_that_owns_an_action_says_that_it_is_done(cast: Cast) -> None:
    with pytest.raises(NotPermitted):
        finished(cast, a_task(cast), by=cast.ada)
    assert ActionItem.objects.get().done_on is None


def test_an_action_is_dropped_for_a_reason(cast: Cast) -> None:
    item = a_task(cast)
    with pytest.raises(TextNeeded):
        finished(cast, item, outcome=ActionOutcome.DROPPED)

    finished(cast, item, outcome=ActionOutcome.DROPPED, note="No longer needed.")

    assert ActionItem.objects.get().outcome == "dropped"


@pytest.mark.parametrize("off", [-40, 1])
def test_an_action_is_not_done_before_it_was_given_or_after_today(cast: Cast, off: int) -> None:
    with pytest.raises(ActionItemRefused):
        finished(cast, a_task(cast), on=DAY + timedelta(days=off))


@pytest.mark.parametrize("due", [date(2026, 5, 31), date(2199, 1, 1)])
def test_an_action_is_due_after_it_was_given(cast: Cast, due: date) -> None:
    with pytest.raises(ActionItemRefused) as refused:
        a_task(cast, due_on=due)
    assert refused.value.place == "due_on"
    assert not ActionItem.objects.exists()


def test_nobody_outside_is_given_anything(cast: Cast) -> None:
    with pytest.raises(NotOfEngagement):
        a_task(cast, owner=cast.dan.person)


def test_nobody_writes_down_a_yes_of_the_other_party(cast: Cast) -> None:
    question = a_question(cast)

    with pytest.raises(NotPermitted, match="of the client owns this question"):
        decide_question(question=question, words="Yes.", on=DAY, by=cast.cleo, as_of=TODAY)

    question.refresh_from_db()
    assert question.decided_on is None


def test_what_the_other_party_asked_of_itself_is_not_changed(cast: Cast) -> None:
    engagement = an_engagement()
    question = a_question(cast, engagement, by=cast.ada)
    item = a_task(cast, engagement, owner=cast.ada.person)

    with pytest.raises(NotPermitted, match="the client asked for it"):
        a_question(cast, engagement, amends=question, owner=cast.cleo.person, by=cast.cleo)
    with pytest.raises(NotPermitted, match="the client asked for it"):
        give_action_item(
            engagement=engagement,
            task=Task(task="Nothing", owner=cast.cleo.person, due_on=DAY),
            amends=item, by=cast.cleo, as_of=TODAY,
        )  # fmt: skip

    item.refresh_from_db()
    question.refresh_from_db()
    assert (item.owner, question.owner) == (cast.ada.person, cast.ada.person)


def test_whoever_asked_may_still_change_what_the_other_party_owns(cast: Cast) -> None:
    engagement = an_engagement()
    question = a_question(cast, engagement)

    a_question(cast, engagement, amends=question, question="Extend by two years?", by=cast.cleo)

    question.refresh_from_db()
    assert question.question == "Extend by two years?"


def test_what_is_sent_twice_is_asked_and_given_once(cast: Cast) -> None:
    engagement = an_engagement()

    asked = {a_question(cast, engagement) for _ in range(2)}
    given = {a_task(cast, engagement) for _ in range(2)}

    assert (len(asked), len(given)) == (1, 1)
    assert LedgerEntry.objects.filter(action="ask_decision").count() == 1
    assert a_task(cast, engagement, task="Send the other plan") not in given
