"""Appetite: what chance of a loss it tolerates, and where a curve lies above."""

from fractions import Fraction

import pytest

from tallystick.engine.risk.appetite import Point, beyond, tolerated

APPETITE = [Point(Fraction(100), Fraction(1, 2)), Point(Fraction(300), Fraction(1, 10))]


@pytest.mark.parametrize(
    ("loss", "chance"),
    [
        (50, Fraction(1, 2)),
        (100, Fraction(1, 2)),
        (200, Fraction(3, 10)),
        (300, Fraction(1, 10)),
        (900, Fraction(1, 10)),
    ],
)
def test_an_appetite_is_straight_between_its_points(loss: int, chance: Fraction) -> None:
    assert tolerated(Fraction(loss), APPETITE) == chance


def test_what_lies_on_the_curve_is_tolerated() -> None:
    curve = [Point(Fraction(200), Fraction(31, 100)), Point(Fraction(100), Fraction(1, 2))]

    assert beyond(curve, APPETITE) == curve[:1]


def test_without_an_appetite_nothing_can_be_said() -> None:
    with pytest.raises(ValueError, match="at least one point"):
        tolerated(Fraction(1), [])
