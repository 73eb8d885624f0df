"""Prices on a fixed band, and prices too low to carry the work."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.engine.scoring import abnormally_low, price_anchors
from tallystick.engine.scoring.price import BandRefused
from tallystick.engine.values import Number


@pytest.mark.parametrize(
    ("price", "worth"),
    [
        (600, 1),
        (800, 1),
        (900, Fraction(3, 4)),
        (1000, Fraction(1, 2)),
        (1100, Fraction(1, 4)),
        (1200, 0),
        (5000, 0),
    ],
)
def test_a_price_is_worth_what_the_band_around_should_cost_says(
    price: int, worth: Fraction
) -> None:
    assert price_anchors(1000).utility(price) == worth


@pytest.mark.parametrize(
    ("should_cost", "lowest", "dearest"), [(0, "0.8", "1.2"), (-1, "0.8", "1.2"), (9, "1", "1")]
)
def test_a_band_that_is_none_is_refused(should_cost: int, lowest: str, dearest: str) -> None:
    with pytest.raises(BandRefused):
        price_anchors(should_cost, lowest=Decimal(lowest), dearest=Decimal(dearest))


@pytest.mark.parametrize(
    ("prices", "should_cost", "found"),
    [
        ({"Alder": 799}, 1000, [("Alder", Fraction(799, 1000), False)]),
        ({"Alder": 800}, 1000, []),
        ({"Alder": 790, "Birch": 990, "Cedar": 1010}, None, [("Alder", Fraction(79, 100), True)]),
        ({"Alder": 800, "Birch": 990, "Cedar": 1010}, None, []),
        ({"Alder": 1, "Birch": 1000}, None, []),  # of two bids neither is the usual one
        ({"Alder": 0, "Birch": 1000, "Cedar": 1000}, None, []),
        # Everybody doubts the estimate, and one bid is far below all others too.
        ({"Alder": 900, "Birch": 2000, "Cedar": 2000}, 1000, [("Alder", Fraction(9, 20), True)]),
    ],
)
def test_a_price_below_four_fifths_of_what_is_fair_is_abnormally_low(
    prices: Mapping[str, Number], should_cost: int | None, found: list[object]
) -> None:
    low = abnormally_low(prices, should_cost)

    assert [(each.bid, each.share, each.of_others) for each in low] == found


@given(st.lists(st.integers(1, 10_000), min_size=1, max_size=6), st.integers(1, 10_000))
def test_the_worth_of_a_price_knows_nothing_of_other_prices(prices: list[int], cost: int) -> None:
    anchors = price_anchors(cost)

    worth = [anchors.utility(each) for each in sorted(prices)]

    assert worth == sorted(worth, reverse=True)
    assert all(0 <= each <= 1 for each in worth)
