"""The loss-exceedance curve: counted by hand, never rising, held against an appetite."""

from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings

from tallystick.engine.risk import Point, PricedRisk, simulate
from tallystick.engine.risk.curve import above, curve_of, percentile
from tallystick.engine.risk.summary import band
from tests.engine.risk.builders import OUTAGE, registers

LOSSES = np.asarray([0.0, 0.0, 10.0, 20.0, 20.0, 50.0, 0.0, 0.0, 0.0, 0.0])


def test_each_point_is_the_share_of_draws_with_that_loss_or_more() -> None:
    found = curve_of(np.sort(LOSSES))

    assert [(each.loss, each.chance) for each in found] == [
        (Fraction(1, 100), Fraction(4, 10)),
        (10, Fraction(4, 10)),
        (20, Fraction(3, 10)),
        (50, Fraction(1, 10)),
    ]


def test_losses_that_are_asked_for_have_a_point_too() -> None:
    found = curve_of(np.sort(LOSSES), [Fraction(15), Fraction(60), Fraction(0)])

    chances = {each.loss: each.chance for each in found}
    assert (chances[Fraction(15)], chances[Fraction(60)]) == (Fraction(3, 10), 0)
    assert min(chances) == Fraction(1, 100)


@settings(max_examples=50)
@given(risks=registers())
def test_no_chance_is_higher_than_the_one_before(risks: list[PricedRisk]) -> None:
    found = simulate(risks, seed=1, draws=500)

    for each in (found.total, *found.risks.values()):
        chances = [point.chance for point in each.curve]
        assert chances == sorted(chances, reverse=True)
        assert [point.loss for point in each.curve] == sorted({p.loss for p in each.curve})
        assert float(each.curve[0].chance) <= 1 - each.no_loss + 1e-12


def test_the_curve_of_a_simulation_is_fine_enough_for_a_chart() -> None:
    found = simulate([OUTAGE], seed=1, draws=20_000).total.curve

    assert 25 <= len(found) <= 45
    assert all(a.chance - b.chance <= Fraction(4, 100) for a, b in pairwise(found))
    assert all(each.loss.denominator in (1, 2, 4, 5, 10, 20, 25, 50, 100) for each in found)


def test_a_percentile_is_a_loss_that_was_drawn() -> None:
    in_order = np.asarray([1.0, 2.0, 3.0, 4.0, 5.0])

    shares = [Fraction(0), Fraction(1, 5), Fraction(21, 100), Fraction(4, 5), Fraction(1)]

    assert [percentile(in_order, each) for each in shares] == [1, 1, 2, 4, 5]


def test_where_the_curve_lies_above_the_appetite_is_told() -> None:
    appetite = [Point(Fraction(5), Fraction(1, 2)), Point(Fraction(30), Fraction(5, 100))]

    found = above(LOSSES, appetite)

    # At 20 the appetite is 23 %, at 30 and beyond 5 %.
    assert [(each.loss, each.chance) for each in found] == [
        (20, Fraction(3, 10)),
        (30, Fraction(1, 10)),
        (50, Fraction(1, 10)),
    ]


def test_a_breach_between_two_points_of_the_curve_is_found_at_that_of_the_appetite() -> None:
    losses = np.concatenate([np.zeros(999_500), np.full(500, 1_000.0)])
    appetite = [Point(Fraction(900), Fraction(1)), Point(Fraction(901), Fraction(1, 10_000))]

    found = above(losses, appetite)

    assert found[0].loss == 901


def test_a_total_within_the_appetite_breaches_nothing() -> None:
    found = simulate([OUTAGE], seed=1, draws=2_000)

    assert found.above([Point(Fraction(1), Fraction(1))]) == []
    assert found.above([Point(Fraction(1_000_000), Fraction(1, 1_000))])


def test_the_band_of_a_percentile_holds_the_truth_nineteen_times_in_twenty() -> None:
    random, draws, share = np.random.default_rng(7), 500, Fraction(4, 5)

    bands = [band(np.sort(random.random(draws)), share) for _ in range(2_000)]

    held = sum(each.low <= 0.8 <= each.high for each in bands) / len(bands)
    assert held == pytest.approx(0.955, abs=0.02)
