"""AGR002: a target that chance, the past or what it rests on keeps from being met."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from tallystick.engine.guardrails.figures import share_in
from tallystick.engine.guardrails.finding import Severity
from tallystick.engine.guardrails.guardrail import Guardrail, Violation
from tallystick.engine.guardrails.policy import Policy
from tallystick.engine.guardrails.snapshot import Snapshot
from tallystick.engine.guardrails.spoken import listed
from tallystick.engine.guardrails.stages import Stage, stages_from
from tallystick.engine.guardrails.windows import Placed, by_level, percent, with_something_due
from tallystick.engine.service_levels.outlook.attainability import (
    chain,
    is_zero_miss_trap,
    next_window,
)
from tallystick.engine.service_levels.outlook.jeffreys import Experience
from tallystick.engine.service_levels.terms.goals import Goal


def detect(snapshot: Snapshot, policy: Policy, as_of: date) -> Iterator[Violation]:
    """Report levels that allow no miss, are likelier missed than met, or promise on too little."""
    for level, series in by_level(snapshot, as_of).items():
        yield from _unlikely(level, series, policy)
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
    yield from _on_too_little(snapshot)


def _unlikely(level: str, series: list[Placed], policy: Policy) -> Iterator[Violation]:
    judged = [each for each in series if each[1].verdict in JUDGED][-NEWEST:]
    if len(judged) < policy.fewest_windows:
        return
    met = sum(measured.verdict == "met" for _, measured in judged)
    chance = next_window(Experience(met, len(judged) - met))
    if chance < Fraction(policy.chance_of_meeting):
        yield Violation(
            f"measurements[{judged[-1][0]}].verdict",
            f"Service level {level} was met in {met} of {len(judged)} windows: the next is met "
            f"with a chance of {percent(chance)}, and "
            f"{percent(Fraction(policy.chance_of_meeting))} is the least.",
            "Find out with the provider what keeps the level from being met, or agree another.",
        )


def _on_too_little(snapshot: Snapshot) -> Iterator[Violation]:
    levels = snapshot.agreement.service_levels if snapshot.agreement else []
    for number, level in enumerate(levels):
        target = share_in(level.target)
        below = [each for each in snapshot.underpinning if each.service_level == level.id]
        carried = chain(Fraction(each.target) for each in below)
        if below and target is not None and target > carried:
            yield Violation(
                f"agreement.service_levels[{number}].target",
                f"Service level {level.id} promises {percent(target)} on top of "
                f"{listed([each.name for each in below])}, which together carry "
                f"{percent(carried)}.",
                "Promise less, or agree more with those that the level rests on.",
            )


JUDGED = {"met", "below-expected", "missed"}
NEWEST = 24
"""Judged windows that count: older ones tell of another team."""

GUARDRAIL = Guardrail(
    code="AGR002",
    title="target-unattainable",
    stages=stages_from(Stage.AGREE, Stage.DELIVER),
    severity=Severity.MAJOR,
    practice=7,
    fires_when=(
        "volume x (1 - target) < 1, where the volume is the mean number of items that fell due "
        "in the newest 6 measured windows (policy: volume_windows) in which any did; exact "
        "fractions, months that are over only. Or the chance of meeting the next window, "
        "(met + 1/2) / (windows + 1) by Jeffreys' prior, is below 50 % (policy: "
        "chance_of_meeting), from 6 judged windows on (policy: fewest_windows; the newest 24 "
        "count). Or the target is above the product of the underpinning levels it rests on"
    ),
    rationale=(
        "At 4 to 19 items a month, 95 % allows no miss at all; a provider whose true rate is "
        "97 % still fails 11 to 44 % of the months. Credits then punish chance."
    ),
    source="Binomial arithmetic; Jeffreys 1946; COBIT 2019 APO09.03",
    remedy="Widen the window to a quarter, promise a number of misses, or lower the target.",
    detect=detect,
)
