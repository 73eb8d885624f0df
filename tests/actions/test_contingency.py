"""Contingency plans: written, tested, activated, ticked off against a clock, ended."""

from datetime import timedelta

import pytest

from tallystick.actions.end_run import end_run
from tallystick.actions.record_test import record_test
from tallystick.actions.refusals import NotPermitted
from tallystick.actions.run_plan import PlanRunning, run_plan
from tallystick.actions.texts import TextNeeded
from tallystick.actions.tick_step import NoSuchStep, RunOver, tick_step
from tallystick.actions.write_plan import PlanRefused, write_plan
from tallystick.engine.risk.recovery import RecoveryRefused
from tallystick.records.contingency import ContingencyPlan, PlanRun, RunKind, RunResult
from tallystick.records.risk_registers import PRIVATE, SHARED, AnyPlan, AnyRun
from tallystick.records.roles import Role
from tallystick.records.viewer import Viewer
from tests.cast import TODAY, a_viewer, an_engagement
from tests.risking import a_plan, a_plan_wording, a_risk

pytestmark = pytest.mark.django_db


def begun(plan: AnyPlan, by: Viewer, kind: RunKind = RunKind.ACTIVATION) -> AnyRun:
    return run_plan(plan=plan, kind=kind, why="Three are gone.", by=by, as_of=TODAY)


def test_a_plan_is_written_for_a_risk() -> None:
    lead, engagement = a_viewer(), an_engagement()
    risk = a_risk(engagement, lead)

    plan = write_plan(
        engagement=engagement, register=SHARED, wording=a_plan_wording(lead), risk=risk, by=lead,
        as_of=TODAY,
    )  # fmt: skip

    risk.refresh_from_db()
    assert risk.plan == plan
    assert plan.rehearsed(TODAY.date()).due_on == TODAY.date() + timedelta(days=365)


def test_a_plan_is_not_hung_on_a_risk_of_the_other_register() -> None:
    lead, engagement = a_viewer(), an_engagement()
    risk = a_risk(engagement, lead, register=PRIVATE)

    with pytest.raises(PlanRefused, match="stands in another register"):
        write_plan(
            engagement=engagement, register=SHARED, wording=a_plan_wording(lead), risk=risk,
            by=lead, as_of=TODAY,
        )  # fmt: skip

    assert not ContingencyPlan.objects.exists()


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"steps": []}, RecoveryRefused),
        ({"trigger": " "}, TextNeeded),
        ({"recovery_minutes": -1}, RecoveryRefused),
        ({"steps": [{"name": "x", "minutes": 10**7}]}, RecoveryRefused),
        ({"steps": [{"name": "x", "minutes": 1}] * 51}, PlanRefused),
    ],
)
def test_a_hollow_plan_is_refused(changes: dict[str, object], refusal: type[Exception]) -> None:
    lead, engagement = a_viewer(), an_engagement()

    with pytest.raises(refusal):
        write_plan(
            engagement=engagement, register=SHARED, wording=a_plan_wording(lead, **changes),
            by=lead, as_of=TODAY,
        )  # fmt: skip

    assert not ContingencyPlan.objects.exists()


def test_an_activated_plan_runs_as_a_checklist_against_its_clock() -> None:
    lead, cleo, engagement = a_viewer(), a_viewer(Role.DELIVERY_LEAD), an_engagement()
    run = begun(a_plan(engagement, lead), lead)

    half_hour = TODAY + timedelta(minutes=30)
    run = tick_step(run=run, step=0, done=True, by=cleo, as_of=half_hour)

    clock = run.clock(half_hour)
    assert clock is not None
    assert (clock.done, clock.remaining, clock.in_time) == (1, 90, True)
    assert run.done["0"]["name"] == cleo.person.name


def test_a_second_tick_keeps_the_first_and_a_tick_can_be_taken_back() -> None:
    lead, engagement = a_viewer(), an_engagement()
    run = begun(a_plan(engagement, lead), lead)
    run = tick_step(run=run, step=0, done=True, by=lead, as_of=TODAY)

    again = tick_step(run=run, step=0, done=True, by=lead, as_of=TODAY + timedelta(hours=1))
    assert again.done["0"]["at"] == TODAY.isoformat()

    assert tick_step(run=run, step=0, done=False, by=lead, as_of=TODAY).done == {}


def test_there_is_no_step_beyond_the_last() -> None:
    lead, engagement = a_viewer(), an_engagement()
    run = begun(a_plan(engagement, lead), lead)

    with pytest.raises(NoSuchStep):
        tick_step(run=run, step=2, done=True, by=lead, as_of=TODAY)


def test_a_plan_runs_once_at_a_time() -> None:
    lead, engagement = a_viewer(), an_engagement()
    plan = a_plan(engagement, lead)
    begun(plan, lead)

    with pytest.raises(PlanRunning):
        begun(plan, lead)

    assert PlanRun.objects.count() == 1


def test_what_has_ended_is_not_ticked_any_more() -> None:
    lead, engagement = a_viewer(), an_engagement()
    run = begun(a_plan(engagement, lead), lead)
    end_run(run=run, result=RunResult.WORKED, words="Back by noon.", by=lead, as_of=TODAY)

    with pytest.raises(RunOver):
        tick_step(run=run, step=0, done=True, by=lead, as_of=TODAY)


@pytest.mark.parametrize("kind", list(RunKind))
def test_only_a_test_counts_as_one(kind: RunKind) -> None:
    lead, engagement = a_viewer(), an_engagement()
    plan = a_plan(engagement, lead)

    end_run(
        run=begun(plan, lead, kind), result=RunResult.PARTLY, words="Slow.", by=lead, as_of=TODAY
    )

    plan.refresh_from_db()
    tested = (TODAY.date(), "partly") if kind is RunKind.TEST else (None, "")
    assert (plan.tested_on, plan.tested_result) == tested


def test_an_older_test_that_is_recorded_late_is_not_the_last_one() -> None:
    lead, engagement = a_viewer(), an_engagement()
    plan = a_plan(engagement, lead)
    for days, result in ((10, RunResult.WORKED), (40, RunResult.FAILED)):
        on = TODAY.date() - timedelta(days=days)
        record_test(plan=plan, on=on, result=result, words="Held.", by=lead, as_of=TODAY)

    plan.refresh_from_db()
    assert plan.tested_result == "worked"
    assert PlanRun.objects.count() == 2


def test_a_test_that_is_still_to_come_is_none() -> None:
    lead, engagement = a_viewer(), an_engagement()
    tomorrow = TODAY.date() + timedelta(days=1)

    with pytest.raises(PlanRefused):
        record_test(
            plan=a_plan(engagement, lead), on=tomorrow, result=RunResult.WORKED, words="x",
            by=lead, as_of=TODAY,
        )  # fmt: skip


def test_an_auditor_activates_nothing() -> None:
    lead, engagement = a_viewer(), an_engagement()
    plan = a_plan(engagement, lead)

    with pytest.raises(NotPermitted):
        begun(plan, a_viewer(Role.AUDITOR))
