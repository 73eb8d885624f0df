"""Risks, appetite, contingency plans and the reserve as they stand in a snapshot."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from tallystick.records.engagements import Engagement
from tallystick.records.posts import Staffing
from tallystick.records.risk_registers import PRIVATE, SHARED, AnyPlan, AnyRisk
from tallystick.records.simulations import RiskBudget

MOST_RISKS, MOST_PLANS = 2_000, 1_000


@dataclass(slots=True)
class RiskRows:
    """The risks and plans of one engagement, those of both registers, and its budget."""

    risks: list[AnyRisk] = field(default_factory=list)
    plans: list[AnyPlan] = field(default_factory=list)
    budget: RiskBudget | None = None

    @property
    def told_risks(self) -> Sequence[AnyRisk]:
        """Return as many risks as a snapshot holds; those that are over give way first."""
        if len(self.risks) <= MOST_RISKS:
            return self.risks
        return sorted(self.risks, key=lambda each: each.closed_on is not None)[:MOST_RISKS]

    @property
    def told_plans(self) -> Sequence[AnyPlan]:
        """Return as many plans as a snapshot holds, the newest."""
        return self.plans[-MOST_PLANS:]


def risk_rows_of(engagements: Sequence[Engagement]) -> defaultdict[int, RiskRows]:
    """Return the rows of each engagement by its primary key, in five queries."""
    found: defaultdict[int, RiskRows] = defaultdict(RiskRows)
    for register in (SHARED, PRIVATE):
        risks = register.risks.objects.filter(engagement__in=engagements)
        for risk in risks.select_related("owner", "plan").order_by("id"):
            found[risk.engagement_id].risks.append(risk)
        plans = register.plans.objects.filter(engagement__in=engagements)
        for plan in plans.select_related("owner").order_by("id"):
            found[plan.engagement_id].plans.append(plan)
    for budget in RiskBudget.objects.filter(engagement__in=engagements):
        found[budget.engagement_id].budget = budget
    return found


def risk_parts(rows: RiskRows, staffing: Staffing) -> dict[str, Any]:
    """
    Return the parts of a snapshot about risks; a snapshot is for the client's eyes.

    Whoever left owns nothing any more.
    """
    budget = rows.budget
    reserve = None
    if budget is not None and budget.remaining is not None and budget.exposure_p80 is not None:
        reserve = {"remaining": budget.remaining, "exposure_p80": budget.exposure_p80}
    return {
        "risks": [_risk(each, staffing) for each in rows.told_risks],
        "appetite": _curve(budget.appetite) if budget else [],
        "contingency_plans": [_plan(each, staffing) for each in rows.told_plans],
        "reserve": reserve,
    }


def _risk(risk: AnyRisk, staffing: Staffing) -> dict[str, Any]:
    residual = risk.assessed.get("residual", {})
    return {
        "id": risk.public_id,
        "title": risk.title,
        "category": risk.category,
        "cause": risk.cause_code or None,
        "level": risk.level or None,
        "owners": [risk.owner.name] if staffing.is_there(risk.owner) else [],
        "response": risk.response or None,
        "identified_on": risk.identified_on,
        "reviewed_on": risk.reviewed_on,
        "closed_on": risk.closed_on,
        "plan": risk.plan.public_id if risk.plan else None,
        "exceedance": _curve(residual.get("curve", [])),
    }


def _curve(points: Iterable[Sequence[str]]) -> list[dict[str, str]]:
    return [{"loss": loss, "probability": chance} for loss, chance in points]


def _plan(plan: AnyPlan, staffing: Staffing) -> dict[str, Any]:
    return {
        "id": plan.public_id,
        "title": plan.title,
        "trigger": plan.trigger or None,
        "owner": plan.owner.name if staffing.is_there(plan.owner) else None,
        "written_on": plan.written_on,
        "tested_on": plan.tested_on,
    }
