"""The two registers of an engagement: one that both parties keep, one that the client keeps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tallystick.engine.guardrails.policy import Policy
from tallystick.engine.risk import TriageLevel
from tallystick.records.audience import ClientPrivate
from tallystick.records.contingency import (
    ContingencyPlan,
    PlanRun,
    PrivateContingencyPlan,
    PrivatePlanRun,
)
from tallystick.records.engagements import Engagement
from tallystick.records.indicators import Indicator, PrivateIndicator
from tallystick.records.objectives import Objective
from tallystick.records.risks import PrivateRisk, PrivateRiskStep, Risk, RiskStep
from tallystick.records.viewer import Viewer

AnyRisk = Risk | PrivateRisk
AnyPlan = ContingencyPlan | PrivateContingencyPlan
AnyRun = PlanRun | PrivatePlanRun
AnyIndicator = Indicator | PrivateIndicator

USUAL = Policy()


@dataclass(frozen=True, slots=True)
class Register:
    """The tables of one register, and its name."""

    name: str
    risks: type[AnyRisk]
    steps: type[RiskStep | PrivateRiskStep]
    plans: type[AnyPlan]
    runs: type[AnyRun]
    indicators: type[AnyIndicator]

    def under(self, **above: AnyRisk | AnyPlan) -> dict[str, Any]:
        """Return the fields that hang a step, run or indicator on its `risk` or `plan`."""
        engagement = next(iter(above.values())).engagement
        own = {"client": engagement.client} if self.is_private else {"engagement": engagement}
        return {**above, **own}

    def within(self, engagement: Engagement) -> dict[str, Any]:
        """Return the fields that place a risk or a plan in an engagement."""
        own = {"client": engagement.client} if self.is_private else {}
        return {"engagement": engagement, **own}

    @property
    def is_private(self) -> bool:
        """Return whether only the client reads it."""
        return self.name == "private"


SHARED = Register("shared", Risk, RiskStep, ContingencyPlan, PlanRun, Indicator)
PRIVATE = Register(
    "private",
    PrivateRisk,
    PrivateRiskStep,
    PrivateContingencyPlan,
    PrivatePlanRun,
    PrivateIndicator,
)
REGISTERS = {each.name: each for each in (SHARED, PRIVATE)}


def register_of(row: object) -> Register:
    """Return the register that a row stands in."""
    return PRIVATE if isinstance(row, ClientPrivate) else SHARED


def registers_for(viewer: Viewer) -> tuple[Register, ...]:
    """Return the registers that a viewer reads."""
    return (SHARED, PRIVATE) if viewer.is_client else (SHARED,)


def risks_for(
    viewer: Viewer, engagement: Engagement, *related: str, among: Iterable[Register] | None = None
) -> list[AnyRisk]:
    """Return the risks that a viewer reads, the shared ones first; a query for each register."""
    found: list[AnyRisk] = []
    for register in registers_for(viewer) if among is None else among:
        rows = register.risks.objects.visible_to(viewer).filter(engagement=engagement)
        found += rows.select_related("owner", "plan", *related).order_by("id")
    return found


def risks_to(viewer: Viewer, objective: Objective) -> list[AnyRisk]:
    """Return the open risks to an objective that a viewer reads; a query for each register."""
    found: list[AnyRisk] = []
    for register in registers_for(viewer):
        rows = register.risks.objects.visible_to(viewer)
        found += rows.filter(objective=objective, closed_on=None).order_by("id")
    return found


def risk_review_due(risk: AnyRisk) -> date | None:
    """Return the last day on which its review is in time; None for one that is over."""
    if risk.closed_on is not None:
        return None
    looked = risk.reviewed_on or risk.identified_on
    if risk.warned_on is not None and risk.warned_on > looked:
        return risk.warned_on
    days = USUAL.high_risk_days if risk.level == TriageLevel.HIGH else USUAL.risk_days
    return looked + timedelta(days=days)
