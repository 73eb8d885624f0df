"""SEL005: an award that a slightly different weighting would turn over."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from tallystick.engine.guardrails.finding import Severity
from tallystick.engine.guardrails.guardrail import Guardrail, Violation
from tallystick.engine.guardrails.policy import Policy
from tallystick.engine.guardrails.snapshot import Snapshot
from tallystick.engine.guardrails.spoken import percent, plain
from tallystick.engine.guardrails.stages import Stage, stages_from


def detect(snapshot: Snapshot, policy: Policy, as_of: date) -> Iterator[Violation]:
    """Report a preferred bid that is first in too few weightings, or by too little."""
    firm = snapshot.selection.sensitivity if snapshot.selection else None
    if firm is None:
        return
    if firm.rank_one_share is not None and firm.rank_one_share < policy.rank_one_share:
        yield Violation(
            "selection.sensitivity.rank_one_share",
            f"The preferred bid is first in {percent(Fraction(firm.rank_one_share))} of plausible "
            f"weightings; {percent(Fraction(policy.rank_one_share))} is the least.",
        )
    if firm.flip_points is not None and firm.flip_points < policy.flip_points:
        yield Violation(
            "selection.sensitivity.flip_points",
            f"A shift of {plain(firm.flip_points)} percentage points in one weight puts another "
            f"bid first; less than {plain(policy.flip_points)} is fragile.",
        )


GUARDRAIL = Guardrail(
    code="SEL005",
    title="fragile-winner",
    stages=stages_from(Stage.SELECT),
    severity=Severity.MAJOR,
    practice=5,
    fires_when=(
        "the sensitivity of the ranking is recorded and the preferred bid is first in less than "
        "50 % of plausible weightings (policy: rank_one_share), or a shift of less than 5 "
        "percentage points of one weight puts another bid first (policy: flip_points)"
    ),
    rationale="Two decimals hide that the order is chance; the board should know before it signs.",
    source="Lahdelma and Salminen 2001 (SMAA-2)",
    remedy="Tell the award board how firm the ranking is, and what else speaks for the winner.",
    detect=detect,
)
