"""Concentration and the break-even premium, worked by hand."""

from fractions import Fraction

import pytest

from tallystick.engine.dependency.concentration import break_even_premium, herfindahl


def test_four_shares_give_the_index_worked_by_hand() -> None:
    index = herfindahl([Fraction(55), Fraction(25), Fraction(12), Fraction(8)])

    assert index == 3858


def test_one_name_has_all() -> None:
    assert herfindahl([Fraction(7)]) == 10_000


@pytest.mark.parametrize("weights", [[], [Fraction(0), Fraction(0)]])
def test_nothing_is_not_concentrated(weights: list[Fraction]) -> None:
    assert herfindahl(weights) is None


def test_the_premium_is_the_cost_over_what_is_left_to_spend() -> None:
    premium = break_even_premium(Fraction(900_000), Fraction(1_200_000), Fraction(5, 2))

    assert premium == Fraction(3, 10)


def test_without_anything_left_to_spend_there_is_no_premium() -> None:
    with pytest.raises(ValueError, match="nothing is left"):
        break_even_premium(Fraction(1), Fraction(1), Fraction(0))
