"""A target against what was ever reached, by ourselves or by others."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

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
    Whether a target was held against anything, and what it lies beyond.

    Neither is so where the target is no number, no direction is given, or values are too few.
    """

    judged: bool
    beyond: Beyond | None


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
    if target is None or direction is None:
        return Reach(judged=False, beyond=None)
    if direction is Direction.MAINTAIN:
        return Reach(judged=True, beyond=None)
    judged = False
    for values, of in ((history, Compared.HISTORY), (benchmark, Compared.BENCHMARK)):
        if len(values) >= fewest:
            judged = True
            higher = direction is Direction.HIGHER
            best = quantile(values, BEST if higher else 1 - BEST)
            if target > best if higher else target < best:
                return Reach(judged=True, beyond=Beyond(best, of))
    return Reach(judged, beyond=None)


def quantile(values: Sequence[Decimal], share: Fraction) -> Fraction:
    """Return the value below which a share of the values lies, between neighbours by proportion."""
    in_order = [Fraction(each) for each in sorted(values)]
    place = share * (len(in_order) - 1)
    below = int(place)
    above = min(below + 1, len(in_order) - 1)
    return in_order[below] + (place - below) * (in_order[above] - in_order[below])
