"""AGR002: a target that its usual volume turns into "not one miss"."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from tallystick.engine.guardrails.finding import Severity
from tallystick.engine.guardrails.guardrail import Guardrail, Violation
from tallystick.engine.guardrails.policy import Policy
from tallystick.engine.guardrails.snapshot import Snapshot
from tallystick.engine.guardrails.stages import Stage, stages_from
from tallystick.engine.guardrails.windows import by_level, percent, with_something_due
from tallystick.engine.service_levels.outlook.attainability import is_zero_miss_trap
from tallystick.engine.service_levels.terms.goals import Goal


def detect(snapshot: Snapshot, policy: Policy, as_of: date) -> Iterator[Violation]:
    """Report each level whose usual volume leaves room for less than one miss."""
    for level, series in by_level(snapshot, as_of).items():
        usual = with_something_due(series)[-policy.volume_windows :]
        if not usual or usual[-1][1].target is None:
            continue
        position, newest = usual[-1]
        volume = Fraction(sum(measured.denominator for _, measured in usual), len(usual))
        target = Fraction(newest.target or 0)
        if is_zero_miss_trap(Goal(target), volume):
            yield Violation(
                f"measurements[{position}].target",
                f"Service level {level} promises {percent(target)} of about "
                f"{round(volume)} items a window: a single miss breaks it.",
            )


GUARDRAIL = Guardrail(
    code="AGR002",
    title="zero-miss-trap",
    stages=stages_from(Stage.AGREE, Stage.DELIVER),
    severity=Severity.MAJOR,
    practice=7,
    fires_when=(
        "volume x (1 - target) < 1, where the volume is the mean number of items that fell due "
        "in the newest 6 measured windows (policy: volume_windows) in which any did; exact "
        "fractions, months that are over only"
    ),
    rationale=(
        "At 4 to 19 items a month, 95 % allows no miss at all; a provider whose true rate is "
        "97 % still fails 11 to 44 % of the months. Credits then punish chance."
    ),
    source="Binomial arithmetic; COBIT 2019 APO09.03",
    remedy="Widen the window to a quarter, promise a number of misses, or lower the target.",
    detect=detect,
)
