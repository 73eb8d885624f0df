"""End a run of a contingency plan, and say how it went."""

from datetime import datetime

from django.db import transaction

from tallystick.actions.findings_kept import keep_findings_in
from tallystick.actions.refusals import require
from tallystick.actions.risks_kept import tell
from tallystick.actions.texts import checked
from tallystick.actions.tick_step import locked_run
from tallystick.records.contingency import RunKind, RunResult
from tallystick.records.risk_registers import AnyRun
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer


@transaction.atomic
def end_run(*, run: AnyRun, result: RunResult, words: str, by: Viewer, as_of: datetime) -> AnyRun:
    """
    Stop the clock; a test counts as the plan's last one, whatever its result.

    Raises:
        NotPermitted, RunOver, TextNeeded, TextTooLong
    """
    require(by, Duty.MANAGE_RISKS)
    run = locked_run(run)
    run.words = checked(words, "words", longest=4_000)
    run.result, run.ended_at, run.ended_by = result, as_of, by.person
    run.save()
    plan = run.plan
    if run.kind == RunKind.TEST:
        plan.tested_on, plan.tested_result = as_of.date(), result
        plan.save(update_fields=["tested_on", "tested_result"])
    tell(
        run,
        plan.engagement,
        f"Ended the {run.kind} of “{plan.title}”: {result}, {len(run.done)} of {len(run.steps)} "
        "steps done.",
        "end_run",
        {"result": result, "words": run.words, "done": run.done},
        by,
        as_of,
    )
    keep_findings_in([plan.engagement], as_of, by=by)
    return run
