"""EXT002: leaving takes longer than the contract gives."""

from collections.abc import Iterator
from datetime import date

from tallystick.engine.dependency.exit_time import Task, time_to_exit
from tallystick.engine.guardrails.finding import Severity
from tallystick.engine.guardrails.guardrail import Guardrail, Violation
from tallystick.engine.guardrails.parts.exit import ExitPlan
from tallystick.engine.guardrails.policy import Policy
from tallystick.engine.guardrails.snapshot import Snapshot
from tallystick.engine.guardrails.spoken import counted
from tallystick.engine.guardrails.stages import Stage, stages_from

LIKELY = 0.8


def detect(snapshot: Snapshot, policy: Policy, as_of: date) -> Iterator[Violation]:
    """Report an exit that likely outlasts notice and termination assistance."""
    plan = snapshot.exit_plan
    if plan is None or not plan.tasks or plan.notice_days is None:
        return
    covered = plan.notice_days + (plan.assistance_days or 0)
    if sum(each.most for each in plan.tasks) <= covered:
        return
    days = round(time_to_exit(_tasks(plan), LIKELY))
    if days > covered:
        yield Violation(
            "exit_plan.tasks",
            f"The exit takes up to {days} days with a chance of 80 %; notice and termination "
            f"assistance cover {covered}, so {counted(days - covered, 'day')} are not covered.",
        )


def _tasks(plan: ExitPlan) -> list[Task]:
    positions = {each.id: number for number, each in enumerate(plan.tasks)}
    return [
        Task(each.least, each.likely, each.most, tuple(positions[name] for name in each.after))
        for each in plan.tasks
    ]


GUARDRAIL = Guardrail(
    code="EXT002",
    title="exit-gap",
    stages=stages_from(Stage.AGREE),
    severity=Severity.MAJOR,
    practice=3,
    fires_when=(
        "the 80th percentile of the time to exit is above notice plus termination assistance. Each "
        "task's days follow the PERT distribution, in the order of the tasks, in a simulation with "
        "a fixed seed; without tasks or notice nothing is asked"
    ),
    rationale="Every day that is not covered is a day on which the provider names the price.",
    source="PERT; EBA guidelines on outsourcing EBA/GL/2019/02 (exit strategies); ISO 37500",
    remedy="Agree on longer assistance, or shorten the exit: documents, data, people of your own.",
    detect=detect,
)
