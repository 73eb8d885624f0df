"""What the parts of a service level ask of each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tallystick.engine.service_levels.terms.clock import Cycles, Gap, LimitChange
from tallystick.engine.service_levels.terms.goals import Goal, Unit, goal_text
from tallystick.engine.service_levels.terms.problems import problem
from tallystick.engine.service_levels.terms.statistics import StatisticKind
from tallystick.engine.service_levels.terms.volume import LowVolume

if TYPE_CHECKING:
    from tallystick.engine.service_levels.terms.level import ServiceLevel


def check_level(level: ServiceLevel) -> None:
    """Raise the problem of a service level whose parts do not fit each other."""
    _check_targets(level)
    _check_counted(level)
    _check_availability(level)
    _check_unit(level)
    _check_minimum(level)
    _check_attribution(level)
    _check_overdue(level)
    _check_gap(level)
    _check_consequences(level)


def _check_targets(level: ServiceLevel) -> None:
    judged = level.measure.is_timed and level.statistic.kind is StatisticKind.SHARE
    if judged and not level.targets:
        raise problem(
            "agreement.empty", "no limit is stated", "Give at least one entry.", at=".targets"
        )
    if level.targets and not judged:
        raise _useless("targets", level)
    for index, rule in enumerate(level.targets):
        if not rule.when and index < len(level.targets) - 1:
            raise problem(
                "agreement.unreachable-limit",
                "a limit for everything stands before other limits, which are never reached",
                "Put the limit without `when` last: the first match wins.",
                at=f".targets[{index}]",
            )
        if rule.due and level.clock.limit_change is not LimitChange.RETROACTIVE:
            raise problem(
                "agreement.limit-or-due",
                "a due instant has no segments",
                "Write limits, or limit_change: retroactive.",
                at=f".targets[{index}].due",
            )
        if level.measure.value == "deadline" and not rule.due:
            raise problem(
                "agreement.limit-or-due",
                "a deadline is a due instant",
                "Write `due`, or measure resolution-time.",
                at=f".targets[{index}]",
            )


def _check_counted(level: ServiceLevel) -> None:
    ratio, score = level.measure.value == "ratio", level.measure.value == "score"
    if ratio and (not level.good) == (level.of is None):
        raise problem(
            "agreement.ratio-unclear",
            "a ratio counts either the good items of all, or the sum of an attribute per item",
            "Write one of `good` and `of`.",
        )
    if score and (level.of is None or level.statistic.kind is StatisticKind.SHARE):
        raise problem(
            "agreement.score-unclear",
            "a score is the mean, the median or a percentile of an attribute",
            "Write `of` and `statistic`.",
        )
    if level.good and not ratio:
        raise _useless("good", level)
    if level.of and not (ratio or score):
        raise _useless("of", level)
    if level.statistic.kind is not StatisticKind.SHARE and not (score or level.measure.is_timed):
        raise _useless("statistic", level)


def _check_availability(level: ServiceLevel) -> None:
    if level.measure.value == "availability":
        if level.availability is None:
            raise problem(
                "agreement.availability-unclear",
                "availability needs the data that it is measured from, and a formula",
                'Add `availability: {from: outages, formula: "(T-M-D)/(T-M)"}`.',
            )
        if level.applies_to:
            raise _useless("applies_to", level)
        if level.low_volume != LowVolume():
            raise problem(
                "agreement.low-volume-of-seconds",
                "the rules for few items count items, and availability is made of seconds",
                "Leave it out; `least_measured` of `availability` says how much must be measured.",
                at=".low_volume",
            )
    elif level.availability is not None:
        raise _useless("availability", level)


def unit_of(level: ServiceLevel) -> Unit:
    """Return the unit of a level's figure."""
    if level.measure.value in {"score", "volume", "backlog"} or level.of:
        return Unit.NUMBER
    if level.statistic.kind is not StatisticKind.SHARE:
        return Unit.SECONDS
    return Unit.SHARE


_EXAMPLES = {Unit.SHARE: "95%", Unit.SECONDS: "<= 8h", Unit.NUMBER: "<= 500"}


def _check_unit(level: ServiceLevel) -> None:
    unit = unit_of(level)
    for name, goal in (("target", level.target), ("minimum", level.minimum)):
        if goal and goal.unit is not unit:
            raise problem(
                "agreement.target-in-another-unit",
                f"the {name} {goal_text(goal)} is not in the unit of the figure, {unit}",
                f'Write it such as "{_EXAMPLES[unit]}".',
                at=f".{name}",
            )


def _check_minimum(level: ServiceLevel) -> None:
    target, minimum = level.target, level.minimum
    if minimum and not _lies_beyond(minimum, target):
        raise problem(
            "agreement.minimum-above-expected",
            f"the minimum {goal_text(minimum)} is not easier to keep than the target "
            f"{goal_text(target)}",
            "Let the minimum be the level that must never be missed, below what is expected.",
            at=".minimum",
        )


def _lies_beyond(minimum: Goal, target: Goal) -> bool:
    return minimum.direction is target.direction and target.worse(minimum.value, target.value)


def _check_attribution(level: ServiceLevel) -> None:
    counts = level.measure.value in {"ratio", "score", "volume"}
    without_due = counts or level.statistic.kind is not StatisticKind.SHARE
    if without_due and level.attribution.value == "due":
        raise problem(
            "agreement.attribution-without-due",
            "nothing is due without a limit or a due instant, so no window would hold an item",
            "Write attribution: opened, done, resolved or closed.",
            at=".attribution",
        )


def _check_overdue(level: ServiceLevel) -> None:
    fits = level.measure.is_timed and level.statistic.kind is StatisticKind.SHARE
    if level.overdue.value == "each-window" and not (fits and level.attribution.value == "due"):
        raise problem(
            "agreement.overdue-without-due",
            "an item is carried forward from the window in which it was due",
            "Write overdue: once, or measure a share by attribution: due.",
            at=".overdue",
        )


def _check_consequences(level: ServiceLevel) -> None:
    if level.credit and level.class_.value == "key-measurement":
        raise problem(
            "agreement.credit-on-key-measurement",
            "a key measurement is reported without a credit",
            "Write class: critical-service-level, or leave the credit out.",
            at=".credit",
        )
    stated = [key for key in _CONSEQUENCES if getattr(level, key)]
    if stated and str(level.window) != "month":
        raise problem(
            "agreement.consequence-without-month",
            f"{stated[0]} follows from months, and the window is {level.window}",
            "Measure by month, or leave it out.",
            at=f".{stated[0]}",
        )


_CONSEQUENCES = ("credit", "severity", "repetition", "ratchet")


def _check_gap(level: ServiceLevel) -> None:
    if level.clock.gap is Gap.INCLUDED and level.cycles is not Cycles.CUMULATIVE:
        raise problem(
            "agreement.gap-without-one-clock",
            f"the gap can count on one cumulative clock only, and cycles is {level.cycles}",
            "Write cycles: cumulative, or leave the gap out.",
            at=".clock.gap",
        )


def _useless(key: str, level: ServiceLevel) -> Exception:
    return problem(
        "agreement.key-without-use",
        f"{key!r} says nothing about {level.measure}",
        "Leave it out, or measure something else.",
        at=f".{key}",
    )
