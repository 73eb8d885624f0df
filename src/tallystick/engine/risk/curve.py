"""Losses of many draws -> the loss-exceedance curve, and where it lies above an appetite."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from tallystick.engine.risk.appetite import Point, beyond

CHANCES: tuple[Fraction, ...] = tuple(
    Fraction(each, 1_000) for each in (*range(990, 0, -30), 20, 15, 10, 5, 2, 1)
)
"""The chances at which a curve has its points, so that it is as fine where it is steep."""
_CENTS = 100

Floats = NDArray[np.float64]


def percentile(in_order: Floats, share: Fraction) -> float:
    """
    Return the least of rising losses that so many of them do not exceed.

    It is one of them: the inverse of their distribution function, never a value in between.
    """
    place = -(-share.numerator * len(in_order) // share.denominator)
    return float(in_order[max(place, 1) - 1])


def curve_of(in_order: Floats, at: Iterable[Fraction] = ()) -> tuple[Point, ...]:
    """
    Return the loss-exceedance curve of rising losses: no chance is higher than the one before.

    It begins at the least cent, with the chance of any loss at all, and has a point at each of
    `CHANCES`, as far as there is a loss there, and at any other losses that are asked for. It
    ends at one in a thousand: what lies beyond is a handful of draws.
    """
    places = {percentile(in_order, 1 - each) for each in CHANCES}
    cents = {int(each * _CENTS) for each in places} | {1}
    wanted = {Fraction(each, _CENTS) for each in cents if each > 0} | {*at}
    return tuple(_point(in_order, loss) for loss in sorted(wanted) if loss > 0)


def above(losses: Floats, appetite: Sequence[Point]) -> list[Point]:
    """
    Return the points of the curve of losses that lie above an appetite, smallest loss first.

    Those of the appetite are looked at too, so a breach between two points is not overlooked.

    Raises:
        ValueError: if the appetite has no point.
    """
    return beyond(curve_of(np.sort(losses), (each.loss for each in appetite)), appetite)


def _point(in_order: Floats, loss: Fraction) -> Point:
    below = int(np.searchsorted(in_order, float(loss), side="left"))
    return Point(loss, Fraction(len(in_order) - below, len(in_order)))
