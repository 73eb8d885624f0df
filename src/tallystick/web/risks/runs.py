"""A contingency plan that is carried out: its checklist, its clock, and its end."""

from datetime import UTC, datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tallystick.actions.end_run import end_run
from tallystick.actions.run_plan import run_plan
from tallystick.actions.tick_step import tick_step
from tallystick.records.clocks import Clocks
from tallystick.records.contingency import RunKind, RunResult
from tallystick.records.risk_registers import AnyRun
from tallystick.records.roles import Duty
from tallystick.web.form_pages import form_page, posted
from tallystick.web.forms.contingency import RESULTS, BeginForm, EndForm
from tallystick.web.forms.refusals import refused_on_the_next_page
from tallystick.web.lookup import ViewerRequest
from tallystick.web.risk_words import minutes_words
from tallystick.web.risks.found import find_plan, find_run
from tallystick.web.risks.frames import around_plan


def begin(request: ViewerRequest, plan_id: str) -> HttpResponse:
    """Start the clock of a plan."""
    plan = find_plan(request.viewer, plan_id)
    form = BeginForm(posted(request))
    back = reverse("plan", args=[plan.public_id])
    return form_page(
        request,
        form,
        lambda: run_plan(
            plan=plan,
            kind=RunKind(form.cleaned_data["kind"]),
            why=form.cleaned_data["why"],
            by=request.viewer,
            as_of=datetime.now(UTC),
        ),
        lambda: around_plan(request, plan),
        title=f"Begin: {plan.title}",
        lead=f"Begins when: {plan.trigger} May be activated by: {plan.may_activate}.",
        said="The clock runs. Open the checklist and tick what is done.",
        back=back,
        submit="Start the clock",
    )


def show(request: ViewerRequest, run_id: str) -> HttpResponse:
    """Show the checklist and how it stands against its recovery objective."""
    run = find_run(request.viewer, run_id)
    now = datetime.now(UTC)
    shown = {
        "run": run,
        "zone": Clocks([run.plan.engagement]).zone(run.plan.engagement.pk, now.date()),
        "plan": run.plan,
        "lines": _lines(run, now),
        "clock": _clock(run, now),
        "result": RESULTS[RunResult(run.result)] if run.result else "",
        "may_manage": request.viewer.may(Duty.MANAGE_RISKS) and run.ended_at is None,
    }
    return render(request, "risks/run.html", around_plan(request, run.plan) | shown)


def _lines(run: AnyRun, now: datetime) -> list[dict[str, Any]]:
    clock = run.clock(now)
    if clock is None:
        return []
    return [
        {
            "number": number,
            "name": plain["name"],
            "who": plain["who"],
            "minutes": minutes_words(plain["minutes"]),
            "planned_end": each.planned_end.replace(second=0, microsecond=0),
            "late": each.late,
            "done_at": each.step.done_at,
            "done_by": run.done.get(str(number), {}).get("name", ""),
        }
        for number, (plain, each) in enumerate(zip(run.steps, clock.steps, strict=True))
    ]


def _clock(run: AnyRun, now: datetime) -> dict[str, Any] | None:
    clock = run.clock(now)
    if clock is None:
        return None
    return {
        "done": f"{clock.done} of {len(clock.steps)}",
        "elapsed": minutes_words(clock.elapsed),
        "objective": minutes_words(run.recovery_minutes),
        "remaining": minutes_words(clock.remaining),
        "ends_at": clock.ends_at,
        "in_time": clock.in_time,
        "margin": minutes_words(clock.margin),
    }


def tick(request: ViewerRequest, run_id: str) -> HttpResponse:
    """Tick a step, or take the tick back."""
    run = find_run(request.viewer, run_id)
    given = request.POST.get("step", "")
    with refused_on_the_next_page(request):
        tick_step(
            run=run,
            step=int(given) if given.isdecimal() and len(given) < 4 else -1,
            done=request.POST.get("done") != "no",
            by=request.viewer,
            as_of=datetime.now(UTC),
        )
    return redirect("plan_run", run.public_id)


def end(request: ViewerRequest, run_id: str) -> HttpResponse:
    """Stop the clock and say how it went."""
    run = find_run(request.viewer, run_id)
    form = EndForm(posted(request))
    return form_page(
        request,
        form,
        lambda: end_run(
            run=run,
            result=RunResult(form.cleaned_data["result"]),
            words=form.cleaned_data["words"],
            by=request.viewer,
            as_of=datetime.now(UTC),
        ),
        lambda: around_plan(request, run.plan),
        title=f"End: {run.plan.title}",
        said="The clock stands. What you wrote stays with the plan.",
        back=reverse("plan", args=[run.plan.public_id]),
        submit="Stop the clock",
    )
