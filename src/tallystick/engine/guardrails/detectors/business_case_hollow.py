"""OBJ003: a business case that leaves out what outsourcing costs beside its price."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction

from tallystick.engine.guardrails.days import past
from tallystick.engine.guardrails.finding import Severity
from tallystick.engine.guardrails.guardrail import Guardrail, Violation
from tallystick.engine.guardrails.parts.business_case import BusinessCase
from tallystick.engine.guardrails.policy import Policy
from tallystick.engine.guardrails.snapshot import Snapshot
from tallystick.engine.guardrails.spoken import a_stake, listed, money, percent
from tallystick.engine.guardrails.stages import Stage, stages_from

NEEDED = {
    "transition": "Add what moving the service to the provider costs on both sides.",
    "exit": "Add what leaving the provider will cost, or the reserve for it.",
    "risk": "Add the expected loss from the risks that stay.",
}


def detect(snapshot: Snapshot, policy: Policy, as_of: date) -> Iterator[Violation]:
    """Report lines that a business case lacks, and a first time that nobody tried."""
    case = snapshot.business_case
    if case is None:
        if snapshot.critical:
            yield Violation("business_case", "The service is critical and has no business case.")
        return
    if missing := [kind for kind in NEEDED if all(each.kind != kind for each in case.lines)]:
        yield Violation(
            "business_case.lines",
            f"The business case has no line for {listed(missing, 'or')}.",
            " ".join(NEEDED[kind] for kind in missing),
        )
    yield from _governance(snapshot, case, policy)
    tried = past(case.pilot_on, as_of) or past(case.delivery_model_assessed_on, as_of)
    if snapshot.first_generation and not tried:
        yield Violation(
            "business_case.pilot_on",
            "The service is outsourced for the first time, without a pilot or an assessment of "
            "the delivery model.",
            "Run a pilot, or compare outsourcing with keeping and sharing the work.",
        )


def _governance(snapshot: Snapshot, case: BusinessCase, policy: Policy) -> Iterator[Violation]:
    fees = sum((each.amount for each in case.lines if each.kind == "fees"), Decimal(0))
    value = snapshot.contract_value or fees
    planned = sum((each.amount for each in case.lines if each.kind == "governance"), Decimal(0))
    least = policy.governance_share * value
    where = [number for number, each in enumerate(case.lines) if each.kind == "governance"]
    if value and planned < least:
        yield Violation(
            f"business_case.lines[{where[0]}]" if where else "business_case",
            f"Governance is planned at {money(snapshot, planned)}, which is "
            f"{percent(Fraction(planned) / Fraction(value))} of the contract's value; "
            f"{percent(Fraction(policy.governance_share))} is the least.",
            "Plan the people who run the contract: 3 to 6 % of its value is usual.",
            a_stake(snapshot, least - planned),
        )


GUARDRAIL = Guardrail(
    code="OBJ003",
    title="business-case-hollow",
    stages=stages_from(Stage.DEFINE),
    severity=Severity.MAJOR,
    practice=1,
    fires_when=(
        "the business case has no line for transition, exit or risk; or its governance is below "
        "3 % of the contract's value, or of the fees where no value is given (policy: "
        "governance_share); or the service is outsourced for the first time and neither a pilot "
        "nor an assessment of the delivery model is recorded. A missing business case is a "
        "finding for a critical service only"
    ),
    rationale=(
        "Savings are measured against the price and lost on the rest: governance alone costs 3 to "
        "6 % of a contract, and nobody budgets the way back."
    ),
    source=(
        "UK Sourcing Playbook (delivery model assessment, should-cost); Mastering Risk Management"
    ),
    remedy="Write down the total cost of ownership: fees, transition, governance, exit and risk.",
    detect=detect,
)
