"""RSK002: a risk that nobody looks at, or that nobody owns."""

from collections.abc import Iterator
from datetime import date

from tallystick.engine.guardrails.days import past, waited
from tallystick.engine.guardrails.finding import Severity
from tallystick.engine.guardrails.guardrail import Guardrail, Violation
from tallystick.engine.guardrails.parts.risks import Risk
from tallystick.engine.guardrails.policy import Policy
from tallystick.engine.guardrails.snapshot import Snapshot
from tallystick.engine.guardrails.spoken import called, counted, listed
from tallystick.engine.guardrails.stages import Stage, stages_from


def detect(snapshot: Snapshot, policy: Policy, as_of: date) -> Iterator[Violation]:
    """Report open risks that were not reviewed in time, or that have not exactly one owner."""
    for number, risk in enumerate(snapshot.risks):
        if past(risk.closed_on, as_of):
            continue
        name = called(risk.title, risk.id)
        yield from _not_reviewed(f"risks[{number}]", name, risk, policy, as_of)
        if len(risk.owners) != 1:
            who = f": {listed(risk.owners)}" if risk.owners else ""
            yield Violation(
                f"risks[{number}].owners",
                f"Risk {name} has {counted(len(risk.owners), 'owner')}{who}; it has to be one.",
                "Name exactly one person who answers for the risk.",
            )


def _not_reviewed(
    place: str, name: str, risk: Risk, policy: Policy, as_of: date
) -> Iterator[Violation]:
    most = policy.high_risk_days if risk.level == "high" else policy.risk_days
    reviewed = risk.reviewed_on if past(risk.reviewed_on, as_of) else risk.identified_on
    if reviewed is None:
        yield Violation(f"{place}.reviewed_on", f"Risk {name} was never reviewed.")
    elif waited(reviewed, as_of) > most:
        yield Violation(
            f"{place}.reviewed_on",
            f"Risk {name}, {risk.level or 'not rated'}, was last looked at "
            f"{waited(reviewed, as_of)} days ago; {most} are the most.",
        )


GUARDRAIL = Guardrail(
    code="RSK002",
    title="risk-stale",
    stages=stages_from(Stage.DEFINE),
    severity=Severity.MINOR,
    practice=8,
    fires_when=(
        "an open risk was last reviewed, or else identified, more than 90 days ago (policy: "
        "risk_days), a high one more than 30 (policy: high_risk_days), or carries neither day; or "
        "it has not exactly one owner. An empty register is not asked"
    ),
    rationale="A register that is not read is a memory of what people once feared.",
    source="PRINCE2 risk practice (exactly one owner); ISO 31000:2018 6.6",
    remedy="Review the risk with its owner, and record whether it is larger, smaller or gone.",
    detect=detect,
)
