"""AGR006: a critical service level whose failure costs nothing and leads nowhere."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from tallystick.engine.guardrails.agreement_terms import at_risk, grounds, is_critical, said
from tallystick.engine.guardrails.finding import Severity
from tallystick.engine.guardrails.guardrail import Guardrail, Violation
from tallystick.engine.guardrails.policy import Policy
from tallystick.engine.guardrails.snapshot import Snapshot
from tallystick.engine.guardrails.spoken import percent
from tallystick.engine.guardrails.stages import Stage, stages_from


def detect(snapshot: Snapshot, policy: Policy, as_of: date) -> Iterator[Violation]:
    """Report critical levels without a credit, and a scheme without weight or end."""
    agreement = snapshot.agreement
    if agreement is None:
        return
    critical = [
        (number, level)
        for number, level in enumerate(agreement.service_levels)
        if is_critical(level)
    ]
    for number, level in critical:
        if not said(level, "credit") and not said(level, "severity"):
            yield Violation(
                f"agreement.service_levels[{number}].credit",
                f"Service level {level.id} is critical and carries no credit.",
                "Give it a credit, or call it a key measurement.",
            )
    if not critical:
        return
    risk = at_risk(agreement)
    if risk is not None and risk < Fraction(policy.at_risk):
        yield Violation(
            "agreement.credits.at_risk",
            f"Credits put {percent(risk)} of the month's charge at risk; "
            f"{percent(Fraction(policy.at_risk))} is the least that is felt.",
            "Agree on 10 to 12 % of the month's charge.",
        )
    if not grounds(agreement):
        yield Violation(
            "agreement.credits.terminations",
            "No failure of a critical service level, however long, allows the client to leave.",
            "Agree when repeated failure is a ground for termination.",
        )


GUARDRAIL = Guardrail(
    code="AGR006",
    title="service-level-toothless",
    stages=stages_from(Stage.AGREE, Stage.DELIVER),
    severity=Severity.MAJOR,
    practice=7,
    fires_when=(
        "a service level of the class critical-service-level carries neither a credit nor severity "
        "points; or, where there is such a level, `at_risk` is stated below 5 % of the month's "
        "charge (policy: at_risk), or no ground for termination is agreed"
    ),
    rationale="A promise that costs nothing to break is reported, discussed, and broken again.",
    source="Trowbridge Group and Alsbridge on critical levels and amounts at risk (10 to 12 %)",
    remedy="Give critical levels credits that are felt, and repeated failure an end.",
    detect=detect,
)
