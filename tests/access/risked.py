"""The world's risks: both registers, plans with runs, indicators, simulations, the budget."""

from collections.abc import Callable
from decimal import Decimal

from tallystick.actions.assess_risk import assess_risk
from tallystick.actions.close_risk import close_risk
from tallystick.actions.end_run import end_run
from tallystick.actions.identify_risk import RiskWording, identify_risk
from tallystick.actions.read_indicator import read_indicator
from tallystick.actions.record_occurrence import Occurrence, record_occurrence
from tallystick.actions.reopen_risk import reopen_risk
from tallystick.actions.respond_to_risk import ResponseWording, respond_to_risk
from tallystick.actions.review_risk import review_risk
from tallystick.actions.run_plan import run_plan
from tallystick.actions.set_risk_budget import Budget, set_risk_budget
from tallystick.actions.simulate_risks import simulate_risks
from tallystick.actions.state_indicator import SignWording, state_indicator
from tallystick.actions.tick_step import tick_step
from tallystick.actions.write_plan import write_plan
from tallystick.engine.risk import Comparison
from tallystick.records.contingency import RunKind, RunResult
from tallystick.records.engagements import Engagement
from tallystick.records.indicators import SignSource
from tallystick.records.risk_registers import PRIVATE, SHARED, Register
from tallystick.records.risks import StepKind
from tallystick.records.simulations import PrivateSimulation, Simulation
from tallystick.records.viewer import Viewer
from tests.cast import TODAY
from tests.risking import a_plan_wording, an_assessment

Token = Callable[[str], str]
"""Gives a text that stands nowhere else."""


def risk_all(engagement: Engagement, lead: Viewer, token: Token) -> dict[str, str]:
    """Give an engagement risks in both registers; return the ids of addresses."""
    shared = _furnish(engagement, SHARED, lead, token)
    private = _furnish(engagement, PRIVATE, lead, token)
    appetite = ((Decimal(100_000), Decimal("0.5")), (Decimal(10**9), Decimal("0.01")))
    set_risk_budget(
        engagement=engagement, budget=Budget("EUR", appetite, Decimal(10**6)), by=lead, as_of=TODAY
    )
    made = simulate_risks(engagement=engagement, shared=True, by=lead, as_of=TODAY)
    simulate_risks(engagement=engagement, shared=False, by=lead, as_of=TODAY)
    return shared | {"private_risk_id": private["risk_id"], "simulation_id": made.public_id}


def _furnish(
    engagement: Engagement, register: Register, lead: Viewer, token: Token
) -> dict[str, str]:
    wording = RiskWording(
        title=token("Risk"),
        category="people",
        owner=lead.person,
        cause=token("Cause"),
        event=token("Event"),
        effect=token("Effect"),
        supplier=token("Sub"),
    )
    risk = identify_risk(
        engagement=engagement, register=register, wording=wording, by=lead, as_of=TODAY
    )
    control = {"name": token("Control"), "cost": "1", "on_frequency": "0.5", "on_magnitude": "1"}
    assessment = an_assessment(controls=[control], note=token("Note"))
    risk = assess_risk(risk=risk, assessment=assessment, by=lead, as_of=TODAY)
    review_risk(risk=risk, note=token("Review"), by=lead, as_of=TODAY)
    step = {"name": token("Step"), "minutes": 5, "who": token("Who")}
    plan = write_plan(
        engagement=engagement,
        register=register,
        wording=a_plan_wording(
            lead, title=token("Plan"), trigger=token("Trigger"), may_activate=token("May"),
            steps=[step],
        ),
        risk=risk,
        by=lead,
        as_of=TODAY,
    )  # fmt: skip
    run = run_plan(plan=plan, kind=RunKind.ACTIVATION, why=token("Why"), by=lead, as_of=TODAY)
    sign = state_indicator(
        risk=risk,
        wording=SignWording(token("Sign"), SignSource.HAND, Comparison.ABOVE, Decimal(3)),
        by=lead,
        as_of=TODAY,
    )
    read_indicator(indicator=sign, on=TODAY.date(), value=Decimal(5), by=lead, as_of=TODAY)
    return {
        "risk_id": risk.public_id,
        "plan_id": plan.public_id,
        "run_id": run.public_id,
        "indicator_id": sign.public_id,
    }


def keep_private_risks(engagement: Engagement, lead: Viewer, token: Token) -> None:
    """Do everything in the client's own register that tells the other party nothing."""
    made = _furnish(engagement, PRIVATE, lead, token)
    risk = PRIVATE.risks.objects.get(public_id=made["risk_id"])
    run = PRIVATE.runs.objects.get(public_id=made["run_id"])
    response = ResponseWording("reduce", token("Response"), lead.person, risk.plan)
    respond_to_risk(risk=risk, wording=response, by=lead, as_of=TODAY)
    tick_step(run=run, step=0, done=True, by=lead, as_of=TODAY)
    end_run(run=run, result=RunResult.WORKED, words=token("Worked"), by=lead, as_of=TODAY)
    happened = Occurrence(TODAY.date(), token("Happened"), Decimal(7))
    record_occurrence(risk=risk, occurrence=happened, by=lead, as_of=TODAY)
    reopen_risk(risk=risk, note=token("Again"), by=lead, as_of=TODAY)
    budget = Budget("EUR", ((Decimal(100_000), Decimal("0.1")),), Decimal(1))
    set_risk_budget(engagement=engagement, budget=budget, by=lead, as_of=TODAY)
    simulate_risks(engagement=engagement, shared=False, by=lead, as_of=TODAY)
    close_risk(risk=risk, note=token("Closed"), by=lead, as_of=TODAY)


def risk_rows(engagement: Engagement, number: int, by: Viewer) -> None:
    """Add a row of each kind to both registers, and to the risk that pages are asked for."""
    for register in (SHARED, PRIVATE):
        first = register.risks.objects.filter(engagement=engagement).earliest("id")
        one = _row(register, engagement, number, by, first.assessed)
        for risk in (first, one):
            register.steps.objects.create(
                **register.under(risk=risk), kind=StepKind.REVIEWED, note=f"Looked {number}",
                on=TODAY.date(), status="assessed", taken_at=TODAY, taken_by=by.person,
            )  # fmt: skip
            register.indicators.objects.create(
                **register.under(risk=risk), name=f"Sign {number}", source="hand",
                comparison="above", threshold=number, stated_at=TODAY, stated_by=by.person,
            )  # fmt: skip
        assert first.plan is not None
        register.runs.objects.create(
            **register.under(plan=first.plan), kind="test", why=f"Try {number}",
            recovery_minutes=5, began_at=TODAY, began_by=by.person, ended_at=TODAY,
            ended_by=by.person, result="worked", words="It did.",
        )  # fmt: skip
    for kind in (Simulation, PrivateSimulation):
        made = kind.objects.filter(engagement=engagement).earliest("id")
        made.pk, made.public_id = None, f"sim{kind is Simulation:d}{number:08d}"
        made._state.adding = True
        made.save()


def _row(
    register: Register, engagement: Engagement, number: int, by: Viewer, assessed: object
) -> object:
    plan = register.plans.objects.create(
        **register.within(engagement), title=f"Plan {number}", trigger="t", recovery_minutes=9,
        steps=[{"name": "Do", "minutes": 5, "who": ""}], owner=by.person,
        written_on=TODAY.date(), written_by=by.person,
    )  # fmt: skip
    return register.risks.objects.create(
        **register.within(engagement), title=f"Risk {number}", category="legal", owner=by.person,
        plan=plan, identified_on=TODAY.date(), identified_at=TODAY, identified_by=by.person,
        currency="EUR", level="low", expected=number, p80=number, assessed=assessed,
        status="occurred" if number % 2 else "assessed",
    )  # fmt: skip
