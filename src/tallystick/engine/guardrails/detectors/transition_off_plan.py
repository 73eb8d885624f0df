"""DEL006: the transition slips, or goes live before the knowledge has arrived."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from tallystick.engine.guardrails.days import past
from tallystick.engine.guardrails.finding import Severity
from tallystick.engine.guardrails.guardrail import Guardrail, Violation
from tallystick.engine.guardrails.parts.delivery import Milestone, Transition
from tallystick.engine.guardrails.policy import Policy
from tallystick.engine.guardrails.snapshot import Snapshot
from tallystick.engine.guardrails.spoken import counted, percent
from tallystick.engine.guardrails.stages import Stage


def detect(snapshot: Snapshot, policy: Policy, as_of: date) -> Iterator[Violation]:
    """Report milestones that slip too far, and what was not handed over at go-live."""
    plan = snapshot.transition
    if plan is None:
        return
    yield from _slipping(snapshot, plan, policy, as_of)
    live = past(plan.go_live_on, as_of) or snapshot.stage.reached(Stage.DELIVER)
    for number, each in enumerate(plan.knowledge):
        if live and each.must and not past(each.signed_on, as_of):
            yield Violation(
                f"transition.knowledge[{number}].signed_on",
                f"The service is live, and the handover of {each.topic or each.id}, which it "
                "cannot do without, is not signed.",
                "Let the new team do it alone, watched by the old one, and sign what works.",
            )


def _slipping(
    snapshot: Snapshot, plan: Transition, policy: Policy, as_of: date
) -> Iterator[Violation]:
    begins = plan.starts_on or snapshot.starts_on
    last = max((each.baseline_on for each in plan.milestones), default=None)
    if begins is None or last is None or last <= begins:
        return
    whole = (last - begins).days
    for number, each in enumerate(plan.milestones):
        late = (_expected(each, as_of) - each.baseline_on).days
        if late > 0 and Fraction(late, whole) > policy.milestone_slip:
            reached = past(each.actual_on, as_of)
            yield Violation(
                f"transition.milestones[{number}].{'actual_on' if reached else 'forecast_on'}",
                f"Milestone {each.name or each.id} {'came' if reached else 'is'} "
                f"{counted(late, 'day')} late, {percent(Fraction(late, whole))} of the "
                f"transition's {counted(whole, 'day')}; "
                f"{percent(Fraction(policy.milestone_slip))} is the most.",
            )


def _expected(each: Milestone, as_of: date) -> date:
    """Return when a milestone was reached, or may be at best."""
    if each.actual_on is not None and each.actual_on <= as_of:
        return each.actual_on
    return (
        max(each.forecast_on or each.baseline_on, as_of)
        if as_of > each.baseline_on
        else (each.forecast_on or each.baseline_on)
    )


GUARDRAIL = Guardrail(
    code="DEL006",
    title="transition-off-plan",
    stages=(Stage.TRANSITION,),
    severity=Severity.BLOCKER,
    practice=3,
    fires_when=(
        "a milestone was reached, is forecast, or is open past its day by more than 10 % of the "
        "transition from its start to its last milestone (policy: milestone_slip); or the service "
        "went live, or is in delivery, and a topic that it cannot do without is not signed"
    ),
    rationale=(
        "Keeping to the transition plan is one of three factors that told successful deals from "
        "failed ones."
    ),
    source="Delen, Peters, Verhoef and van Vlijmen 2016; eSCM-CL service transfer; ISO 37500",
    remedy="Plan the rest of the transition anew with both sides before it goes on.",
    detect=detect,
)
