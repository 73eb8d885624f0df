"""What an address or a body names among risks, in whichever register the viewer reads."""

from typing import TypeVar

from django.http import Http404

from tallystick.api.lookup import NamesNothing, find
from tallystick.records.audience import Record
from tallystick.records.contingency import (
    ContingencyPlan,
    PlanRun,
    PrivateContingencyPlan,
    PrivatePlanRun,
)
from tallystick.records.engagements import Engagement
from tallystick.records.indicators import Indicator, PrivateIndicator
from tallystick.records.risk_registers import AnyIndicator, AnyPlan, AnyRisk, AnyRun
from tallystick.records.risks import PrivateRisk, Risk
from tallystick.records.simulations import PrivateSimulation, Simulation
from tallystick.records.viewer import Viewer

S = TypeVar("S", bound=Record)
P = TypeVar("P", bound=Record)

_PARTIES = ("engagement__client", "engagement__provider")


def _either(shared: type[S], private: type[P], viewer: Viewer, key: str, *related: str) -> S | P:
    try:
        return find(shared, viewer, key, *related)
    except Http404:
        return find(private, viewer, key, *related)


def the_risk(viewer: Viewer, key: str) -> AnyRisk:
    """Return the risk that an address names; else 404."""
    return _either(Risk, PrivateRisk, viewer, key, *_PARTIES, "owner", "plan", "objective")


def the_plan(viewer: Viewer, key: str) -> AnyPlan:
    """Return the contingency plan that an address names; else 404."""
    return _either(ContingencyPlan, PrivateContingencyPlan, viewer, key, *_PARTIES, "owner")


def the_run(viewer: Viewer, key: str) -> AnyRun:
    """Return the run that an address names; else 404."""
    related = [f"plan__{each}" for each in _PARTIES]
    return _either(PlanRun, PrivatePlanRun, viewer, key, *related)


def the_indicator(viewer: Viewer, key: str) -> AnyIndicator:
    """Return the indicator that an address names; else 404."""
    related = [f"risk__{each}" for each in _PARTIES]
    return _either(Indicator, PrivateIndicator, viewer, key, *related, "objective")


def the_simulation(viewer: Viewer, key: str) -> Simulation | PrivateSimulation:
    """Return the simulation that an address names; else 404."""
    return _either(Simulation, PrivateSimulation, viewer, key, "simulated_by")


def risk_named(
    viewer: Viewer, key: str | None, engagement: Engagement, place: str
) -> AnyRisk | None:
    """
    Return the risk of an engagement that a field of a body names.

    Raises:
        NamesNothing
    """
    if key is None:
        return None
    try:
        found = the_risk(viewer, key)
    except Http404:
        raise _nothing("risk", key, place) from None
    if found.engagement_id != engagement.pk:
        raise _nothing("risk", key, place)
    return found


def plan_named(
    viewer: Viewer, key: str | None, engagement: Engagement, place: str
) -> AnyPlan | None:
    """
    Return the plan of an engagement that a field of a body names.

    Raises:
        NamesNothing
    """
    if key is None:
        return None
    try:
        found = the_plan(viewer, key)
    except Http404:
        raise _nothing("contingency plan", key, place) from None
    if found.engagement_id != engagement.pk:
        raise _nothing("contingency plan", key, place)
    return found


def _nothing(noun: str, key: str, place: str) -> NamesNothing:
    return NamesNothing(
        f"There is no {noun} {key!r} here.",
        place=place,
        remedy="Give the id that another operation gave you.",
    )
