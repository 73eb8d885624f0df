"""COM005: the provider has agreed, and its own team has not heard of it."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from tallystick.engine.governance.working_days import working_days
from tallystick.engine.guardrails.days import past
from tallystick.engine.guardrails.finding import Severity
from tallystick.engine.guardrails.guardrail import Guardrail, Violation
from tallystick.engine.guardrails.policy import Policy
from tallystick.engine.guardrails.snapshot import Snapshot
from tallystick.engine.guardrails.spoken import percent
from tallystick.engine.guardrails.stages import Stage, stages_from


def detect(snapshot: Snapshot, policy: Policy, as_of: date) -> Iterator[Violation]:
    """Report changes the delivery lead has not acknowledged, and tickets that bounce."""
    for number, each in enumerate(snapshot.acknowledgements):
        days = working_days(each.changed_on, as_of)
        if past(each.acknowledged_on, as_of) or days <= policy.acknowledgement_working_days:
            continue
        yield Violation(
            f"acknowledgements[{number}].acknowledged_on",
            f"The delivery lead has not acknowledged the {each.kind.replace('-', ' ')} "
            f"“{each.subject}” for {days} working days; "
            f"{policy.acknowledgement_working_days} are the most.",
        )
    passed = snapshot.hand_offs
    if passed is not None and passed.passed:
        share = Fraction(passed.bounced, passed.passed)
        if share > policy.bounced_share:
            yield Violation(
                "hand_offs.bounced",
                f"{passed.bounced} of {passed.passed} hand-offs between the provider's teams came "
                f"back, {percent(share)}; {percent(Fraction(policy.bounced_share))} is the most.",
                "Ask the provider to say which team takes which kind of ticket.",
            )


GUARDRAIL = Guardrail(
    code="COM005",
    title="provider-echo-missing",
    stages=stages_from(Stage.TRANSITION),
    severity=Severity.MAJOR,
    practice=6,
    fires_when=(
        "the provider's delivery lead has not acknowledged a changed objective, service level, "
        "agreement or change request more than 10 working days after it changed (policy: "
        "acknowledgement_working_days), or more than 15 % of the hand-offs between the provider's "
        "teams come back (policy: bounced_share)"
    ),
    rationale=(
        "Communication inside the supplier's own organisation is one of three factors that told "
        "successful deals from failed ones, and the only one nobody measures."
    ),
    source="Delen, Peters, Verhoef and van Vlijmen 2016, Science of Computer Programming 130",
    remedy="Ask the delivery lead in person, and hear back in their own words what changed.",
    detect=detect,
)
