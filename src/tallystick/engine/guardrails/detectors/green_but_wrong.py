"""DEL004: the figures are green, and something is wrong."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from tallystick.engine.guardrails.finding import Severity
from tallystick.engine.guardrails.guardrail import Guardrail, Violation
from tallystick.engine.guardrails.parts.measured import Satisfaction
from tallystick.engine.guardrails.policy import Policy
from tallystick.engine.guardrails.snapshot import Snapshot
from tallystick.engine.guardrails.spoken import percent, plain
from tallystick.engine.guardrails.stages import Stage, stages_from
from tallystick.engine.guardrails.windows import (
    Placed,
    attained,
    by_level,
    day_after,
    with_something_due,
)
from tallystick.engine.service_levels.outlook.control_chart import Pattern, control_chart, drifting
from tallystick.engine.service_levels.terms.goals import Direction

SIGNALS = {
    Pattern.BEYOND_LIMITS: "lies below the lower natural limit",
    Pattern.RUN_OF_EIGHT: "is the eighth in a row below the mean",
}
NEWEST = 24


def detect(snapshot: Snapshot, policy: Policy, as_of: date) -> Iterator[Violation]:
    """Report levels whose chart signals a change though all is met, and users who disagree."""
    for level, series in by_level(snapshot, as_of).items():
        yield from _signal(level, with_something_due(series)[-NEWEST:])
    yield from _watermelon(snapshot, policy, as_of)


def _signal(level: str, series: list[Placed]) -> Iterator[Violation]:
    if not series or any(each.verdict != "met" for _, each in series):
        return
    chart = control_chart([attained(each) for _, each in series], patterns=SIGNALS)
    found = drifting(chart, [True] * len(series), Direction.AT_LEAST)
    if found and chart.limits:
        position, newest = series[-1]
        limits = chart.limits.shown_for_share()
        yield Violation(
            f"measurements[{position}].attainment",
            f"Service level {level} is met in every window, yet {percent(attained(newest))} in "
            f"{newest.window} {SIGNALS[found[0].pattern]}: mean {percent(chart.limits.mean)}, "
            f"natural limits {percent(limits[0])} to {percent(limits[1])}.",
            "Ask the provider what changed, before the target is missed.",
        )


def _watermelon(snapshot: Snapshot, policy: Policy, as_of: date) -> Iterator[Violation]:
    asked = [
        (each.window, number, each)
        for number, each in enumerate(snapshot.satisfaction)
        if day_after(each.window) <= as_of
    ]
    if not asked:
        return
    _, number, newest = max(asked, key=lambda each: (day_after(each[0]), each[1]))
    green = _green(snapshot, newest)
    if green is not None and green - Fraction(newest.satisfied) >= policy.watermelon:
        yield Violation(
            f"satisfaction[{number}].satisfied",
            f"In {newest.window} {percent(green)} of service levels were met and "
            f"{percent(Fraction(newest.satisfied))} of users were satisfied; "
            f"{plain(policy.watermelon * 100)} points apart is a watermelon.",
        )


def _green(snapshot: Snapshot, asked: Satisfaction) -> Fraction | None:
    judged = [
        each.verdict == "met"
        for each in snapshot.measurements
        if each.window == asked.window and each.verdict in {"met", "below-expected", "missed"}
    ]
    return Fraction(sum(judged), len(judged)) if judged else None


GUARDRAIL = Guardrail(
    code="DEL004",
    title="green-but-wrong",
    stages=stages_from(Stage.DELIVER),
    severity=Severity.MAJOR,
    practice=4,
    fires_when=(
        "every window of a service level is met and its newest lies below the lower natural limit "
        "of its XmR chart (mean - 2.66 mean moving ranges), or is the eighth in a row below the "
        "mean, of the newest 24 windows with something due, 6 or more; or in the newest window "
        "with a survey the share of levels met is 0.3 or more above that of satisfied users "
        "(policy: watermelon)"
    ),
    rationale="Green outside and red inside: the report is right, and about the wrong thing.",
    source="Wheeler, Understanding Variation (XmR); ITIL 4 on watermelon reporting",
    remedy="Ask users what hurts, and measure that.",
    detect=detect,
)
