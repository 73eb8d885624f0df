"""What every page of an engagement's risks shares."""

from typing import Any

from django.urls import reverse

from tallystick.records.engagements import Engagement
from tallystick.records.risk_registers import AnyPlan, AnyRisk, Register, register_of
from tallystick.web.frames import frame
from tallystick.web.lookup import ViewerRequest


def risks_around(
    request: ViewerRequest,
    engagement: Engagement,
    *above: tuple[str, str],
    register: Register | None = None,
) -> dict[str, Any]:
    """Return what stands around a page under the tab of risks; `register` says who reads it."""
    home = ("Risks", reverse("risks", args=[engagement.public_id]))
    shown = frame(request, engagement, "risks", home, *above)
    if register is not None and register.is_private:
        shown |= {"audience": "private", "party": request.viewer.organisation.name}
    return shown


def around_risk(request: ViewerRequest, risk: AnyRisk) -> dict[str, Any]:
    """Return what stands around a page beneath a risk."""
    here = (risk.title, reverse("risk", args=[risk.public_id]))
    return risks_around(request, risk.engagement, here, register=register_of(risk))


def around_plan(request: ViewerRequest, plan: AnyPlan) -> dict[str, Any]:
    """Return what stands around a page beneath a contingency plan."""
    plans = ("Contingency plans", reverse("plans", args=[plan.engagement.public_id]))
    here = (plan.title, reverse("plan", args=[plan.public_id]))
    return risks_around(request, plan.engagement, plans, here, register=register_of(plan))
