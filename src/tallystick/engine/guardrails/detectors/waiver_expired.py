"""WAI001: an exception was granted until a day, and the day has passed."""

from collections.abc import Iterator
from datetime import date

from tallystick.engine.guardrails.finding import Severity
from tallystick.engine.guardrails.guardrail import Guardrail, Violation
from tallystick.engine.guardrails.policy import Policy
from tallystick.engine.guardrails.snapshot import Snapshot
from tallystick.engine.guardrails.stages import Stage, stages_from
from tallystick.engine.guardrails.waivers import LONGEST

CODE = "WAI001"


def detect(snapshot: Snapshot, policy: Policy, as_of: date) -> Iterator[Violation]:
    """Report each waiver whose last day has passed, or that ends too far ahead to count."""
    for number, waiver in enumerate(snapshot.waivers):
        place = f"waivers[{number}].expires_on"
        where = f" at {waiver.place}" if waiver.place else ""
        if waiver.expires_on < as_of:
            yield Violation(
                place,
                f"The waiver of {waiver.code}{where} ended on {waiver.expires_on}; "
                "what it covered counts again.",
            )
        elif waiver.expires_on > as_of + LONGEST:
            yield Violation(
                place,
                f"The waiver of {waiver.code}{where} ends on {waiver.expires_on}, more than "
                f"{LONGEST.days} days ahead, and covers nothing.",
                f"End it within {LONGEST.days} days.",
            )


GUARDRAIL = Guardrail(
    code=CODE,
    title="waiver-expired",
    stages=stages_from(Stage.DEFINE),
    severity=Severity.MINOR,
    practice=4,
    fires_when=(
        "the last day of a waiver lies before the day of the check, or more than "
        f"{LONGEST.days} days after it; it cannot be waived itself"
    ),
    rationale=(
        "An exception that nobody looks at again becomes the rule. Whoever granted it said until "
        "when it is needed."
    ),
    source="ISO 9001:2015 8.7.1 (acceptance under concession is authorised and recorded)",
    remedy="Mend what was waived, then end the waiver; or grant a new one, for a reason.",
    detect=detect,
)
