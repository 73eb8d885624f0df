"""How a figure becomes a verdict: decimals, empty windows, and few items."""

from collections.abc import Iterator

from tallystick.engine.service_levels.lint.rule import Finding, Rule, Spot
from tallystick.engine.service_levels.lint.unsaid import level_leaves_out
from tallystick.engine.service_levels.lint.wording import Clause, Wording
from tallystick.engine.service_levels.outlook.attainability import (
    attainability,
    is_zero_miss_trap,
    promisable,
)
from tallystick.engine.service_levels.terms import MeasureKind
from tallystick.engine.service_levels.terms.goals import Goal, Unit, goal_text
from tallystick.engine.service_levels.terms.volume import LowVolume
from tallystick.engine.values import Severity

_NEVER_EMPTY = frozenset({MeasureKind.VOLUME, MeasureKind.BACKLOG})
"""Nothing that came, and nothing that is open, are figures too."""


def _has_decimals(goal: Goal) -> bool:
    scale = {Unit.SHARE: 100, Unit.NUMBER: 1}.get(goal.unit)
    return scale is not None and (goal.value * scale).denominator != 1


def _rounding_matters(clause: Clause) -> bool:
    level = clause.level
    return any(goal is not None and _has_decimals(goal) for goal in (level.target, level.minimum))


def _trapped(clause: Clause) -> bool:
    """Return whether one late item breaks the level, at its usual volume or at any."""
    level = clause.level
    if not clause.counts_items or level.low_volume != LowVolume():
        return False
    known = clause.usual_volume
    return (
        is_zero_miss_trap(level.target, known) if known else is_zero_miss_trap(level.target, 10**9)
    )


def _zero_miss(wording: Wording) -> Iterator[Spot]:
    for clause in wording.clauses:
        if _trapped(clause):
            volume = f"about {clause.usual_volume}" if clause.usual_volume else "any number of"
            yield Spot(
                f"{clause.place}.target",
                f"{clause.name} promises {goal_text(clause.level.target)} of {volume} items a "
                "window: a single miss breaks it.",
                "Lower the target, widen the window to a quarter, or say in `low_volume` how many "
                "may be missed where few items come.",
            )


def _out_of_reach(wording: Wording) -> Iterator[Spot]:
    for clause in wording.clauses:
        volume, level = clause.usual_volume, clause.level
        if not volume or not clause.counts_items or _trapped(clause):
            continue
        seen = clause.experience
        expected = attainability(level.target, volume, seen)
        if not expected.attainable:
            yield Spot(
                f"{clause.place}.target",
                f"{clause.name} would meet {goal_text(level.target)} in about "
                f"{round(expected.chance * 100)}% of its windows, at about {volume} items each.",
                f"By its history {int(promisable(volume, seen) * 1000) / 10:g}% is kept "
                "nine times in ten: promise that, or agree first what will be done differently.",
            )


RULES = (
    Rule(
        "figures.rounding-unsaid",
        Severity.MAJOR,
        "a target or a minimum has decimals and no `rounding` is stated",
        "94.96 % against 95.0 % is missed by its exact value and met by one decimal. Systems "
        "disagree: ServiceNow rounds the used share of a limit up.",
        "ServiceNow task SLA, percentages and the property to use time left",
        level_leaves_out(
            "rounding",
            "is held to decimals and does not say how its figure is rounded.",
            "Write rounding: {decimals: 2, mode: half-up}; mode: down cuts off.",
            _rounding_matters,
        ),
    ),
    Rule(
        "figures.empty-window-unsaid",
        Severity.MINOR,
        "a service level does not say what a window is in which nothing was decided",
        "An empty month is a month kept for the one party and a month without proof for the other; "
        "runs of months and earn-backs hang on it.",
        "COBIT 2019 APO09.03; State of Texas DIR, attachment 3-A (tables by denominator)",
        level_leaves_out(
            "nothing_due",
            "does not say what a window without items is.",
            "Write nothing_due: neither, met or missed.",
            lambda clause: clause.level.measure not in _NEVER_EMPTY,
        ),
    ),
    Rule(
        "figures.zero-miss-trap",
        Severity.MAJOR,
        "volume x (1 - target) < 1, where the volume is the mean of the newest 12 windows with "
        "items in the given history, or any volume if the target is 100 %; not where `low_volume` "
        "says what holds for few items",
        "At 4 to 19 items a month, 95 % allows no miss at all. Credits then punish chance, and the "
        "provider prices it in.",
        "Binomial arithmetic; State of Texas DIR (one failure is taken out where it alone breaks)",
        _zero_miss,
    ),
    Rule(
        "figures.out-of-reach",
        Severity.MAJOR,
        "after the newest 12 windows of the given history, the target is met with a chance below "
        "nine in ten",
        "A level that nobody has ever kept is a price in disguise: the parties will argue about "
        "relief each month instead of about the service.",
        "Beta-binomial arithmetic (Jeffreys 1946); ITIL 4, service level management",
        _out_of_reach,
    ),
)


def unkept(wording: Wording) -> list[tuple[str, Finding]]:
    """Return, by the id of its level, what its history says of a level that cannot be kept."""
    ids = {f"{clause.place}.target": clause.level.id for clause in wording.clauses}
    return [
        (ids[finding.place], finding)
        for rule in RULES
        if rule.look in (_zero_miss, _out_of_reach)
        for finding in rule.findings(wording)
    ]
