"""Goals such as "95%", "<= 8h" or ">= 4.2": a figure, its unit, and which side of it is kept."""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

from tallystick.engine.service_levels.terms.problems import problem
from tallystick.engine.service_levels.terms.quantities import (
    limit_text,
    read_limit,
    read_share,
    share_text,
)
from tallystick.engine.values import decimal_text

_GOAL = re.compile(r"(<=|>=)?\s*(.+)")
_NUMBER = re.compile(r"\d{1,12}(\.\d{1,6})?", re.ASCII)


class Unit(StrEnum):
    """What a figure counts: a part of a whole, seconds of time, or things."""

    SHARE = "share"
    SECONDS = "seconds"
    NUMBER = "number"


class Direction(StrEnum):
    """Which side of a goal is kept; the goal itself always is."""

    AT_LEAST = "at-least"
    AT_MOST = "at-most"


SIGNS = {Direction.AT_LEAST: ">=", Direction.AT_MOST: "<="}


@dataclass(frozen=True, slots=True)
class Goal:
    """A figure that is to be reached, or not exceeded; exact."""

    value: Fraction
    unit: Unit = Unit.SHARE
    direction: Direction = Direction.AT_LEAST

    def kept_by(self, value: Fraction) -> bool:
        """Return whether a figure keeps the goal: equal is kept, nothing is rounded."""
        return value >= self.value if self.direction is Direction.AT_LEAST else value <= self.value

    def worse(self, one: Fraction, other: Fraction) -> bool:
        """Return whether one figure lies further to the wrong side than another."""
        return one < other if self.direction is Direction.AT_LEAST else one > other


def read_goal(value: Any) -> Goal:
    """
    Return the goal that a text states.

    A share without a sign is to be reached; a duration without a sign is not to be exceeded;
    a bare number says neither, and is refused.
    """
    if not isinstance(value, str) or not (found := _GOAL.fullmatch(value.strip())):
        return Goal(read_share(value))
    sign, text = found.group(1), found.group(2).strip()
    if _NUMBER.fullmatch(text):
        return Goal(Fraction(text), Unit.NUMBER, _direction(sign, value))
    if text[-1] in "hms":
        direction = Direction.AT_LEAST if sign == ">=" else Direction.AT_MOST
        return Goal(Fraction(read_limit(text)), Unit.SECONDS, direction)
    share = _zero_share(text) if sign == "<=" else None
    direction = Direction.AT_MOST if sign == "<=" else Direction.AT_LEAST
    return Goal(read_share(text) if share is None else share, Unit.SHARE, direction)


def goal_text(goal: Goal) -> str:
    """Return the one spelling of a goal: `95%`, `<= 5%`, `<= 8h`, `>= 4.2`."""
    text = figure_text(goal.value, goal.unit)
    if goal.unit is Unit.SHARE and goal.direction is Direction.AT_LEAST:
        return text
    return f"{SIGNS[goal.direction]} {text}"


def figure_text(value: Fraction, unit: Unit) -> str:
    """Return an exact figure in its unit: `99.5%`, `1h30m`, `4.2`."""
    if unit is Unit.SHARE:
        return share_text(value)
    if unit is Unit.SECONDS:
        return limit_text(int(value)) or "0s"
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return decimal_text(exact)


def _direction(sign: str | None, value: str) -> Direction:
    if sign is None:
        raise problem(
            "agreement.target-without-side",
            f"the target {value!r} does not say whether more or less is better",
            f'Write ">= {value}" if it is to be reached, "<= {value}" if not to be exceeded.',
        )
    return Direction.AT_LEAST if sign == ">=" else Direction.AT_MOST


def _zero_share(text: str) -> Fraction | None:
    return Fraction(0) if re.fullmatch(r"0(\.0+)?\s?%", text) else None
