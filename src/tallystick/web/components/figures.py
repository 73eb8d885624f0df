"""Figures of service levels in words, each in its unit: a share, a time, a number."""

from decimal import Decimal
from fractions import Fraction

from tallystick.engine.service_levels.terms.currencies import DECIMALS
from tallystick.engine.service_levels.terms.goals import Direction, Goal, Unit
from tallystick.web.components.words import ABSENT, duration, number, target_percent

_HOUR, _MINUTE = 3600, 60
_CENT = 100


def figure(value: Fraction | None, goal: Goal) -> str:
    """
    Write a figure in the unit of its goal; an en dash for None.

    What is cut off is cut off to the wrong side, so that a level missed by a hair never reads as
    met: 94.999 % under a target of 95 % is 94.99 %, 8 h 10 s under one of 8 h is 8 h 1 min.
    """
    if value is None:
        return ABSENT
    up = goal.direction is Direction.AT_MOST
    if goal.unit is Unit.SECONDS:
        return duration(_whole(value, _MINUTE if value >= _HOUR else 1, up=up))
    if goal.unit is Unit.SHARE:
        return f"{_decimals(value * 100, up=up, at_least=2)}%"
    return _decimals(value, up=up, at_least=0)


def _whole(value: Fraction, step: int, *, up: bool) -> int:
    parts = value / step
    return (-(-parts.numerator // parts.denominator) if up else int(parts // 1)) * step


def _decimals(value: Fraction, *, up: bool, at_least: int) -> str:
    hundredths = _whole(value * _CENT, 1, up=up)
    whole, rest = divmod(hundredths, _CENT)
    if not rest and not at_least:
        return number(whole)
    return f"{number(whole)}.{rest:02}"


def amount(value: Fraction, unit: Unit) -> str:
    """Write a figure that is exact, such as a goal or a tick of an axis, without trailing zeros."""
    if unit is Unit.SHARE:
        return target_percent(value)
    if unit is Unit.SECONDS:
        return duration(int(value))
    if value.denominator == 1:
        return number(int(value))
    return f"{Decimal(value.numerator) / Decimal(value.denominator):.6f}".rstrip("0").rstrip(".")


def goal_words(goal: Goal | None) -> str:
    """Write a goal: 95%, at most 8 h, at least 4.2; an en dash for None."""
    if goal is None:
        return ABSENT
    text = amount(goal.value, goal.unit)
    if goal.direction is Direction.AT_MOST:
        return f"at most {text}"
    return text if goal.unit is Unit.SHARE else f"at least {text}"


def minimum_words(goal: Goal | None) -> str:
    """Write a minimum, whose side is that of what is expected: 75%, 12 h; empty for None."""
    return amount(goal.value, goal.unit) if goal else ""


def change(difference: Fraction | None, unit: Unit) -> str:
    """Write by how much a figure changed, cut off towards nothing; shares in points."""
    if difference is None:
        return ABSENT
    sign = "" if difference == 0 else ("+" if difference > 0 else "\u2212")
    size = abs(difference)
    if unit is Unit.SECONDS:
        return f"{sign}{duration(_whole(size, _MINUTE if size >= _HOUR else 1, up=False))}"
    scaled = size * _CENT if unit is Unit.SHARE else size
    text = _decimals(scaled, up=False, at_least=2 if unit is Unit.SHARE else 0)
    return f"{sign}{text} points" if unit is Unit.SHARE else f"{sign}{text}"


def money(value: Decimal, currency: str) -> str:
    """Write an amount as formulas write it, with its currency: 12,000.00 EUR."""
    own = -int(value.as_tuple().exponent)
    text = f"{abs(value):,.{max(own, DECIMALS.get(currency, 2))}f}"
    sign = "\u2212" if value < 0 else ""  # a true minus sign
    return f"{sign}{text} {currency}"


def money_about(value: Decimal, currency: str) -> str:
    """Write an estimate in whole units of its currency: 12,346 EUR."""
    whole = round(value)
    sign = "\u2212" if whole < 0 else ""  # a true minus sign
    return f"{sign}{abs(whole):,} {currency}"
