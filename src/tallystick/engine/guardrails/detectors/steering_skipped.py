"""COM003: the meetings that steer the engagement do not take place."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from tallystick.engine.guardrails.days import HALF_A_YEAR, past, within
from tallystick.engine.guardrails.finding import Severity
from tallystick.engine.guardrails.guardrail import Guardrail, Violation
from tallystick.engine.guardrails.parts.governance import Forum
from tallystick.engine.guardrails.policy import Policy
from tallystick.engine.guardrails.snapshot import Snapshot
from tallystick.engine.guardrails.spoken import percent
from tallystick.engine.guardrails.stages import Stage, stages_from


def detect(snapshot: Snapshot, policy: Policy, as_of: date) -> Iterator[Violation]:
    """Report each tactical or strategic forum that skips its meetings."""
    for number, forum in enumerate(snapshot.forums):
        if forum.level == "operational":
            continue
        if words := _skipped(forum, policy, as_of):
            yield Violation(
                f"forums[{number}].meetings",
                f"The {forum.level} forum {forum.name or forum.id} {words}.",
            )


def _skipped(forum: Forum, policy: Policy, as_of: date) -> str | None:
    planned = sorted(
        (each for each in forum.meetings if within(each.due_on, as_of, HALF_A_YEAR)),
        key=lambda each: each.due_on,
    )
    # What is due today may still be held.
    due = [each for each in planned if each.due_on < as_of or each.held_on is not None]
    held = [past(each.held_on, as_of) for each in due]
    if len(held) >= 2 and not any(held[-2:]):
        return f"missed its last two meetings, of {due[-2].due_on} and {due[-1].due_on}"
    if len(held) < policy.fewest_meetings:
        return None
    rate = Fraction(sum(held), len(held))
    if rate >= policy.held_rate:
        return None
    return (
        f"held {sum(held)} of {len(held)} meetings in half a year, {percent(rate)}; "
        f"{percent(Fraction(policy.held_rate))} is the least"
    )


GUARDRAIL = Guardrail(
    code="COM003",
    title="steering-skipped",
    stages=stages_from(Stage.TRANSITION),
    severity=Severity.MAJOR,
    practice=6,
    fires_when=(
        "a tactical or strategic forum missed its last two meetings, or held less than 75 % of "
        "those of the last 183 days (policy: held_rate), of 3 or more (policy: fewest_meetings); a "
        "meeting of today may still be held"
    ),
    rationale="Absent governance is the cause that failed deals name most often.",
    source="ISO 37500 governance; PMI, vendor governance; Outsource Magazine",
    remedy="Hold the next meeting with those who decide, and find out why the others were missed.",
    detect=detect,
)
