"""SEL007: two teams that have never worked together, and nobody asked how they work."""

from collections.abc import Iterator
from datetime import date

from tallystick.engine.guardrails.days import past
from tallystick.engine.guardrails.finding import Severity
from tallystick.engine.guardrails.guardrail import Guardrail, Violation
from tallystick.engine.guardrails.parts.selection import Selection
from tallystick.engine.guardrails.policy import Policy
from tallystick.engine.guardrails.snapshot import Snapshot
from tallystick.engine.guardrails.spoken import plain
from tallystick.engine.guardrails.stages import Stage, stages_from


def detect(snapshot: Snapshot, policy: Policy, as_of: date) -> Iterator[Violation]:
    """Report what is not known about working together with the preferred bidder."""
    selection = snapshot.selection
    if selection is None or not selection.preferred:
        return
    surveyed = selection.norms is not None and past(selection.norms.surveyed_on, as_of)
    if not surveyed and not past(selection.pilot_on, as_of):
        yield Violation(
            "selection.norms",
            f"Neither a survey of working norms nor a pilot was held with bid "
            f"{selection.preferred}.",
        )
    yield from _gaps(selection, policy)
    hours = selection.overlap_hours
    if hours is not None and hours < policy.overlap_hours:
        yield Violation(
            "selection.overlap_hours",
            f"The teams are at work together for less than {plain(policy.overlap_hours)} hours a "
            f"day: {plain(hours)}.",
            "Agree shifts that overlap, or somebody on site.",
        )


def _gaps(selection: Selection, policy: Policy) -> Iterator[Violation]:
    for number, gap in enumerate(selection.norms.gaps if selection.norms else []):
        if gap.points > policy.norm_gap_points and not gap.mitigation:
            yield Violation(
                f"selection.norms.gaps[{number}].mitigation",
                f"The teams lie {plain(gap.points)} points of 100 apart on “{gap.dimension}”; more "
                f"than {plain(policy.norm_gap_points)} want a measure.",
                "Agree with the other team how you will work on this point, and write it down.",
            )


GUARDRAIL = Guardrail(
    code="SEL007",
    title="culture-untested",
    stages=stages_from(Stage.SELECT),
    severity=Severity.MINOR,
    practice=5,
    fires_when=(
        "a preferred bid is named and neither a survey of working norms nor a pilot is recorded; "
        "or the survey shows a gap of more than 10 points of 100 without a measure against it "
        "(policy: norm_gap_points); or the teams are at work together for less than 2 hours a day "
        "(policy: overlap_hours)"
    ),
    rationale=(
        "Bad news late, decisions by rank and padded estimates cost more than day rates, and can "
        "be seen in a week's work together."
    ),
    source=(
        "Cameron and Quinn, Competing Values (gaps above 10 points); ISO 44001 partner selection"
    ),
    remedy="Let both delivery teams answer the survey, or run a paid pilot.",
    detect=detect,
)
