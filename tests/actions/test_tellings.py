"""Whom today's acts tell of what."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from tallystick.actions.acknowledge_objective import acknowledge_objective
from tallystick.actions.keep_findings import keep_findings
from tallystick.actions.open_survey import open_survey
from tallystick.actions.rate_importance import rate_importance
from tallystick.actions.state_objective import ObjectiveWording, state_objective
from tallystick.actions.tellings import tell_gate
from tallystick.engine.guardrails.stages import Stage
from tallystick.engine.service_levels.window_words import window_words
from tallystick.records.engagements import Engagement, GatePassage
from tallystick.records.inbox import entries_of, inbox_of
from tallystick.records.notifications import Notification
from tallystick.records.viewer import Viewer
from tests.actions.test_answers import a_dispute
from tests.actions.test_disputes import a_reply
from tests.actions.test_measure_and_state import a_statement
from tests.actions.test_relief import a_claim, a_relieving_engagement, decide
from tests.cast import TODAY, Cast, an_engagement
from tests.web.pages import an_objective

pytestmark = pytest.mark.django_db


def words(viewer: Viewer) -> list[str]:
    """Return what somebody reads in their inbox."""
    return [f"{each.words}: {each.title}" for each in entries_of(inbox_of(viewer), viewer)]


def kinds(people: Iterable[Viewer]) -> list[list[str]]:
    """Return the kinds that each was told."""
    return [
        sorted(Notification.objects.filter(person=each.person).values_list("kind", flat=True))
        for each in people
    ]


def test_a_statement_is_told_to_both_parties_but_not_to_whoever_issued_it(
    cast: Cast, home: Path
) -> None:
    a_statement(cast, home)

    assert "A statement was issued: Statement of March 2026" in words(cast.cleo)
    assert any(each.startswith("A statement") for each in words(cast.ada))
    assert not any(each.startswith("A statement") for each in words(cast.ben))
    assert words(cast.dan) == []


def test_an_objective_waits_with_the_provider(cast: Cast) -> None:
    state_objective(
        engagement=an_engagement(),
        wording=ObjectiveWording("Pay day without errors"),
        by=cast.ada,
        as_of=TODAY,
    )

    assert words(cast.cleo) == ["An objective waits to be acknowledged: Pay day without errors"]


def test_before_the_award_a_provider_hears_nothing_of_objectives(cast: Cast) -> None:
    engagement = an_engagement(stage=Stage.DEFINE)
    state_objective(
        engagement=engagement, wording=ObjectiveWording("Pay day"), by=cast.ada, as_of=TODAY
    )
    Engagement.objects.update(stage=Stage.DELIVER)

    assert words(cast.cleo) == []


def test_each_party_is_asked_for_the_importance_that_it_has_not_given(cast: Cast) -> None:
    objective = an_objective(engagement=an_engagement())
    rate_importance(objective=objective, importance=2, by=cast.ada, as_of=TODAY)

    acknowledge_objective(objective=objective, by=cast.cleo, as_of=TODAY)

    asked = Notification.objects.filter(kind="importance-asked")
    assert {each.organisation for each in asked} <= {cast.cleo.organisation}
    Notification.objects.all().delete()

    other = an_objective(engagement=objective.engagement, statement="Fewer calls")
    acknowledge_objective(objective=other, by=cast.cleo, as_of=TODAY)

    told = Notification.objects.filter(kind="importance-asked")
    assert cast.ada.person in {each.person for each in told}
    assert cast.cleo.person not in {each.person for each in told}


def test_a_survey_is_told_to_those_who_hand_out_links(cast: Cast) -> None:
    open_survey(engagement=an_engagement(), days=7, by=cast.ada, as_of=TODAY)

    assert kinds([cast.ada, cast.ben, cast.eva, cast.cleo, cast.dan]) == [
        [], ["survey-opened"], [], ["survey-opened"], [],
    ]  # fmt: skip


def test_a_day_that_blocks_gates_tells_the_leads_once(cast: Cast) -> None:
    engagement = an_engagement(stage=Stage.DEFINE)
    an_objective(engagement=engagement, target="")

    for _ in range(2):
        keep_findings(client=engagement.client, as_of=TODAY)

    assert words(cast.ada) == [f"A finding blocks the gate: Gate of {engagement.name}"]
    assert words(cast.cleo) == words(cast.eva) == []


def test_a_reply_is_told_to_whoever_raised_the_point(cast: Cast, home: Path) -> None:
    dispute = a_dispute(a_statement(cast, home), cast.cleo)
    assert "A point was disputed: Statement of March 2026" in words(cast.ada)

    a_reply(dispute, cast.ada)

    reply = Notification.objects.get(person=cast.cleo.person, kind="dispute-replied")
    assert reply.reason == "you raised the point"
    assert "A disputed point was replied to: Statement of March 2026" in words(cast.cleo)


def test_a_decision_on_relief_is_told_to_whoever_claimed(cast: Cast, home: Path) -> None:
    claim = a_claim(a_relieving_engagement(cast, home), cast.cleo)
    decide(claim, cast.ben)

    assert "relief-claimed" in kinds([cast.ada])[0]
    told = Notification.objects.get(person=cast.cleo.person, kind="relief-decided")
    assert told.reason == "you claimed it"
    name = claim.agreement.level_names[claim.service_level]
    said = f"A claim of relief was decided: {name} in {window_words(claim.window)}"
    assert said in words(cast.cleo)


def test_a_gate_before_the_award_stays_with_the_client(cast: Cast) -> None:
    engagement = an_engagement(stage=Stage.SELECT)
    passage = GatePassage.objects.create(
        engagement=engagement, stage=Stage.SELECT, passed_at=TODAY, passed_by=cast.ada.person
    )
    engagement.stage = Stage.AGREE
    engagement.save()

    tell_gate(passage, cast.ada, TODAY)

    assert kinds([cast.ben, cast.cleo]) == [["gate-passed"], []]
