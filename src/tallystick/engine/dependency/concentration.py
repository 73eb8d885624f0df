"""Weights of names -> how concentrated they are; a cost of switching -> the premium it allows."""

from collections.abc import Iterable
from fractions import Fraction

MONOPOLY = 10_000
"""The index where one name has all."""


def herfindahl(weights: Iterable[Fraction]) -> Fraction | None:
    """
    Return the Herfindahl-Hirschman index, 10,000 times the sum of squared shares, exactly.

    Shares of 55, 25, 12 and 8 % give 3,858. None if the weights add up to nothing.
    """
    known = list(weights)
    whole = sum(known, Fraction(0))
    if whole <= 0:
        return None
    return MONOPOLY * sum(((each / whole) ** 2 for each in known), Fraction(0))


def break_even_premium(cost: Fraction, annual_spend: Fraction, years_left: Fraction) -> Fraction:
    """
    Return the rise of the price at which switching pays, as a share of it, exactly.

    900,000 over 2.5 years of 1.2 million are 30 %.

    Raises:
        ValueError: if nothing is left to be spent.
    """
    left = annual_spend * years_left
    if left <= 0:
        raise ValueError("nothing is left to be spent")
    return cost / left
