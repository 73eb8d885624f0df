"""Simulations of a register: what goes in, what comes out, and who may read which part."""

from decimal import Decimal

import pytest

from tallystick.actions.assess_risk import assess_risk
from tallystick.actions.refusals import NotPermitted
from tallystick.actions.set_risk_budget import Budget, BudgetRefused, set_risk_budget
from tallystick.actions.simulate_risks import SimulationNotMade, simulate_risks
from tallystick.engine.risk.refused import OutOfOrder
from tallystick.records.engagements import Engagement
from tallystick.records.risk_registers import PRIVATE
from tallystick.records.roles import Role
from tallystick.records.simulations import PrivateSimulation, RiskBudget, Simulation
from tallystick.records.viewer import Viewer
from tests.cast import TODAY, a_viewer, an_engagement
from tests.risking import a_priced_risk, a_risk, an_assessment

pytestmark = pytest.mark.django_db

APPETITE = ((Decimal(100_000), Decimal("0.5")), (Decimal(1_000_000), Decimal("0.01")))


def a_budget(engagement: Engagement, by: Viewer, budget: Budget | None = None) -> RiskBudget:
    usual = Budget("EUR", APPETITE, Decimal(50_000), (Decimal(90), Decimal(100), Decimal(130)))
    return set_risk_budget(engagement=engagement, budget=budget or usual, by=by, as_of=TODAY)


def test_the_client_simulates_both_registers_against_appetite_and_reserve() -> None:
    lead, engagement = a_viewer(), an_engagement()
    shared = a_priced_risk(engagement, lead)
    private = a_risk(engagement, lead, "The supplier fails", register=PRIVATE)
    assess_risk(risk=private, assessment=an_assessment(), by=lead, as_of=TODAY)
    a_budget(engagement, lead)

    made = simulate_risks(engagement=engagement, shared=False, by=lead, as_of=TODAY)

    assert isinstance(made, PrivateSimulation)
    told = made.document
    assert {each["id"] for each in told["by_risk"]} == {shared.public_id, private.public_id}
    assert told["above"]
    assert Decimal(told["reserve"]["needed"]) > 50_000
    assert float(told["reserve"]["adequacy"]) < 1
    assert RiskBudget.objects.get().exposure_p80 == Decimal(told["residual"]["p80"])


def test_a_shared_simulation_tells_nothing_of_the_clients_own() -> None:
    lead, cleo, engagement = a_viewer(), a_viewer(Role.DELIVERY_LEAD), an_engagement()
    shared = a_priced_risk(engagement, lead)
    private = a_risk(engagement, lead, "The supplier fails", register=PRIVATE)
    assess_risk(risk=private, assessment=an_assessment(), by=lead, as_of=TODAY)
    a_budget(engagement, lead)

    for viewer in (lead, cleo):
        simulate_risks(engagement=engagement, shared=True, by=viewer, as_of=TODAY)

    one, two = Simulation.objects.order_by("id")
    assert [each["id"] for each in one.document["by_risk"]] == [shared.public_id]
    assert not {"appetite", "reserve", "above"} & set(one.document)
    assert (one.document, one.seed, one.digest) == (two.document, two.seed, two.digest)


def test_another_figure_is_another_seed() -> None:
    lead, engagement = a_viewer(), an_engagement()
    risk = a_priced_risk(engagement, lead)
    one = simulate_risks(engagement=engagement, shared=True, by=lead, as_of=TODAY)
    assess_risk(risk=risk, assessment=an_assessment(controls=()), by=lead, as_of=TODAY)

    two = simulate_risks(engagement=engagement, shared=True, by=lead, as_of=TODAY)

    assert one.seed != two.seed
    assert Decimal(two.document["residual"]["expected"]) == Decimal("175666.67")


def test_a_control_is_worth_what_it_saves_less_what_it_costs() -> None:
    lead, engagement = a_viewer(), an_engagement()
    a_priced_risk(engagement, lead)

    made = simulate_risks(engagement=engagement, shared=True, by=lead, as_of=TODAY)

    (control,) = made.document["controls"]
    assert (control["saved"], control["returned"]) == ("77833.33", "7.78")


def test_without_a_priced_risk_there_is_nothing_to_simulate() -> None:
    lead, engagement = a_viewer(), an_engagement()
    a_risk(engagement, lead)

    with pytest.raises(SimulationNotMade):
        simulate_risks(engagement=engagement, shared=True, by=lead, as_of=TODAY)


def test_appetite_and_figures_stand_in_one_currency() -> None:
    lead, engagement = a_viewer(), an_engagement()
    a_priced_risk(engagement, lead)
    a_budget(engagement, lead, Budget("USD", APPETITE))

    with pytest.raises(SimulationNotMade, match="EUR and USD"):
        simulate_risks(engagement=engagement, shared=False, by=lead, as_of=TODAY)


@pytest.mark.parametrize(
    ("budget", "refusal"),
    [
        (Budget("XXL"), BudgetRefused),
        (Budget("EUR", APPETITE[::-1] + APPETITE), BudgetRefused),
        (
            Budget("EUR", ((Decimal(1), Decimal("0.1")), (Decimal(2), Decimal("0.2")))),
            BudgetRefused,
        ),
        (Budget("EUR", ((Decimal(1), Decimal("1.2")),)), BudgetRefused),
        (Budget("EUR", remaining=Decimal(-1)), BudgetRefused),
        (Budget("EUR", base=(Decimal(9), Decimal(5), Decimal(7))), OutOfOrder),
    ],
)
def test_an_appetite_that_makes_no_sense_is_refused(
    budget: Budget, refusal: type[Exception]
) -> None:
    lead, engagement = a_viewer(), an_engagement()

    with pytest.raises(refusal):
        a_budget(engagement, lead, budget)

    assert not RiskBudget.objects.exists()


def test_appetite_is_set_by_who_leads() -> None:
    engagement = an_engagement()

    with pytest.raises(NotPermitted):
        a_budget(engagement, a_viewer(Role.SERVICE_OWNER))
