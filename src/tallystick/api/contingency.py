"""Contingency plans: written, tested, carried out against a clock."""

from datetime import UTC, datetime

from ninja import Query

from tallystick.actions.end_run import end_run
from tallystick.actions.record_test import record_test
from tallystick.actions.run_plan import run_plan
from tallystick.actions.tick_step import tick_step
from tallystick.actions.write_plan import PlanWording, write_plan
from tallystick.api.lookup import ViewerRequest, find, named_person
from tallystick.api.risk_lookup import plan_named, risk_named, the_plan, the_run
from tallystick.api.risk_values import (
    ContingencyPlanOut,
    PlanRunOut,
    PlanWhole,
    plan_values,
    run_out,
)
from tallystick.api.risk_wordings import EndRun, RecordTest, RunPlan, TickStep, WritePlan
from tallystick.api.routing import Operations
from tallystick.api.values import Listed, SafePage, listed
from tallystick.records.engagements import Engagement
from tallystick.records.risk_registers import REGISTERS, AnyPlan, register_of, registers_for

operations = Operations(tags=["Risks"])


def _out(plan: AnyPlan) -> ContingencyPlanOut:
    return ContingencyPlanOut(**plan_values(plan, datetime.now(UTC).date()))


@operations.reads("/engagements/{engagement_id}/plans", "plans", Listed[ContingencyPlanOut])
def plans(
    request: ViewerRequest, engagement_id: str, asked: Query[SafePage]
) -> Listed[ContingencyPlanOut]:
    """Return the contingency plans that the viewer reads."""
    engagement = find(Engagement, request.viewer, engagement_id)
    found: list[AnyPlan] = []
    for register in registers_for(request.viewer):
        rows = register.plans.objects.visible_to(request.viewer).filter(engagement=engagement)
        found += rows.select_related("owner").order_by("id")
    return listed(found, asked, _out)


@operations.reads("/plans/{plan_id}", "plan", PlanWhole)
def plan(request: ViewerRequest, plan_id: str) -> PlanWhole:
    """Return a contingency plan with its tests and activations."""
    found = the_plan(request.viewer, plan_id)
    runs = register_of(found).runs.objects.visible_to(request.viewer).filter(plan=found.pk)
    now = datetime.now(UTC)
    return PlanWhole(
        **plan_values(found, now.date()),
        runs=[run_out(each, found, now) for each in runs.order_by("-began_at", "-id")],
    )


@operations.acts("/engagements/{engagement_id}/plans/write", "write_plan", ContingencyPlanOut, 201)
def write(request: ViewerRequest, engagement_id: str, given: WritePlan) -> ContingencyPlanOut:
    """Write a contingency plan, or write one anew."""
    viewer = request.viewer
    engagement = find(Engagement, viewer, engagement_id, "client", "provider")
    amends = plan_named(viewer, given.amends, engagement, "amends")
    plain = ("title", "trigger", "may_activate", "recovery_minutes", "loss_minutes", "cost",
             "currency")  # fmt: skip
    kept = write_plan(
        engagement=engagement,
        register=register_of(amends) if amends else REGISTERS[given.register_name],
        wording=PlanWording(
            **{name: getattr(given, name) for name in plain},
            steps=[each.model_dump() for each in given.steps],
            owner=named_person(engagement, given.owner, place="owner"),
        ),
        amends=amends,
        risk=risk_named(viewer, given.risk, engagement, "risk"),
        by=viewer,
        as_of=datetime.now(UTC),
    )
    return _out(kept)


@operations.acts("/plans/{plan_id}/test", "record_test", PlanRunOut, 201)
def test(request: ViewerRequest, plan_id: str, given: RecordTest) -> PlanRunOut:
    """Record a test that was held."""
    found, now = the_plan(request.viewer, plan_id), datetime.now(UTC)
    run = record_test(
        plan=found, on=given.on, result=given.result, words=given.words, by=request.viewer,
        as_of=now,
    )  # fmt: skip
    return run_out(run, found, now)


@operations.acts("/plans/{plan_id}/run", "run_plan", PlanRunOut, 201)
def begin(request: ViewerRequest, plan_id: str, given: RunPlan) -> PlanRunOut:
    """Start the clock of a plan: activate it, or test it."""
    found, now = the_plan(request.viewer, plan_id), datetime.now(UTC)
    run = run_plan(plan=found, kind=given.kind, why=given.why, by=request.viewer, as_of=now)
    return run_out(run, found, now)


@operations.reads("/plan-runs/{run_id}", "plan_run", PlanRunOut)
def run(request: ViewerRequest, run_id: str) -> PlanRunOut:
    """Return a run: its steps, what is done, and its clock."""
    found = the_run(request.viewer, run_id)
    return run_out(found, found.plan, datetime.now(UTC))


@operations.acts("/plan-runs/{run_id}/tick", "tick_step", PlanRunOut)
def tick(request: ViewerRequest, run_id: str, given: TickStep) -> PlanRunOut:
    """Say that a step is done, or take that back."""
    found, now = the_run(request.viewer, run_id), datetime.now(UTC)
    kept = tick_step(run=found, step=given.step, done=given.done, by=request.viewer, as_of=now)
    return run_out(kept, found.plan, now)


@operations.acts("/plan-runs/{run_id}/end", "end_run", PlanRunOut)
def end(request: ViewerRequest, run_id: str, given: EndRun) -> PlanRunOut:
    """Stop the clock, and say how it went."""
    found, now = the_run(request.viewer, run_id), datetime.now(UTC)
    kept = end_run(run=found, result=given.result, words=given.words, by=request.viewer, as_of=now)
    return run_out(kept, found.plan, now)
