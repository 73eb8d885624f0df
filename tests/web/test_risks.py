"""Pages of risks: identified, assessed, planned for, simulated; and what each side reads."""

import re
from typing import Any

import pytest

from tallystick.actions.identify_risk import RiskWording, identify_risk
from tallystick.actions.run_plan import run_plan
from tallystick.engine.guardrails.stages import Stage
from tallystick.records.contingency import ContingencyPlan, PlanRun, RunKind
from tallystick.records.indicators import Indicator
from tallystick.records.risk_registers import PRIVATE
from tallystick.records.risk_thoughts import occurred_elsewhere
from tallystick.records.risks import PrivateRisk, Risk
from tallystick.records.roles import Role
from tallystick.records.simulations import PrivateSimulation
from tests.actions.test_measure_and_state import an_agreement
from tests.cast import TODAY, Cast, a_viewer, an_engagement
from tests.risking import a_plan, a_priced_risk, a_risk
from tests.web.pages import a_lesson, an_objective, page, post, text_of

pytestmark = pytest.mark.django_db

ASSESSED = {
    "often": "rate", "often_low": "0.1", "often_likely": "0.5", "often_high": "3",
    "much": "pert", "much_low": "20000", "much_likely": "80000", "much_high": "900000",
    "currency": "eur", "name_0": "Deputies", "cost_0": "10000", "often_off_0": "50",
}  # fmt: skip


def said(viewer: Any, route: str, *args: str, **query: str) -> str:
    answer = page(viewer, route, *args, **query)
    assert answer.status_code == 200
    return text_of(answer)


def test_a_risk_is_identified_for_ourselves_unless_we_say_otherwise() -> None:
    cast, engagement = Cast(), an_engagement()
    fields = {
        "title": "The supplier is sold",
        "category": "exit",
        "owner": cast.ada.person.public_id,
    }

    form = said(cast.ada, "risk_new", engagement.public_id)
    assert re.search(r'value="private"[^>]* checked', form)
    answer = post(cast.ada, "risk_new", engagement.public_id, register="private", **fields)

    assert answer.status_code == 302
    assert PrivateRisk.objects.get().title == "The supplier is sold"
    assert "The supplier is sold" not in said(cast.cleo, "risks", engagement.public_id)
    assert "The supplier is sold" in said(cast.ada, "risks", engagement.public_id)


def test_nearly_the_same_words_ask_whether_it_is_another_risk() -> None:
    cast, engagement = Cast(), an_engagement()
    a_risk(engagement, cast.ada)
    fields = {
        "title": "Key people may leave us", "category": "people", "register": "shared",
        "owner": cast.ada.person.public_id,
    }  # fmt: skip

    answer = post(cast.ada, "risk_new", engagement.public_id, **fields)
    assert answer.status_code == 422
    assert "There is “Key people leave” already" in text_of(answer)

    again = post(cast.ada, "risk_new", engagement.public_id, **fields, different="on")
    assert again.status_code == 302
    assert Risk.objects.count() == 2


def test_an_assessment_shows_what_is_left_and_its_curve() -> None:
    cast, engagement = Cast(), an_engagement()
    risk = a_risk(engagement, cast.ada)

    assert post(cast.ada, "risk_assess", risk.public_id, **ASSESSED).status_code == 302

    shown = said(cast.cleo, "risk", risk.public_id)
    assert "175 667 EUR".replace(" ", "\u202f", 1) in shown
    assert "Deputies" in shown
    assert "The chance that a year costs so much or more" in shown


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"much_likely": "10"}, "do not rise"),
        ({"much_low": "-5"}, "nothing here lies below 0"),
        ({"often": "once", "often_chance": "120"}, "it lies between 0 and 100"),
        ({"often_off_0": "140"}, "it lies between 0 and 1"),
    ],
)
def test_a_figure_that_cannot_be_stands_beside_its_field(
    changes: dict[str, str], words: str
) -> None:
    cast, engagement = Cast(), an_engagement()
    risk = a_risk(engagement, cast.ada)

    answer = post(cast.ada, "risk_assess", risk.public_id, **ASSESSED | changes)

    assert answer.status_code == 422
    assert words in text_of(answer)
    assert 'aria-invalid="true"' in text_of(answer)


def test_a_private_risk_and_its_plan_do_not_exist_for_the_provider() -> None:
    cast, engagement = Cast(), an_engagement()
    risk = a_risk(engagement, cast.ada, "The supplier fails", register=PRIVATE)
    plan = a_plan(engagement, cast.ada, PRIVATE)
    run = run_plan(plan=plan, kind=RunKind.TEST, why="To see.", by=cast.ada, as_of=TODAY)

    for viewer, status in ((cast.ada, 200), (cast.ann, 200), (cast.cleo, 404), (cast.dan, 404)):
        assert page(viewer, "risk", risk.public_id).status_code == status
        assert page(viewer, "plan", plan.public_id).status_code == status
        assert page(viewer, "plan_run", run.public_id).status_code == status
    assert post(cast.cleo, "risk_review", risk.public_id, note="x").status_code == 404


def test_a_plan_is_written_one_step_a_line_and_ticked_off() -> None:
    cast, engagement = Cast(), an_engagement()
    risk = a_risk(engagement, cast.ada)
    fields = {
        "title": "Run it ourselves", "trigger": "Three gone", "steps": "Call; 30; Ben\nBrief; 90",
        "may_activate": "Service owner", "owner": cast.ada.person.public_id,
        "recovery_minutes": "240",
    }  # fmt: skip

    assert (
        post(cast.ada, "plan_new", risk.public_id, **fields | {"steps": "Call"}).status_code == 422
    )
    assert post(cast.ada, "plan_new", risk.public_id, **fields).status_code == 302
    plan = ContingencyPlan.objects.get()
    began = post(cast.ada, "plan_begin", plan.public_id, kind="activation", why="They left.")
    assert began.status_code == 302
    run = PlanRun.objects.get()
    post(cast.cleo, "plan_run_tick", run.public_id, step="0")

    assert "1 of 2" in said(cast.cleo, "plan_run", run.public_id)
    assert "It is being carried out" in said(cast.ada, "plan", plan.public_id)
    ended = post(cast.ada, "plan_run_end", run.public_id, result="worked", words="Back at noon.")
    assert ended.status_code == 302


def test_the_curve_is_held_against_an_appetite_that_the_provider_never_reads() -> None:
    cast, engagement = Cast(), an_engagement()
    a_priced_risk(engagement, cast.ada)
    budget = {"currency": "EUR", "loss_0": "123457", "chance_0": "1", "remaining": "97531864"}
    key = engagement.public_id
    assert post(cast.ada, "risk_budget", key, **budget).status_code == 302
    assert post(cast.ada, "risks_simulate", key, correlation="0").status_code == 302
    assert post(cast.ada, "risks_simulate", key, correlation="0", shared="on").status_code == 302

    own, theirs = said(cast.ada, "simulations", key), said(cast.cleo, "simulations", key)

    made = PrivateSimulation.objects.get()
    assert "Beyond what you can bear" in own
    assert "Needed, at P80" in said(cast.ada, "simulation", made.public_id)
    assert "P80" in theirs
    left, appetite = "97\u202f531\u202f864", "123\u202f457"
    assert left in said(cast.ada, "simulation", made.public_id)
    for hidden in ("Appetite", "reserve", "97531864", left, "123457", appetite):
        assert hidden not in theirs.split("<main", 1)[-1]
    assert page(cast.cleo, "simulation", made.public_id).status_code == 404


def test_without_a_priced_risk_the_page_says_what_to_do() -> None:
    cast, engagement = Cast(), an_engagement()

    answer = post(cast.ada, "risks_simulate", engagement.public_id, correlation="0")

    assert answer.status_code == 422
    assert "No open risk is priced yet" in text_of(answer)


def test_an_indicator_that_trips_is_told_on_the_register() -> None:
    cast, engagement = Cast(), an_engagement()
    risk = a_risk(engagement, cast.ada)
    fields = {
        "name": "Notices", "source": "hand", "comparison": "above", "threshold": "1",
        "consecutive": "1",
    }  # fmt: skip
    assert post(cast.cleo, "indicator_new", risk.public_id, **fields).status_code == 302
    sign = Indicator.objects.get()
    post(cast.cleo, "indicator_read", sign.public_id, on="2026-07-01", value="3")

    assert "may be coming true" in said(cast.ada, "risks", engagement.public_id)
    assert "Tripped" in said(cast.ada, "risk", risk.public_id)


def test_a_service_level_is_called_by_its_name(cast: Cast) -> None:
    agreement = an_agreement(an_engagement(), cast)
    key, name = next(iter(agreement.level_names.items()))
    risk = a_risk(agreement.engagement, cast.ada, service_level=key)
    fields = {
        "name": "In time", "source": "service-level", "service_level": key,
        "comparison": "below", "threshold": "90", "consecutive": "1",
    }  # fmt: skip
    assert post(cast.cleo, "indicator_new", risk.public_id, **fields).status_code == 302

    shown = said(cast.ada, "risk", risk.public_id)

    assert f"reads {name}" in shown
    assert f"<dd>{name}</dd>" in shown


def test_a_plan_that_nobody_has_tried_does_not_count_as_tested(cast: Cast) -> None:
    engagement = an_engagement()
    plan = a_plan(engagement, cast.ada)

    for shown in (
        said(cast.ada, "plan", plan.public_id), said(cast.cleo, "plans", engagement.public_id)
    ):  # fmt: skip
        assert "Not tried yet" in shown
        assert "Tested in time" not in shown


def test_what_came_true_elsewhere_is_offered_to_the_client_alone() -> None:
    cast, old, new = Cast(), an_engagement(name="Old desk"), an_engagement()
    risk = a_risk(old, cast.ada, "The tool vendor folds")
    post(cast.ada, "risk_occurred", risk.public_id, on=f"{TODAY:%Y-%m-%d}", words="It did.")

    assert "The tool vendor folds" in said(cast.ada, "risks", new.public_id)
    assert "The tool vendor folds" in said(cast.ada, "risk_new", new.public_id, like=risk.public_id)
    assert "The tool vendor folds" not in said(cast.cleo, "risks", new.public_id)


def test_lessons_and_what_came_true_elsewhere_stand_beside_the_form_that_names_a_risk() -> None:
    cast, old, new = Cast(), an_engagement(name="Old desk"), an_engagement()
    alike = a_risk(old, cast.ada, "The tool vendor folds", register=PRIVATE)
    a_risk(old, cast.ada, "It never came true")
    post(cast.ada, "risk_occurred", alike.public_id, on=f"{TODAY:%Y-%m-%d}", words="It did.")
    a_lesson(cast.ada, title="Ask who owns the tool", practices=[8])
    a_lesson(cast.ada, title="Weigh what was measured", practices=[7])

    form, theirs = (said(each, "risk_new", new.public_id) for each in (cast.ada, cast.cleo))

    for told in ("Ask who owns the tool", "The tool vendor folds", f"?like={alike.public_id}"):
        assert told in form
        assert told not in theirs
    assert "Weigh what was measured" not in form
    assert "It never came true" not in form
    again = post(cast.ada, "risk_new", new.public_id, title="A risk without an owner")
    assert again.status_code == 422
    assert "Ask who owns the tool" in text_of(again)


def test_those_of_the_same_service_stand_first() -> None:
    cast, new = Cast(), an_engagement()
    other = an_engagement(name="Other", service_type="software-development")
    for engagement, title in ((an_engagement(name="Old desk"), "Alike"), (other, "Unlike")):
        risk = a_risk(engagement, cast.ada, title)
        post(cast.ada, "risk_occurred", risk.public_id, on=f"{TODAY:%Y-%m-%d}", words="It did.")

    assert [each.title for each in occurred_elsewhere(cast.ada, new)] == ["Alike", "Unlike"]
    assert occurred_elsewhere(cast.cleo, new) == []


def test_the_matrix_says_that_it_is_for_triage() -> None:
    cast, engagement = Cast(), an_engagement()
    a_priced_risk(engagement, cast.ada)

    shown = said(cast.cleo, "risk_matrix", engagement.public_id)

    assert "For triage only" in shown
    assert "Key people leave" in shown


def test_before_the_award_history_is_the_clients_own() -> None:
    cast = Cast()
    engagement = an_engagement(stage=Stage.DEFINE)
    wording = RiskWording("Nobody bids", "delivery", cast.ada.person)
    risk = identify_risk(
        engagement=engagement, register=PRIVATE, wording=wording, by=cast.ada, as_of=TODAY
    )

    assert page(cast.cleo, "risk", risk.public_id).status_code == 404
    assert page(a_viewer(Role.AUDITOR), "risk", risk.public_id).status_code == 200


def test_an_objective_names_what_may_keep_it_from_being_reached(cast: Cast) -> None:
    objective = an_objective()
    engagement = objective.engagement
    a_risk(engagement, cast.ada, "Two people leave", objective=objective)
    a_risk(engagement, cast.ada, "Our own budget ends", register=PRIVATE, objective=objective)

    ours = text_of(page(cast.ada, "objective", objective.public_id))
    theirs = text_of(page(cast.cleo, "objective", objective.public_id))

    assert "Two people leave" in ours
    assert "Our own budget ends" in ours
    assert "Two people leave" in theirs
    assert "Our own budget ends" not in theirs
