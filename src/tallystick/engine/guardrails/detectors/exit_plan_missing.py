"""EXT001: no way out, or one that nobody has tried."""

from collections.abc import Iterator
from datetime import date

from tallystick.engine.guardrails.days import past, waited
from tallystick.engine.guardrails.finding import Severity
from tallystick.engine.guardrails.guardrail import Guardrail, Violation
from tallystick.engine.guardrails.parts.exit import ExitPlan
from tallystick.engine.guardrails.policy import Policy
from tallystick.engine.guardrails.snapshot import Snapshot
from tallystick.engine.guardrails.stages import Stage, stages_from


def detect(snapshot: Snapshot, policy: Policy, as_of: date) -> Iterator[Violation]:
    """Report a missing exit plan, and what an exit plan lacks."""
    plan = snapshot.exit_plan
    if plan is None:
        if snapshot.critical:
            yield Violation("exit_plan", "The service is critical and has no exit plan.")
        return
    yield from _age(plan, policy, as_of)
    if snapshot.stage.reached(Stage.DELIVER):
        yield from _untested(plan, policy, as_of)
    if not plan.budget:
        yield Violation(
            "exit_plan.budget",
            "The exit plan has no budget.",
            "Estimate what the exit costs, and say where the money comes from.",
        )
    if not plan.exit_manager:
        yield Violation(
            "exit_plan.exit_manager",
            "The exit plan names no exit manager.",
            "Name one person of the client who would lead the exit.",
        )


def _age(plan: ExitPlan, policy: Policy, as_of: date) -> Iterator[Violation]:
    updated = plan.updated_on if past(plan.updated_on, as_of) else None
    if updated is not None and waited(updated, as_of) <= policy.exit_plan_days:
        return
    words = f"is of {updated}" if updated else "carries no date"
    yield Violation(
        "exit_plan.updated_on",
        f"The exit plan {words}; after {policy.exit_plan_days} days it is out of date.",
        "Bring the plan up to date with what the service has become.",
    )


def _untested(plan: ExitPlan, policy: Policy, as_of: date) -> Iterator[Violation]:
    tested = plan.tested_on if past(plan.tested_on, as_of) else None
    if tested is not None and waited(tested, as_of) <= policy.test_days:
        return
    words = f"was last tested on {tested}" if tested else "was never tested"
    yield Violation(
        "exit_plan.tested_on",
        f"The exit plan {words}; a test holds for {policy.test_days} days.",
        "Rehearse it: take back one component, or restore the data somewhere else.",
    )


GUARDRAIL = Guardrail(
    code="EXT001",
    title="exit-plan-missing",
    stages=stages_from(Stage.AGREE, Stage.DELIVER),
    severity=Severity.BLOCKER,
    practice=3,
    fires_when=(
        "a critical service has no exit plan; or the exit plan was not updated for more than 365 "
        "days (policy: exit_plan_days), has no budget or no exit manager or, from delivery on, was "
        "not tested for more than 365 days (policy: test_days). A missing plan is a finding for a "
        "critical service only"
    ),
    rationale=(
        "The exit begins on the worst day; what was not written and tried before is not there."
    ),
    source="Regulation (EU) 2022/2554 art. 28(8) and 30(3)(f); register of information B_07.01",
    remedy="Write an exit plan with manager, budget, tasks and a date for its test.",
    detect=detect,
)
