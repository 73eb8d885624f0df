"""Whom issues, questions, tasks, echoes and risks are told to."""

from datetime import date, timedelta
from typing import Any

import pytest

from tallystick.actions.acknowledge_objective import acknowledge_objective
from tallystick.actions.answer_issue import answer_issue
from tallystick.actions.ask_decision import Question, ask_decision
from tallystick.actions.climb_escalations import climb_escalations
from tallystick.actions.decide_question import decide_question
from tallystick.actions.escalate_issue import escalate_issue
from tallystick.actions.give_action_item import Task, give_action_item
from tallystick.actions.resolve_issue import resolve_issue
from tallystick.actions.run_plan import run_plan
from tallystick.engine.guardrails.stages import Stage
from tallystick.records.contingency import RunKind
from tallystick.records.engagements import Engagement
from tallystick.records.inbox import entries_of, inbox_of
from tallystick.records.notices import NoticeKind
from tallystick.records.notifications import Notification
from tallystick.records.risk_registers import PRIVATE, SHARED, Register
from tallystick.records.roles import Role
from tallystick.records.viewer import Viewer
from tests.actions.escalating import Table
from tests.actions.test_indicators import a_sign, read
from tests.actions.test_measure_and_state import an_agreement
from tests.cast import TODAY, Cast, a_viewer, an_engagement
from tests.risking import a_plan, a_risk
from tests.web.pages import an_objective

pytestmark = pytest.mark.django_db


def told(viewer: Viewer) -> list[tuple[str, str]]:
    """Return what somebody was told, the latest last, and why; not of findings or ratings."""
    entries = entries_of(inbox_of(viewer), viewer)
    return [
        (f"{each.words}: {each.title}", each.notification.reason)
        for each in reversed(entries)
        if each.notification.kind not in {NoticeKind.BLOCKER_FOUND, NoticeKind.IMPORTANCE_ASKED}
    ]


def forget() -> None:
    """Let only what follows be told."""
    Notification.objects.all().delete()


def test_an_issue_is_told_to_the_side_that_is_asked() -> None:
    table = Table()
    table.ladder()

    table.issue()

    words = "An issue was raised: Mail is slow"
    assert told(table.cleo) == [(words, "you hold the post “Theirs 1”")]
    assert told(table.mia) == [(words, "your role may raise, answer and settle an issue")]
    assert told(table.ola) == told(table.ada) == []


def test_an_answer_is_told_to_whoever_is_asked_next_and_to_whoever_raised_it() -> None:
    table = Table()
    table.ladder()
    issue = table.issue()
    forget()

    answer_issue(issue=issue, words="On it.", by=table.cleo, as_of=TODAY)

    words = "An issue waits for your side: Mail is slow"
    assert told(table.ola) == [(words, "you hold the post “Ours 1”")]
    assert told(table.ada) == [(words, "you raised it")]
    assert told(table.cleo) == told(table.mia) == []


def test_a_level_further_up_is_told_to_the_posts_of_both_sides() -> None:
    table = Table()
    table.ladder()
    issue = table.issue()
    forget()

    escalate_issue(issue=issue, words="Too slow.", by=table.ada, as_of=TODAY)

    words = "An issue was escalated: Mail is slow, level 2"
    assert told(table.cleo) == [(words, "you hold the post “Theirs 2”")]
    assert told(table.ola) == [(words, "you hold the post “Ours 2”")]
    assert told(table.ada) == told(table.mia) == []


def test_what_the_clock_takes_up_is_told_too() -> None:
    table = Table()
    table.ladder()
    table.issue()
    forget()

    climb_escalations(as_of=TODAY + timedelta(hours=5))

    assert [each for each, _ in told(table.cleo)] == [
        "An issue was escalated: Mail is slow, level 2"
    ]


def test_without_a_ladder_everybody_who_may_answer_is_told() -> None:
    table = Table()
    issue = table.issue()
    forget()

    answer_issue(issue=issue, words="On it.", by=table.cleo, as_of=TODAY)

    assert [len(told(each)) for each in (table.ada, table.ola, table.mia)] == [1, 1, 0]


def test_a_resolved_issue_is_told_to_the_side_that_has_the_last_word() -> None:
    table = Table()
    issue = table.issue()
    forget()

    resolve_issue(issue=issue, resolution="A larger disk.", by=table.cleo, as_of=TODAY)

    words = "A resolved issue waits to be closed: Mail is slow"
    assert told(table.ada) == [(words, "you raised it")]
    assert len(told(table.ola)) == 1
    assert told(table.mia) == []


def test_a_question_is_told_to_its_owner_and_again_to_another(cast: Cast) -> None:
    engagement = an_engagement()
    given: dict[str, Any] = {"engagement": engagement, "by": cast.ada, "as_of": TODAY}
    day = TODAY.date()
    decision = ask_decision(asked=Question("Extend?", cast.cleo.person, day), **given)
    forget()

    ask_decision(asked=Question("Extend it?", cast.cleo.person, day), amends=decision, **given)
    ask_decision(asked=Question("Extend it?", cast.ben.person, day), amends=decision, **given)

    assert told(cast.cleo) == []
    assert told(cast.ben) == [
        ("A question waits for your decision: Extend it?", "it is yours to decide")
    ]


def test_a_decision_is_told_to_whoever_asked_and_to_its_owner(cast: Cast) -> None:
    engagement, day = an_engagement(), TODAY.date()
    asked = Question("Extend?", cast.cleo.person, day)
    decision = ask_decision(engagement=engagement, asked=asked, by=cast.ada, as_of=TODAY)
    forget()

    other = a_viewer(Role.DELIVERY_LEAD, organisation=cast.cleo.organisation.name)
    decide_question(question=decision, words="Yes.", on=day, by=other, as_of=TODAY)

    assert told(cast.ada) == [("A question was decided: Extend?", "you asked it")]
    assert told(cast.cleo) == [("A question was decided: Extend?", "it was yours to decide")]
    assert told(other) == []


def test_an_action_is_told_to_its_owner_but_not_if_they_gave_it_themselves(cast: Cast) -> None:
    engagement, due = an_engagement(), date(2026, 8, 1)

    for owner in (cast.cleo, cast.ada):
        task = Task("Send the plan", owner.person, due)
        give_action_item(engagement=engagement, task=task, by=cast.ada, as_of=TODAY)

    assert told(cast.cleo) == [("You were given an action: Send the plan", "it is yours to do")]
    assert told(cast.ada) == []


def test_an_acknowledged_objective_waits_for_the_delivery_lead() -> None:
    mia, cleo = a_viewer(Role.ACCOUNT_MANAGER), a_viewer(Role.DELIVERY_LEAD)
    objective = an_objective(engagement=an_engagement(), statement="Faster")

    acknowledge_objective(objective=objective, by=mia, as_of=TODAY)

    assert [each for each, _ in told(cleo)] == [
        "An objective waits for the delivery team's word: Faster"
    ]
    assert told(mia) == []


def test_a_delivery_lead_who_acknowledges_has_given_the_word() -> None:
    first, second = a_viewer(Role.DELIVERY_LEAD), a_viewer(Role.DELIVERY_LEAD)

    acknowledge_objective(objective=an_objective(engagement=an_engagement()), by=first, as_of=TODAY)

    assert told(second) == []


def test_an_agreement_in_force_waits_for_the_delivery_lead(cast: Cast) -> None:
    lead = a_viewer(Role.DELIVERY_LEAD)

    an_agreement(an_engagement(), cast)

    assert "An agreement waits for the delivery team's word: Service desk services" in [
        each for each, _ in told(lead)
    ]


def _an_activation(engagement: Engagement, register: Register, owner: Viewer, by: Viewer) -> None:
    plan = a_plan(engagement, by, register)
    risk = a_risk(engagement, by, register=register, owner=owner.person)
    type(risk)._default_manager.filter(pk=risk.pk).update(plan=plan)
    forget()
    run_plan(plan=plan, kind=RunKind.ACTIVATION, why="Four left.", by=by, as_of=TODAY)


def test_an_activated_plan_is_told_to_the_owner_of_its_risk_and_to_the_leads(cast: Cast) -> None:
    ola = a_viewer(Role.SERVICE_OWNER)

    _an_activation(an_engagement(), SHARED, ola, cast.ada)

    words = "A contingency plan was activated: Run the desk ourselves"
    assert told(ola) == [(words, "you own a risk that it is for")]
    assert told(cast.ben) == [(words, "your role may plan an engagement")]
    assert told(cast.cleo) == [(words, "your role may keep the register of risks")]


def test_a_test_of_a_plan_is_not_told(cast: Cast) -> None:
    plan = a_plan(an_engagement(), cast.ada)

    run_plan(plan=plan, kind=RunKind.TEST, why="Yearly.", by=cast.ada, as_of=TODAY)

    assert told(cast.ben) == told(cast.cleo) == []


def test_a_private_plan_and_a_private_indicator_stay_with_the_client(cast: Cast) -> None:
    engagement = an_engagement()
    _an_activation(engagement, PRIVATE, cast.ben, cast.ada)

    risk = a_risk(engagement, cast.ada, "They are bought", PRIVATE)
    read(a_sign(risk, cast.ada, consecutive=1), 1, 5, cast.ada)

    assert [each for each, _ in told(cast.ben)] == [
        "A contingency plan was activated: Run the desk ourselves",
        "An early-warning indicator has tripped: Notices given: They are bought",
    ]
    assert not Notification.objects.filter(person=cast.cleo.person).exists()


def test_an_indicator_that_trips_is_told_to_the_owner_whoever_read_it(cast: Cast) -> None:
    risk = a_risk(an_engagement(), cast.ada)

    read(a_sign(risk, cast.ada, consecutive=1), 1, 5, cast.ada)

    words = "An early-warning indicator has tripped: Notices given: Key people leave"
    assert told(cast.ada) == [(words, "you own the risk")]
    assert len(told(cast.cleo)) == len(told(cast.ben)) == 1


def test_before_the_award_a_provider_hears_of_no_risk(cast: Cast) -> None:
    risk = a_risk(an_engagement(stage=Stage.SELECT), cast.ada)

    read(a_sign(risk, cast.ada, consecutive=1), 1, 5, cast.ada)

    assert not Notification.objects.filter(person=cast.cleo.person).exists()
    assert len(told(cast.ben)) == 1
