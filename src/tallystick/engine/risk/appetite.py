"""A loss-exceedance curve against the appetite for risk -> where it lies above."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True, order=True)
class Point:
    """The chance that a year's loss is `loss` or more."""

    loss: Fraction
    chance: Fraction


def tolerated(loss: Fraction, appetite: Sequence[Point]) -> Fraction:
    """
    Return the chance of a loss that an appetite tolerates, exactly.

    Straight lines between the points of the appetite; beyond its ends the chance at that end.

    Raises:
        ValueError: if the appetite has no point.
    """
    if not appetite:
        raise ValueError("an appetite has at least one point")
    points = sorted(appetite)
    before = [each for each in points if each.loss <= loss]
    after = [each for each in points if each.loss > loss]
    if not before or not after:
        return points[0].chance if not before else before[-1].chance
    low, high = before[-1], after[0]
    way = (loss - low.loss) / (high.loss - low.loss)
    return low.chance + way * (high.chance - low.chance)


def beyond(curve: Iterable[Point], appetite: Sequence[Point]) -> list[Point]:
    """Return the points of a curve that lie above the appetite, smallest loss first."""
    return [each for each in sorted(curve) if each.chance > tolerated(each.loss, appetite)]
