"""Record a test of a contingency plan that was held without the checklist."""

from datetime import date, datetime, time

from django.db import transaction
from django.utils.timezone import make_aware

from tallystick.actions.findings_kept import keep_findings_in
from tallystick.actions.refusals import require
from tallystick.actions.risks_kept import locked, tell
from tallystick.actions.texts import checked
from tallystick.actions.write_plan import PlanRefused
from tallystick.records.contingency import RunKind, RunResult
from tallystick.records.risk_registers import AnyPlan, AnyRun, register_of
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer


@transaction.atomic
def record_test(
    *, plan: AnyPlan, on: date, result: RunResult, words: str, by: Viewer, as_of: datetime
) -> AnyRun:
    """
    Keep that a plan was tested on a day, and how it went.

    Raises:
        NotPermitted, PlanRefused, TextNeeded, TextTooLong
    """
    require(by, Duty.MANAGE_RISKS)
    plan = locked(plan, "engagement")
    told = checked(words, "words", longest=4_000)
    if on > as_of.date():
        raise PlanRefused(
            f"{on} is still to come.", place="on", remedy="Record the test once it was held."
        )
    moment = make_aware(datetime.combine(on, time(12)))
    register = register_of(plan)
    run = register.runs.objects.create(
        **register.under(plan=plan),
        kind=RunKind.TEST,
        recovery_minutes=plan.recovery_minutes,
        began_at=moment,
        began_by=by.person,
        ended_at=moment,
        ended_by=by.person,
        result=result,
        words=told,
    )
    if plan.tested_on is None or plan.tested_on <= on:
        plan.tested_on, plan.tested_result = on, result
        plan.save(update_fields=["tested_on", "tested_result"])
    tell(
        run,
        plan.engagement,
        f"Recorded a test of “{plan.title}” on {on}: {result}.",
        "record_test",
        {"plan": plan.public_id, "on": on.isoformat(), "result": result, "words": told},
        by,
        as_of,
    )
    keep_findings_in([plan.engagement], as_of, by=by)
    return run
