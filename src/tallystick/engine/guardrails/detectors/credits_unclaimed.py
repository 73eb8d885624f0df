"""AGR010: money that the contract gives back, and nobody asked for."""

from collections.abc import Iterator
from datetime import date

from tallystick.engine.guardrails.days import past, waited
from tallystick.engine.guardrails.finding import Severity
from tallystick.engine.guardrails.guardrail import Guardrail, Violation
from tallystick.engine.guardrails.policy import Policy
from tallystick.engine.guardrails.snapshot import Snapshot
from tallystick.engine.guardrails.spoken import a_stake, money
from tallystick.engine.guardrails.stages import Stage, stages_from


def detect(snapshot: Snapshot, policy: Policy, as_of: date) -> Iterator[Violation]:
    """Report credits that were not invoiced and adjustments that were not applied in time."""
    for number, each in enumerate(snapshot.credits):
        open_amount = each.computed - each.invoiced - each.waived
        days = waited(each.computed_on, as_of)
        if open_amount > 0 and days > policy.claim_days:
            of = f" for {each.service_level}" if each.service_level else ""
            yield Violation(
                f"credits[{number}].invoiced",
                f"Of the credit of {each.window}{of}, "
                f"{money(snapshot, open_amount, each.currency)} has not been invoiced for {days} "
                f"days; {policy.claim_days} are the most.",
                at_stake=a_stake(snapshot, open_amount, each.currency),
            )
    for number, due in enumerate(snapshot.adjustments):
        days = waited(due.due_on, as_of)
        if days > policy.claim_days and not past(due.applied_on, as_of):
            yield Violation(
                f"adjustments[{number}].applied_on",
                f"The {due.kind.replace('-', ' ')} due on {due.due_on} has not been applied for "
                f"{days} days; {policy.claim_days} are the most.",
                "Have the adjustment applied with the next invoice, back to its day.",
                a_stake(snapshot, due.amount),
            )


GUARDRAIL = Guardrail(
    code="AGR010",
    title="credits-unclaimed",
    stages=stages_from(Stage.DELIVER),
    severity=Severity.MAJOR,
    practice=7,
    fires_when=(
        "more than 60 days after a credit was computed (policy: claim_days) less than all of it "
        "was invoiced or waived, or that long after an indexation or a volume band fell due it was "
        "not applied"
    ),
    rationale="About 11 % of a contract's value is lost after signature, in small sums like these.",
    source="WorldCC, closing the procurement value gap",
    remedy="Have the credit deducted from the next invoice, or waive it with a reason.",
    detect=detect,
)
