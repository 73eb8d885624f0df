"""RSK004: what goes wrong is not what the register speaks of."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction

from tallystick.engine.guardrails.days import QUARTER, within
from tallystick.engine.guardrails.finding import Severity
from tallystick.engine.guardrails.guardrail import Guardrail, Violation
from tallystick.engine.guardrails.policy import Policy
from tallystick.engine.guardrails.snapshot import Snapshot
from tallystick.engine.guardrails.spoken import a_stake, listed, percent
from tallystick.engine.guardrails.stages import Stage, stages_from

EXPECTED = ("people", "legal", "concentration", "exit")


def detect(snapshot: Snapshot, policy: Policy, as_of: date) -> Iterator[Violation]:
    """Report a quarter of surprises, and kinds of risk that nobody thought of."""
    recent = [each for each in snapshot.issues if within(each.raised_on, as_of, QUARTER)]
    unforeseen = [each for each in recent if not each.prior_risk]
    if len(recent) >= policy.fewest_issues:
        share = Fraction(len(unforeseen), len(recent))
        if share >= policy.surprise_share:
            costs = sum((each.cost or Decimal(0) for each in unforeseen), Decimal(0))
            yield Violation(
                "issues",
                f"{len(unforeseen)} of {len(recent)} issues of the last {QUARTER} days were no "
                f"risk before, {percent(share)}; {percent(Fraction(policy.surprise_share))} makes "
                "the register a theatre.",
                at_stake=a_stake(snapshot, costs),
            )
    kinds = {each.category for each in snapshot.risks}
    if snapshot.risks and (missing := [each for each in EXPECTED if each not in kinds]):
        yield Violation(
            "risks",
            f"No risk of the register is about {listed(missing, 'or')}.",
            "Ask what could go wrong there, with somebody who knows; record even what is small.",
        )


GUARDRAIL = Guardrail(
    code="RSK004",
    title="surprise-rate",
    stages=stages_from(Stage.DELIVER),
    severity=Severity.MAJOR,
    practice=8,
    fires_when=(
        "50 % or more of the issues of the last 92 days name no risk that foresaw them (policy: "
        "surprise_share), of 3 or more (policy: fewest_issues); or the register has no risk about "
        "people, legal, concentration or exit. Without issues or risks nothing is asked"
    ),
    rationale="A register that does not foresee what happens is kept for the audit.",
    source="PRINCE2 lessons log (was it previously a risk?); ISO 31000:2018 6.4.2",
    remedy="Go through the issues and ask of each what sign came before it; record that risk.",
    detect=detect,
)
