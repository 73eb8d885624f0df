"""Write a contingency plan: on which sign it begins, its steps, who begins it, and in what time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from tallystick.actions.findings_kept import keep_findings_in
from tallystick.actions.refusals import NotPermitted, require
from tallystick.actions.risks_kept import demand_people, locked, locked_open, tell
from tallystick.actions.texts import checked
from tallystick.engine.refusals import Refusal
from tallystick.engine.risk import Step, recovery
from tallystick.engine.service_levels.terms.currencies import DECIMALS
from tallystick.records.engagements import Engagement
from tallystick.records.people import Person
from tallystick.records.risk_registers import (
    PRIVATE,
    AnyPlan,
    AnyRisk,
    Register,
    register_of,
)
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer

MOST_STEPS = 50
MOST_COST = 10**15


class PlanRefused(Refusal):
    """A contingency plan without steps, or with a figure that it cannot have."""

    code = "plan.refused"


@dataclass(frozen=True, slots=True)
class PlanWording:
    """What a plan says; each step maps `name`, `minutes` and `who` to what was written."""

    title: str
    trigger: str
    steps: Sequence[Mapping[str, Any]]
    may_activate: str
    owner: Person
    recovery_minutes: int
    loss_minutes: int | None = None
    cost: Decimal | None = None
    currency: str = ""


@transaction.atomic
def write_plan(
    *,
    engagement: Engagement,
    register: Register,
    wording: PlanWording,
    amends: AnyPlan | None = None,
    risk: AnyRisk | None = None,
    by: Viewer,
    as_of: datetime,
) -> AnyPlan:
    """
    Keep a plan, or write one anew; `risk` is one of the same register that it is for.

    Raises:
        NotPermitted, TextNeeded, TextTooLong, PlanRefused, RiskPersonRefused, RiskOver,
        RecoveryRefused
    """
    require(by, Duty.MANAGE_RISKS)
    if register is PRIVATE and not by.is_client:
        raise NotPermitted("The private register is the client's.", remedy="Use the shared one.")
    demand_people(engagement, register is PRIVATE, {"owner": wording.owner})
    _demand_same(engagement, register, risk)
    plan = locked(amends) if amends else register.plans(**register.within(engagement))
    plan.title = checked(wording.title, "title", longest=160)
    plan.trigger = checked(wording.trigger, "trigger", longest=4_000)
    plan.may_activate = checked(wording.may_activate, "may_activate", longest=200)
    plan.steps = _steps(wording, as_of)
    plan.recovery_minutes, plan.loss_minutes = wording.recovery_minutes, wording.loss_minutes
    plan.cost, plan.currency = _money(wording)
    plan.owner = wording.owner
    plan.written_on, plan.written_by = as_of.date(), by.person
    plan.save()
    if risk is not None:
        held = locked_open(risk)
        held.plan = plan
        held.save(update_fields=["plan"])
    tell(
        plan,
        engagement,
        f"{'Rewrote' if amends else 'Wrote'} the contingency plan “{plan.title}”.",
        "write_plan",
        _plain(plan),
        by,
        as_of,
    )
    keep_findings_in([engagement], as_of, by=by)
    return plan


def _demand_same(engagement: Engagement, register: Register, risk: AnyRisk | None) -> None:
    if risk is not None and (
        register_of(risk) is not register or risk.engagement_id != engagement.pk
    ):
        raise PlanRefused(
            "The risk stands in another register.",
            place="risk",
            remedy="Choose one of the register that the plan is written into.",
        )


def _steps(wording: PlanWording, as_of: datetime) -> list[dict[str, Any]]:
    if len(wording.steps) > MOST_STEPS:
        raise PlanRefused(
            f"The plan has {len(wording.steps)} steps; at most {MOST_STEPS} are kept.",
            place="steps",
            remedy="A plan that is longer than a page is not read in an emergency.",
        )
    steps: list[dict[str, Any]] = []
    for number, each in enumerate(wording.steps):
        place = f"steps[{number}]"
        steps.append(
            {
                "name": checked(str(each.get("name", "")), f"{place}.name", longest=200),
                "minutes": int(each.get("minutes") or 0),
                "who": checked(str(each.get("who", "")), f"{place}.who", longest=160, needed=False),
            }
        )
    # The engine refuses no step at all, and minutes that cannot be planned.
    recovery(
        [Step(each["name"], each["minutes"]) for each in steps],
        started_at=as_of,
        objective=wording.recovery_minutes,
        as_of=as_of,
    )
    return steps


def _money(wording: PlanWording) -> tuple[Decimal | None, str]:
    if wording.cost is None:
        return None, ""
    if not 0 <= wording.cost <= MOST_COST:
        raise PlanRefused(
            f"The cost is {wording.cost}.", place="cost", remedy="Write a figure from 0 on."
        )
    if wording.currency not in DECIMALS:
        raise PlanRefused(
            f"There is no currency “{wording.currency[:10]}”.",
            place="currency",
            remedy="Write its code, such as EUR.",
        )
    return wording.cost, wording.currency


def _plain(plan: AnyPlan) -> dict[str, Any]:
    return {
        "title": plan.title,
        "trigger": plan.trigger,
        "steps": plan.steps,
        "may_activate": plan.may_activate,
        "owner": plan.owner.public_id,
        "recovery_minutes": plan.recovery_minutes,
        "loss_minutes": plan.loss_minutes,
        "cost": None if plan.cost is None else f"{plan.cost:f}",
        "currency": plan.currency,
    }
