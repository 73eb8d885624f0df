"""Simulations of the register, and the client's appetite and reserve."""

from datetime import UTC, datetime

from django.http import Http404
from ninja import Query

from tallystick.actions.set_risk_budget import Budget, set_risk_budget
from tallystick.actions.simulate_risks import simulate_risks
from tallystick.api.lookup import ViewerRequest, find
from tallystick.api.risk_lookup import the_simulation
from tallystick.api.risk_values import (
    RiskBudgetOut,
    RiskSimulationOut,
    budget_out,
    simulation_out,
)
from tallystick.api.risk_wordings import SetRiskBudget, SimulateRisks
from tallystick.api.routing import Operations
from tallystick.api.values import Listed, SafePage, listed
from tallystick.records.engagements import Engagement
from tallystick.records.simulations import PrivateSimulation, RiskBudget, Simulation

operations = Operations(tags=["Risks"])


@operations.reads(
    "/engagements/{engagement_id}/simulations", "simulations", Listed[RiskSimulationOut]
)
def simulations(
    request: ViewerRequest, engagement_id: str, asked: Query[SafePage]
) -> Listed[RiskSimulationOut]:
    """Return the simulations that the viewer reads, the newest first."""
    engagement = find(Engagement, request.viewer, engagement_id)
    found: list[Simulation | PrivateSimulation] = []
    for kind in (Simulation, PrivateSimulation):
        rows = kind.objects.visible_to(request.viewer).filter(engagement=engagement)
        found += rows.select_related("simulated_by").order_by("-id")
    found.sort(key=lambda each: each.simulated_at, reverse=True)
    return listed(found, asked, simulation_out)


@operations.reads("/simulations/{simulation_id}", "simulation", RiskSimulationOut)
def simulation(request: ViewerRequest, simulation_id: str) -> RiskSimulationOut:
    """Return a simulation."""
    return simulation_out(the_simulation(request.viewer, simulation_id))


@operations.acts(
    "/engagements/{engagement_id}/simulations/make", "simulate_risks", RiskSimulationOut, 201
)
def simulate(request: ViewerRequest, engagement_id: str, given: SimulateRisks) -> RiskSimulationOut:
    """Simulate the shared register, or for the client both."""
    made = simulate_risks(
        engagement=find(Engagement, request.viewer, engagement_id, "client", "provider"),
        shared=given.shared,
        correlation=given.correlation,
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    return simulation_out(made)


@operations.reads("/engagements/{engagement_id}/risk-budget", "risk_budget", RiskBudgetOut)
def budget(request: ViewerRequest, engagement_id: str) -> RiskBudgetOut:
    """Return the client's appetite and reserve; 404 until they are set."""
    engagement = find(Engagement, request.viewer, engagement_id)
    kept = RiskBudget.objects.visible_to(request.viewer).filter(engagement=engagement).first()
    if kept is None:
        raise Http404
    return budget_out(kept)


@operations.acts("/engagements/{engagement_id}/risk-budget/set", "set_risk_budget", RiskBudgetOut)
def set_budget(request: ViewerRequest, engagement_id: str, given: SetRiskBudget) -> RiskBudgetOut:
    """Set appetite and reserve."""
    kept = set_risk_budget(
        engagement=find(Engagement, request.viewer, engagement_id, "client", "provider"),
        budget=Budget(
            given.currency,
            [(each.loss, each.chance) for each in given.appetite],
            given.remaining,
            given.base,
        ),
        by=request.viewer,
        as_of=datetime.now(UTC),
    )
    return budget_out(kept)
