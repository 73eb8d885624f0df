"""EXT005: the engagement closes, and keys, data or claims are still out."""

from collections.abc import Iterator
from datetime import date

from tallystick.engine.guardrails.days import past
from tallystick.engine.guardrails.finding import Severity
from tallystick.engine.guardrails.guardrail import Guardrail, Violation
from tallystick.engine.guardrails.parts.delivery import Closing
from tallystick.engine.guardrails.policy import Policy
from tallystick.engine.guardrails.snapshot import Snapshot
from tallystick.engine.guardrails.spoken import listed
from tallystick.engine.guardrails.stages import Stage

KINDS = ("access", "assets", "data", "obligations", "claims")


def detect(snapshot: Snapshot, policy: Policy, as_of: date) -> Iterator[Violation]:
    """Report what is open on the closing checklist, and what it leaves out."""
    closing = snapshot.closing
    if closing is None:
        if snapshot.critical:
            yield Violation("closing", "The service is critical and has no closing checklist.")
        return
    for number, each in enumerate(closing.items):
        if not past(each.done_on, as_of):
            yield Violation(
                f"closing.items[{number}].done_on",
                f"Open at the close, {each.kind}: {each.what or 'not described'}.",
                "Finish it and record the day, or keep the engagement open.",
            )
    yield from _left_out(closing)


def _left_out(closing: Closing) -> Iterator[Violation]:
    listed_kinds = {each.kind for each in closing.items}
    if missing := [kind for kind in KINDS if kind not in listed_kinds]:
        yield Violation(
            "closing.items",
            f"The closing checklist says nothing about {listed(missing, 'or')}.",
            "Add a line for each, if only to say that there is nothing.",
        )
    if closing.benefit_review_on is None:
        yield Violation(
            "closing.benefit_review_on",
            "No day is set on which the benefits are looked at again.",
            "Set a day six to twelve months ahead, and who holds the review.",
        )


GUARDRAIL = Guardrail(
    code="EXT005",
    title="closed-with-loose-ends",
    stages=(Stage.CLOSE,),
    severity=Severity.BLOCKER,
    practice=4,
    fires_when=(
        "at the close an item of the checklist is open, the checklist has no item about access, "
        "assets, data, obligations or claims, or no day is set for the review of benefits. A "
        "missing checklist is a finding for a critical service only"
    ),
    rationale="What is open at the close is found by the next audit, or by somebody with old keys.",
    source="PRINCE2 closing a project; GDPR art. 28(3)(g); ISO/IEC 20000-1:2018 8.3.4",
    remedy="Go through the closing checklist with both sides before the engagement is closed.",
    detect=detect,
)
