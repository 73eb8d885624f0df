"""Contingency plans: the list, one plan, writing it, and recording a test."""

from datetime import UTC, datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tallystick.actions.record_test import record_test
from tallystick.actions.write_plan import write_plan
from tallystick.engine.risk import Rehearsal
from tallystick.records.contingency import RunResult
from tallystick.records.engagements import Engagement
from tallystick.records.posts import Staffing
from tallystick.records.risk_registers import AnyPlan, register_of, registers_for
from tallystick.records.roles import Duty
from tallystick.web.components.figures import money
from tallystick.web.components.words import day
from tallystick.web.form_pages import form_page, posted
from tallystick.web.forms.contingency import RESULTS, PlanForm, TestForm
from tallystick.web.forms.risks import people_for
from tallystick.web.lookup import ViewerRequest, find
from tallystick.web.risk_words import REGISTERS, minutes_words
from tallystick.web.risks.found import find_plan, find_risk
from tallystick.web.risks.frames import around_plan, around_risk, risks_around
from tallystick.web.tables import Column, Empty, Table

COLUMNS = (
    Column("title", "Plan", link=lambda row: str(row["url"])),
    Column("trigger", "Begins when"),
    Column("back", "Service back within"),
    Column("owner", "Owner"),
    Column("tested", "Last test"),
    Column("due", "Test", template="risks/cells/status.html", sortable=False),
    Column("read_by", "Read by"),
)


def index(request: ViewerRequest, engagement_id: str) -> HttpResponse:
    """Show the contingency plans, those that are due for a test marked."""
    engagement = find(Engagement, request.viewer, engagement_id, "client", "provider")
    today = datetime.now(UTC).date()
    plans: list[AnyPlan] = []
    for register in registers_for(request.viewer):
        mine = register.plans.objects.visible_to(request.viewer).filter(engagement=engagement)
        plans += mine.select_related("owner").order_by("id")
    staffing = Staffing([engagement])
    rows = [
        {
            "title": each.title,
            "url": reverse("plan", args=[each.public_id]),
            "trigger": each.trigger,
            "back": minutes_words(each.recovery_minutes),
            "owner": staffing.named(each.owner),
            "tested": tested_words(each),
            "due": _test_state(each.rehearsed(today)),
            "read_by": REGISTERS[register_of(each).name],
        }
        for each in plans
    ]
    empty = Empty(
        "No contingency plan yet",
        "A plan says on which sign it begins, what is done in which order, by whom, and in what "
        "time service is back. Write one from the page of its risk.",
        "See the risks",
        reverse("risks", args=[engagement.public_id]),
    )
    table = Table(COLUMNS, rows, request.GET, caption="Contingency plans", empty=empty)
    if table.wants_file:
        return table.file("plans")
    return render(request, "risks/plans.html", risks_around(request, engagement) | {"table": table})


def _test_state(rehearsed: Rehearsal) -> str:
    if rehearsed.due:
        return "test-due"
    return "test-holds" if rehearsed.tested else "test-ahead"


def tested_words(plan: AnyPlan) -> str:
    """Say when and how a plan was tested last."""
    if plan.tested_on is None:
        return "Never"
    return f"{day(plan.tested_on)}: {RESULTS[RunResult(plan.tested_result)].lower()}"


def show(request: ViewerRequest, plan_id: str) -> HttpResponse:
    """Show a plan, its tests and activations."""
    plan = find_plan(request.viewer, plan_id)
    register, today = register_of(plan), datetime.now(UTC).date()
    runs = (
        register.runs.objects.visible_to(request.viewer)
        .filter(plan=plan.pk)
        .select_related("began_by")
        .order_by("-began_at", "-id")
    )
    risks = register.risks.objects.visible_to(request.viewer).filter(plan=plan.pk).order_by("id")
    rehearsed = plan.rehearsed(today)
    listed = list(runs)
    shown = {
        "plan": plan,
        "risks": risks,
        "runs": [(each, RESULTS[RunResult(each.result)] if each.result else "") for each in listed],
        "running": next((each for each in listed if each.ended_at is None), None),
        "total": minutes_words(sum(each["minutes"] for each in plan.steps)),
        "steps": [(each, minutes_words(each["minutes"])) for each in plan.steps],
        "test": _test_state(rehearsed),
        "test_until": rehearsed.due_on,
        "facts": [
            ("Begins when", plan.trigger),
            ("May be activated by", plan.may_activate),
            ("Owner", Staffing([plan.engagement]).named(plan.owner)),
            ("Service back within", minutes_words(plan.recovery_minutes)),
            ("Data lost of at most", minutes_words(plan.loss_minutes)),
            ("Costs", "" if plan.cost is None else money(plan.cost, plan.currency)),
            ("Written", day(plan.written_on)),
            ("Last test", tested_words(plan)),
        ],
        "may_manage": request.viewer.may(Duty.MANAGE_RISKS),
    }
    plans = ("Contingency plans", reverse("plans", args=[plan.engagement.public_id]))
    around = risks_around(request, plan.engagement, plans, register=register)
    return render(request, "risks/plan.html", around | shown)


def new(request: ViewerRequest, risk_id: str) -> HttpResponse:
    """Write a contingency plan for a risk."""
    risk = find_risk(request.viewer, risk_id)
    register = register_of(risk)
    form = PlanForm(people_for(risk.engagement, private=register.is_private), None, posted(request))
    return form_page(
        request,
        form,
        lambda: write_plan(
            engagement=risk.engagement,
            register=register,
            wording=form.wording(),
            risk=risk,
            by=request.viewer,
            as_of=datetime.now(UTC),
        ),
        lambda: around_risk(request, risk),
        title="Write a contingency plan",
        lead=f"What is done when this comes true: {risk.title}",
        said="The plan is kept. Test it: a plan that nobody has tried is a wish.",
        back=reverse("risk", args=[risk.public_id]),
    )


def edit(request: ViewerRequest, plan_id: str) -> HttpResponse:
    """Write a plan anew."""
    plan = find_plan(request.viewer, plan_id)
    register = register_of(plan)
    form = PlanForm(people_for(plan.engagement, private=register.is_private), plan, posted(request))
    return form_page(
        request,
        form,
        lambda: write_plan(
            engagement=plan.engagement,
            register=register,
            wording=form.wording(),
            amends=plan,
            by=request.viewer,
            as_of=datetime.now(UTC),
        ),
        lambda: around_plan(request, plan),
        changes=plan,
        title="Write the plan anew",
        said="The plan is kept.",
        back=reverse("plan", args=[plan.public_id]),
    )


def test(request: ViewerRequest, plan_id: str) -> HttpResponse:
    """Record a test that was held."""
    plan = find_plan(request.viewer, plan_id)
    form = TestForm(posted(request))
    return form_page(
        request,
        form,
        lambda: record_test(
            plan=plan,
            on=form.cleaned_data["on"],
            result=RunResult(form.cleaned_data["result"]),
            words=form.cleaned_data["words"],
            by=request.viewer,
            as_of=datetime.now(UTC),
        ),
        lambda: around_plan(request, plan),
        title="Record a test",
        lead="To test it with checklist and clock, begin it instead.",
        said="The test is kept.",
        back=reverse("plan", args=[plan.public_id]),
    )
