"""What operations give of risks, contingency plans, indicators and simulations."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from pydantic import Field

from tallystick.api.values import Out, PersonOut, person_out
from tallystick.engine.risk import Comparison
from tallystick.records.contingency import RunKind
from tallystick.records.indicators import SignSource
from tallystick.records.risk_registers import (
    AnyIndicator,
    AnyPlan,
    AnyRisk,
    AnyRun,
    register_of,
    risk_review_due,
)
from tallystick.records.simulations import PrivateSimulation, RiskBudget, Simulation

RegisterName = Literal["shared", "private"]


class Linked(Out):
    """Another row that a risk or a plan points at."""

    id: str
    title: str


class RiskOut(Out):
    """A risk as it stands; `register_name` is private for those that the client keeps to itself."""

    id: str
    register_name: RegisterName
    title: str
    cause: str
    event: str
    effect: str
    category: str
    cause_code: str
    owner: PersonOut
    proximity: str
    supplier: str
    objective: Linked | None
    service_level: str
    response: str
    response_words: str
    plan: Linked | None
    status: str
    level: str
    currency: str
    expected: Decimal | None = Field(description="Mean loss a year, after responses.")
    p80: Decimal | None
    identified_on: date
    reviewed_on: date | None
    review_by: date | None
    warned_on: date | None
    closed_on: date | None


class RiskStepOut(Out):
    """A step in the history of a risk."""

    kind: str
    on: date
    status: str
    note: str
    expected: Decimal | None
    document: dict[str, Any]
    taken_at: datetime
    taken_by: str | None


class IndicatorOut(Out):
    """An early-warning indicator; `tripped_on` says since when it warns."""

    id: str
    name: str
    source: SignSource
    service_level: str
    objective: str | None
    comparison: Comparison
    threshold: Decimal
    consecutive: int
    readings: list[list[str]]
    tripped_on: date | None
    read_on: date | None
    ended_at: datetime | None


class RiskWhole(RiskOut):
    """A risk with its newest assessment, its history, its indicators and what it became."""

    assessed: dict[str, Any]
    steps: list[RiskStepOut]
    indicators: list[IndicatorOut]
    issues: list[str] = Field(description="The ids of the issues that it became.")


class ContingencyPlanOut(Out):
    """A contingency plan; `test_due` says whether its last test no longer holds."""

    id: str
    register_name: RegisterName
    title: str
    trigger: str
    steps: list[dict[str, Any]]
    may_activate: str
    owner: PersonOut
    recovery_minutes: int
    loss_minutes: int | None
    cost: Decimal | None
    currency: str
    written_on: date
    tested_on: date | None
    tested_result: str
    test_due: bool


class PlanRunOut(Out):
    """One time that a plan was carried out; the clock is null for a test recorded afterwards."""

    id: str
    plan: str
    kind: RunKind
    why: str
    steps: list[dict[str, Any]]
    done: dict[str, dict[str, str]]
    began_at: datetime
    ended_at: datetime | None
    result: str
    words: str
    elapsed_minutes: int | None
    remaining_minutes: int | None
    margin_minutes: int | None


class PlanWhole(ContingencyPlanOut):
    """A contingency plan with its tests and activations, the newest first."""

    runs: list[PlanRunOut]


class RiskSimulationOut(Out):
    """A simulation as it was made; `document` holds what went in and what came out."""

    id: str
    register_name: RegisterName
    digest: str
    seed: int
    draws: int
    engine_version: str
    simulated_at: datetime
    simulated_by: str
    document: dict[str, Any]


class RiskBudgetOut(Out):
    """The client's appetite and reserve; `appetite` are loss and chance."""

    currency: str
    appetite: list[list[str]]
    remaining: Decimal | None
    base_low: Decimal | None
    base_likely: Decimal | None
    base_high: Decimal | None
    exposure_p80: Decimal | None
    set_at: datetime


def _register(row: object) -> RegisterName:
    return "private" if register_of(row).is_private else "shared"


def risk_values(risk: AnyRisk) -> dict[str, Any]:
    """Return the fields of a risk."""
    names = (
        "title", "cause", "event", "effect", "category", "cause_code", "proximity", "supplier",
        "service_level", "response", "response_words", "status", "level", "currency", "expected",
        "p80", "identified_on", "reviewed_on", "warned_on", "closed_on",
    )  # fmt: skip
    plan, aim = risk.plan, risk.objective
    return {
        **{name: getattr(risk, name) for name in names},
        "id": risk.public_id,
        "register_name": _register(risk),
        "owner": person_out(risk.owner),
        "plan": Linked(id=plan.public_id, title=plan.title) if plan else None,
        "objective": Linked(id=aim.public_id, title=aim.statement) if aim else None,
        "review_by": risk_review_due(risk),
    }


def indicator_out(indicator: AnyIndicator) -> IndicatorOut:
    """Return an indicator."""
    names = (
        "name", "source", "service_level", "comparison", "threshold", "consecutive", "readings",
        "tripped_on", "read_on", "ended_at",
    )  # fmt: skip
    objective = indicator.objective
    return IndicatorOut(
        **{name: getattr(indicator, name) for name in names},
        id=indicator.public_id,
        objective=objective.public_id if objective else None,
    )


def plan_values(plan: AnyPlan, today: date) -> dict[str, Any]:
    """Return the fields of a contingency plan."""
    names = (
        "title", "trigger", "steps", "may_activate", "recovery_minutes", "loss_minutes", "cost",
        "currency", "written_on", "tested_on", "tested_result",
    )  # fmt: skip
    return {
        **{name: getattr(plan, name) for name in names},
        "id": plan.public_id,
        "register_name": _register(plan),
        "owner": person_out(plan.owner),
        "test_due": plan.rehearsed(today).due,
    }


def run_out(run: AnyRun, plan: AnyPlan, now: datetime) -> PlanRunOut:
    """Return a run with its clock."""
    names = ("kind", "why", "steps", "done", "began_at", "ended_at", "result", "words")
    clock = run.clock(now)
    return PlanRunOut(
        **{name: getattr(run, name) for name in names},
        id=run.public_id,
        plan=plan.public_id,
        elapsed_minutes=clock.elapsed if clock else None,
        remaining_minutes=clock.remaining if clock else None,
        margin_minutes=clock.margin if clock else None,
    )


def simulation_out(made: Simulation | PrivateSimulation) -> RiskSimulationOut:
    """Return a simulation."""
    names = ("digest", "seed", "draws", "engine_version", "simulated_at", "document")
    return RiskSimulationOut(
        **{name: getattr(made, name) for name in names},
        id=made.public_id,
        register_name=_register(made),
        simulated_by=made.simulated_by.name,
    )


def budget_out(kept: RiskBudget) -> RiskBudgetOut:
    """Return appetite and reserve."""
    names = (
        "currency", "appetite", "remaining", "base_low", "base_likely", "base_high",
        "exposure_p80", "set_at",
    )  # fmt: skip
    return RiskBudgetOut(**{name: getattr(kept, name) for name in names})
