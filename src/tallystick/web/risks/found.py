"""What an address of a risk, plan, run, indicator or simulation names, in whichever register."""

from typing import TypeVar

from django.http import Http404

from tallystick.records.audience import Record
from tallystick.records.contingency import (
    ContingencyPlan,
    PlanRun,
    PrivateContingencyPlan,
    PrivatePlanRun,
)
from tallystick.records.indicators import Indicator, PrivateIndicator
from tallystick.records.risk_registers import AnyIndicator, AnyPlan, AnyRisk, AnyRun
from tallystick.records.risks import PrivateRisk, Risk
from tallystick.records.simulations import PrivateSimulation, Simulation
from tallystick.records.viewer import Viewer
from tallystick.web.lookup import find

S = TypeVar("S", bound=Record)
P = TypeVar("P", bound=Record)

_PARTIES = ("engagement__client", "engagement__provider")


def _either(shared: type[S], private: type[P], viewer: Viewer, key: str, *related: str) -> S | P:
    try:
        return find(shared, viewer, key, *related)
    except Http404:
        return find(private, viewer, key, *related)


def find_risk(viewer: Viewer, key: str) -> AnyRisk:
    """Return the risk that an address names, of those that this viewer may see; else 404."""
    return _either(
        Risk, PrivateRisk, viewer, key, *_PARTIES, "owner", "actionee", "objective", "leads_to",
        "plan",
    )  # fmt: skip


def find_plan(viewer: Viewer, key: str) -> AnyPlan:
    """Return the contingency plan that an address names."""
    return _either(ContingencyPlan, PrivateContingencyPlan, viewer, key, *_PARTIES, "owner")


def find_run(viewer: Viewer, key: str) -> AnyRun:
    """Return the run of a plan that an address names."""
    related = [f"plan__{each}" for each in _PARTIES]
    return _either(PlanRun, PrivatePlanRun, viewer, key, *related, "began_by", "ended_by")


def find_indicator(viewer: Viewer, key: str) -> AnyIndicator:
    """Return the indicator that an address names."""
    related = [f"risk__{each}" for each in _PARTIES]
    return _either(Indicator, PrivateIndicator, viewer, key, *related, "objective")


def find_simulation(viewer: Viewer, key: str) -> Simulation | PrivateSimulation:
    """Return the simulation that an address names."""
    return _either(Simulation, PrivateSimulation, viewer, key, *_PARTIES, "simulated_by")
