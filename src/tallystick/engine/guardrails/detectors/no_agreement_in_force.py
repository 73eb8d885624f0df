"""AGR003: work goes on and no agreement is in force."""

from collections.abc import Iterator
from datetime import date

from tallystick.engine.guardrails.finding import Severity
from tallystick.engine.guardrails.guardrail import Guardrail, Violation
from tallystick.engine.guardrails.policy import Policy
from tallystick.engine.guardrails.snapshot import Snapshot
from tallystick.engine.guardrails.stages import Stage, stages_from


def detect(snapshot: Snapshot, policy: Policy, as_of: date) -> Iterator[Violation]:
    """Report an engagement at transition or later without an agreement that holds today."""
    agreement = snapshot.agreement
    if snapshot.stage is Stage.CLOSE:
        return
    if agreement is None:
        yield Violation("agreement", "The engagement has no agreement.")
    elif not agreement.in_force_on(as_of):
        yield Violation(
            "agreement.in_force",
            f"The agreement {agreement.id or 'of this engagement'} is not in force on {as_of}.",
            "Sign a version that holds on this day, or correct its dates.",
        )


GUARDRAIL = Guardrail(
    code="AGR003",
    title="no-agreement-in-force",
    stages=stages_from(Stage.TRANSITION, Stage.DELIVER),
    severity=Severity.BLOCKER,
    practice=7,
    fires_when=(
        "the engagement is in transition or delivery and has no agreement, or one that is not "
        "in force on the day of the check (`from` counts, `until` does not)"
    ),
    rationale="Without an agreement in force nothing is promised, measured or owed.",
    source="ISO/IEC 20000-1:2018 8.3.4; COBIT 2019 APO10.03",
    remedy="Agree, sign and put an agreement into force before work goes on.",
    detect=detect,
)
