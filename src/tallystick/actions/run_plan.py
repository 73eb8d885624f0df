"""Carry a contingency plan out: because its risk came true, or to see whether it works."""

from datetime import datetime

from django.db import transaction

from tallystick.actions.governance_tellings import tell_activation
from tallystick.actions.refusals import require
from tallystick.actions.risks_kept import locked, tell
from tallystick.actions.texts import checked
from tallystick.engine.refusals import Refusal
from tallystick.records.contingency import RunKind
from tallystick.records.risk_registers import AnyPlan, AnyRun, register_of
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer


class PlanRunning(Refusal):
    """A plan is carried out once at a time."""

    code = "plan.running"


@transaction.atomic
def run_plan(*, plan: AnyPlan, kind: RunKind, why: str, by: Viewer, as_of: datetime) -> AnyRun:
    """
    Start the clock of a plan; its steps are those that it has now.

    Raises:
        NotPermitted, PlanRunning, TextNeeded, TextTooLong
    """
    require(by, Duty.MANAGE_RISKS)
    plan = locked(plan, "engagement")
    told = checked(why, "why", longest=4_000)
    register = register_of(plan)
    if register.runs.objects.filter(plan=plan, ended_at=None).exists():
        raise PlanRunning(
            f"“{plan.title}” is being carried out already.",
            place="why",
            remedy="Go on with its checklist, or end that first.",
        )
    run = register.runs.objects.create(
        **register.under(plan=plan),
        kind=kind,
        why=told,
        steps=plan.steps,
        recovery_minutes=plan.recovery_minutes,
        began_at=as_of,
        began_by=by.person,
    )
    verb = "Activated" if kind is RunKind.ACTIVATION else "Began to test"
    tell(
        run,
        plan.engagement,
        f"{verb} the contingency plan “{plan.title}”.",
        "run_plan",
        {"plan": plan.public_id, "kind": kind, "why": told, "steps": plan.steps},
        by,
        as_of,
    )
    if kind is RunKind.ACTIVATION:
        tell_activation(run, by, as_of)
    return run
