"""RSK003: what is left of the reserve does not carry what may still come."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from tallystick.engine.guardrails.finding import Severity
from tallystick.engine.guardrails.guardrail import Guardrail, Violation
from tallystick.engine.guardrails.policy import Policy
from tallystick.engine.guardrails.snapshot import Snapshot
from tallystick.engine.guardrails.spoken import a_stake, money, percent
from tallystick.engine.guardrails.stages import Stage, stages_from


def detect(snapshot: Snapshot, policy: Policy, as_of: date) -> Iterator[Violation]:
    """Report a reserve below the 80th percentile of what may still be lost."""
    reserve = snapshot.reserve
    if reserve is None or reserve.remaining >= reserve.exposure_p80:
        return
    share = Fraction(reserve.remaining) / Fraction(reserve.exposure_p80)
    yield Violation(
        "reserve.remaining",
        f"{money(snapshot, reserve.remaining)} of the reserve are left, "
        f"{percent(share)} of the {money(snapshot, reserve.exposure_p80)} that the 80th percentile "
        "of the remaining exposure asks for.",
        at_stake=a_stake(snapshot, reserve.exposure_p80 - reserve.remaining),
    )


GUARDRAIL = Guardrail(
    code="RSK003",
    title="reserve-short",
    stages=stages_from(Stage.DEFINE),
    severity=Severity.MAJOR,
    practice=8,
    fires_when=(
        "the remaining reserve is below the 80th percentile of the remaining exposure, both as "
        "recorded; without them nothing is asked"
    ),
    rationale="At 80 % one engagement in five overruns its reserve; below that it is the rule.",
    source="AACE recommended practices 41R-08 and 44R-08",
    remedy="Reduce the exposure, add to the reserve, or say who carries the difference.",
    detect=detect,
)
