"""Kendall's W, worked by hand."""

from collections.abc import Sequence
from fractions import Fraction

import pytest

from tallystick.engine.scoring.concordance import kendalls_w


def test_three_evaluators_of_five_bids() -> None:
    w = kendalls_w([[1, 2, 3, 4, 5], [1, 3, 2, 4, 5], [2, 1, 3, 5, 4]])

    assert w == Fraction(38, 45)  # 0.8444


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ([[5, 4, 3], [9, 8, 7]], Fraction(1)),
        ([[1, 2, 3], [3, 2, 1]], Fraction(0)),
        ([[1, 1, 2], [1, 1, 2]], Fraction(1)),  # ties count as ties, not as disagreement
        ([[2, 2], [2, 2]], None),
        ([[1, 2, 3]], None),
        ([[1], [2]], None),
        ([], None),
    ],
)
def test_agreement_lies_between_none_and_all(
    scores: Sequence[Sequence[int]], expected: Fraction | None
) -> None:
    assert kendalls_w(scores) == expected
