"""DEL005: half of the term is over, and nobody has asked whether it is worth going on."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from tallystick.engine.guardrails.days import past, waited
from tallystick.engine.guardrails.finding import Severity
from tallystick.engine.guardrails.guardrail import Guardrail, Violation
from tallystick.engine.guardrails.policy import Policy
from tallystick.engine.guardrails.snapshot import Snapshot
from tallystick.engine.guardrails.spoken import percent
from tallystick.engine.guardrails.stages import Stage, stages_from


def detect(snapshot: Snapshot, policy: Policy, as_of: date) -> Iterator[Violation]:
    """Report a term without a review, and objectives that fall short without a decision."""
    starts, ends = snapshot.starts_on, snapshot.ends_on
    # A month's statement is looked at every month; it asks nobody whether to go on.
    held = [
        each for each in snapshot.reviews if each.kind != "monthly" and past(each.held_on, as_of)
    ]
    if starts and ends and starts < ends and not held:
        gone = Fraction(waited(starts, as_of), (ends - starts).days)
        if gone > policy.review_share:
            yield Violation(
                "reviews",
                f"{percent(min(gone, Fraction(1)))} of the term is over and no mid-term review was "
                f"held; the first is due by {percent(Fraction(policy.review_share))}.",
            )
    decided = [each.held_on for each in held if each.decision]
    for number, objective in enumerate(snapshot.objectives):
        seen = objective.projection
        if seen is None or seen.attainment >= policy.projected_attainment or seen.on > as_of:
            continue
        if not any(day >= seen.on for day in decided):
            yield Violation(
                f"objectives[{number}].projection",
                f"Objective {objective.label} will be reached to "
                f"{percent(Fraction(seen.attainment))} by its day, as seen on {seen.on}; below "
                f"{percent(Fraction(policy.projected_attainment))} a review decides, and none has.",
                "Hold a review and decide: go on, change, tender again, or leave.",
            )


GUARDRAIL = Guardrail(
    code="DEL005",
    title="midterm-skipped",
    stages=stages_from(Stage.DELIVER),
    severity=Severity.MAJOR,
    practice=4,
    fires_when=(
        "more than 50 % of the engagement's term is over and no review but those of monthly "
        "statements was held (policy: review_share); or an objective's projected attainment is "
        "below 80 % (policy: projected_attainment) and no review held since that projection "
        "records a decision"
    ),
    rationale="In the middle there is time to change course; at the end there is only a report.",
    source="PRINCE2 (managing a stage boundary); UK Gateway review; COBIT 2019 MEA01",
    remedy="Hold a mid-term review with both sides: objectives, levels, risks, money, decision.",
    detect=detect,
)
