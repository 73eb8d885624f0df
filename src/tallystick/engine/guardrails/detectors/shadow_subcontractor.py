"""AGR009: somebody in the supply chain whom nobody approved, assessed or can place."""

from collections.abc import Iterator
from datetime import date

from tallystick.engine.guardrails.days import past
from tallystick.engine.guardrails.finding import Severity
from tallystick.engine.guardrails.guardrail import Guardrail, Violation
from tallystick.engine.guardrails.parts.supplier import Subcontractor
from tallystick.engine.guardrails.policy import Policy
from tallystick.engine.guardrails.snapshot import Snapshot
from tallystick.engine.guardrails.stages import Stage, stages_from

PARTS = {
    "approved_on": ("is not approved", "Approve the subcontractor, or object to it."),
    "assessed_on": ("was not assessed", "Assess security, standing and continuity of the company."),
    "country": ("works in a country nobody recorded", "Ask where it works and keeps data."),
}


def detect(snapshot: Snapshot, policy: Policy, as_of: date) -> Iterator[Violation]:
    """Report each subcontractor that lacks approval, assessment or a place."""
    for number, each in enumerate(snapshot.subcontractors):
        if each.rank < 2:
            continue
        for part in _lacking(each, as_of):
            words, remedy = PARTS[part]
            yield Violation(
                f"subcontractors[{number}].{part}",
                f"Subcontractor {each.name}, rank {each.rank} of the chain, {words}.",
                remedy,
            )


def _lacking(each: Subcontractor, as_of: date) -> Iterator[str]:
    if not past(each.approved_on, as_of):
        yield "approved_on"
    if not past(each.assessed_on, as_of):
        yield "assessed_on"
    if not each.country:
        yield "country"


GUARDRAIL = Guardrail(
    code="AGR009",
    title="shadow-subcontractor",
    stages=stages_from(Stage.AGREE),
    severity=Severity.MAJOR,
    practice=7,
    fires_when=(
        "a company of rank 2 or more in the chain has no day of approval, no day of assessment or "
        "no country; one finding for each that is missing"
    ),
    rationale="A chain is as strong as its unknown links, and its data lie where they lie.",
    source="Delegated Regulation (EU) 2025/532; register of information B_05.02; ISO 37500",
    remedy="Have the provider name its chain, and approve each link.",
    detect=detect,
)
