"""Risks to work on in tests: identified, assessed, with a plan."""

from typing import Any

from tallystick.actions.assess_risk import Assessment, assess_risk
from tallystick.actions.identify_risk import RiskWording, identify_risk
from tallystick.actions.write_plan import PlanWording, write_plan
from tallystick.records.engagements import Engagement
from tallystick.records.risk_registers import SHARED, AnyPlan, AnyRisk, Register
from tallystick.records.viewer import Viewer
from tests.cast import TODAY

RATE = {"kind": "rate", "low": "0.1", "likely": "0.5", "high": "3"}
LOSS = {"kind": "pert", "low": "20000", "likely": "80000", "high": "900000"}
PRICE = {"frequency": RATE, "magnitude": LOSS}
"""On average 0.85 x 206,667 = 175,667 a year."""
CONTROL = {"name": "Deputies", "cost": "10000", "on_frequency": "0.5", "on_magnitude": "1"}


def a_risk(
    engagement: Engagement,
    by: Viewer,
    title: str = "Key people leave",
    register: Register = SHARED,
    **changes: Any,
) -> AnyRisk:
    """Return an identified risk."""
    usual: dict[str, Any] = {"title": title, "category": "people", "owner": by.person}
    amends = changes.pop("amends", None)
    return identify_risk(
        engagement=engagement,
        register=register,
        wording=RiskWording(**usual | changes),
        amends=amends,
        different=True,
        by=by,
        as_of=TODAY,
    )


def an_assessment(**changes: Any) -> Assessment:
    """Return an assessment in euros."""
    usual: dict[str, Any] = {"currency": "EUR", "inherent": PRICE, "controls": [CONTROL]}
    return Assessment(**usual | changes)


def a_priced_risk(engagement: Engagement, by: Viewer, title: str = "Key people leave") -> AnyRisk:
    """Return an assessed risk of the shared register."""
    risk = a_risk(engagement, by, title)
    return assess_risk(risk=risk, assessment=an_assessment(), by=by, as_of=TODAY)


def a_plan_wording(by: Viewer, **changes: Any) -> PlanWording:
    """Return what a plan of two steps says."""
    usual: dict[str, Any] = {
        "title": "Run the desk ourselves",
        "trigger": "Three agents gone within a month",
        "steps": [
            {"name": "Call the pool", "minutes": 30, "who": "Service owner"},
            {"name": "Brief the pool", "minutes": 90, "who": ""},
        ],
        "may_activate": "Service owner",
        "owner": by.person,
        "recovery_minutes": 240,
    }
    return PlanWording(**usual | changes)


def a_plan(engagement: Engagement, by: Viewer, register: Register = SHARED) -> AnyPlan:
    """Return a contingency plan."""
    return write_plan(
        engagement=engagement, register=register, wording=a_plan_wording(by), by=by, as_of=TODAY
    )
