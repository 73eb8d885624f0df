"""The figure of a window and the clause -> the verdict, and the rule that led to it."""

from fractions import Fraction

from tallystick.engine.service_levels.measurement import Verdict
from tallystick.engine.service_levels.terms import ServiceLevel
from tallystick.engine.service_levels.terms.goals import Direction, Unit
from tallystick.engine.service_levels.terms.volume import NothingDue

Judgement = tuple[Verdict, str]


def judge(level: ServiceLevel, numerator: int, denominator: int, count: int) -> Judgement:
    """
    Return the verdict on `numerator` / `denominator`, and why if it is no plain comparison.

    `count` is how many decided items, probes or seconds stand behind the figure. The rules for few
    items come first, then the rounding that the agreement asks for, then the expected level and
    the minimum. Exactly at a level is kept.
    """
    if not denominator:
        return _nothing_due(level)
    # A volume or a backlog of nothing is a figure, and a good one.
    if max(count, 1) < level.low_volume.measured_from:
        return (
            Verdict.NOT_MEASURED,
            f"{count} decided, and measured from {level.low_volume.measured_from} on",
        )
    if level.target.unit is Unit.SHARE:
        return _few(level, numerator, denominator) or _compared(level, numerator, denominator)
    return _compared(level, numerator, denominator)


def _nothing_due(level: ServiceLevel) -> Judgement:
    if level.nothing_due is NothingDue.NEITHER:
        return Verdict.NOTHING_DUE, ""
    verdict = Verdict.MET if level.nothing_due is NothingDue.MET else Verdict.MISSED
    return verdict, f"nothing was decided, which the agreement calls {verdict}"


def _few(level: ServiceLevel, counted: int, decided: int) -> Judgement | None:
    at_most = level.target.direction is Direction.AT_MOST
    missed = counted if at_most else decided - counted
    for row in level.low_volume.allowances:
        if decided <= row.up_to:
            verdict = Verdict.MET if missed <= row.may_miss else Verdict.MISSED
            return verdict, f"up to {row.up_to} decided, {row.may_miss} may be missed"
    alone = Fraction(1 if at_most else decided - 1, decided)
    if level.low_volume.one_miss_forgiven and missed and not level.target.kept_by(alone):
        if decided == 1:
            return Verdict.MET, "the one item decided was missed; one miss alone is forgiven"
        verdict, _ = _compared(level, counted - at_most, decided - 1)
        return verdict, "one miss alone would miss the target, so one does not count"
    return None


def _compared(level: ServiceLevel, numerator: int, denominator: int) -> Judgement:
    figure, why = Fraction(numerator, denominator), ""
    if level.rounding:
        figure = level.rounding.applied(figure, level.target.unit)
        decimals = level.rounding.decimals
        why = f"rounded {level.rounding.mode} to {decimals} decimal{'s' * (decimals != 1)}"
    if level.target.kept_by(figure):
        return Verdict.MET, why
    if level.minimum and level.minimum.kept_by(figure):
        return Verdict.BELOW_EXPECTED, why
    return Verdict.MISSED, why
