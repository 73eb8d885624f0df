"""A target against what was ever reached, by ourselves or by others."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Literal

from tallystick.engine.objectives.aim import Direction

BEST = Fraction(95, 100)
"""The percentile that only the best twentieth lies beyond."""
FEWEST = 8
"""Values below which a target is not held against them."""


class Compared(StrEnum):
    """What a target is held against."""

    HISTORY = "history"
    BENCHMARK = "benchmark"


@dataclass(frozen=True, slots=True)
class Beyond:
    """A target lies beyond `best`, which nineteen in twenty values do not pass."""

    best: Fraction
    of: Compared


@dataclass(frozen=True, slots=True)
class Reach:
    """
    What a target lies beyond, or what was lacking to hold it against anything.

    `lacks` is "number" where the target is none, "direction" where nobody said which way is
    better, "values" where there are too few; None if it was judged.
    """

    lacks: Literal["number", "direction", "values"] | None = None
    beyond: Beyond | None = None

    @property
    def judged(self) -> bool:
        """Return whether the target was held against something."""
        return self.lacks is None


def reach_of(
    target: Fraction | None,
    direction: Direction | None,
    history: Sequence[Decimal],
    benchmark: Sequence[Decimal],
    *,
    fewest: int = FEWEST,
) -> Reach:
    """
    Return whether a target lies beyond the 95th percentile of its history, else its benchmark.

    Where lower is better it is the 5th. What is to be maintained is within reach.
    """
    if target is None:
        return Reach(lacks="number")
    if direction is None:
        return Reach(lacks="direction")
    if direction is Direction.MAINTAIN:
        return Reach()
    judged = False
    for values, of in ((history, Compared.HISTORY), (benchmark, Compared.BENCHMARK)):
        if len(values) >= fewest:
            judged = True
            higher = direction is Direction.HIGHER
            best = quantile(values, BEST if higher else 1 - BEST)
            if target > best if higher else target < best:
                return Reach(beyond=Beyond(best, of))
    return Reach() if judged else Reach(lacks="values")


def quantile(values: Sequence[Decimal], share: Fraction) -> Fraction:
    """Return the value below which a share of the values lies, between neighbours by proportion."""
    in_order = [Fraction(each) for each in sorted(values)]
    place = share * (len(in_order) - 1)
    below = int(place)
    above = min(below + 1, len(in_order) - 1)
    return in_order[below] + (place - below) * (in_order[above] - in_order[below])
