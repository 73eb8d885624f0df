"""DEL002: every month met, and every month worse than the one before."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from tallystick.engine.guardrails.finding import Severity
from tallystick.engine.guardrails.guardrail import Guardrail, Violation
from tallystick.engine.guardrails.policy import Policy
from tallystick.engine.guardrails.snapshot import Snapshot
from tallystick.engine.guardrails.stages import Stage, stages_from
from tallystick.engine.guardrails.windows import (
    Placed,
    attained,
    by_level,
    percent,
    with_something_due,
)


def detect(snapshot: Snapshot, policy: Policy, as_of: date) -> Iterator[Violation]:
    """Report each level that is met and has fallen window after window."""
    for level, series in by_level(snapshot, as_of).items():
        newest = with_something_due(series)[-(policy.falling_windows + 1) :]
        if len(newest) > policy.falling_windows and _drifts(newest):
            (_, first), (position, last) = newest[0], newest[-1]
            yield Violation(
                f"measurements[{position}].attainment",
                f"Service level {level} is met, and fell in each of the last "
                f"{policy.falling_windows} windows: from {percent(attained(first))} in "
                f"{first.window} to {percent(attained(last))} in {last.window}.",
            )


def _drifts(series: list[Placed]) -> bool:
    falls = all(attained(after) < attained(before) for (_, before), (_, after) in pairwise(series))
    return falls and all(measured.verdict == "met" for _, measured in series[1:])


GUARDRAIL = Guardrail(
    code="DEL002",
    title="falling-trend",
    stages=stages_from(Stage.DELIVER),
    severity=Severity.MINOR,
    practice=4,
    fires_when=(
        "each of the newest 3 windows of a service level (policy: falling_windows) is met and "
        "its attainment is strictly lower than in the window before it, so 4 windows are "
        "needed; windows in which nothing fell due and months that are not over are left out; "
        "exact fractions are compared"
    ),
    rationale="Green and drifting is the cheapest moment to act: no credit is owed yet.",
    source="Statistical process control (runs); ITIL 4 on watermelon reporting",
    remedy="Ask the provider what changed, before the target is missed.",
    detect=detect,
)
