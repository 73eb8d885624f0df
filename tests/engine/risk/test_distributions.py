"""Distributions: known moments, quantiles that their distribution functions undo."""

from fractions import Fraction
from math import erf, exp, factorial, log, sqrt
from statistics import NormalDist

import numpy as np
import pytest
from benchmarks.risking_oracle import lognormal, pert
from hypothesis import given

from tallystick.engine.risk import Lognormal, Once, Pert, Rate
from tallystick.engine.risk.frequency import thresholds
from tests.engine.risk.builders import LEAVERS, OUTAGE, magnitudes, perts

CHANCES = np.linspace(0.0005, 0.9995, 2_000)
ONE_YEAR = Fraction(1)


def test_a_pert_figure_has_the_mean_and_the_variance_of_its_beta() -> None:
    found = Pert(20, 80, 900)

    assert found.expected == Fraction(1240, 6)
    # Beta(1 + 240/880, 1 + 3280/880): alpha beta / (36 x 7), times the width squared.
    assert float(found.variance) == pytest.approx((14 / 11) * (52 / 11) / 252 * 880**2)


@given(figures=perts())
def test_the_quantiles_of_a_pert_figure_are_undone_by_its_distribution(figures: Pert) -> None:
    below = pert(float(figures.low), float(figures.likely), float(figures.high))

    found = below(figures.at(CHANCES))

    assert found == pytest.approx(CHANCES, abs=2e-4)


@given(figures=perts())
def test_the_mean_of_the_quantiles_is_the_mean(figures: Pert) -> None:
    middles = (np.arange(20_000) + 0.5) / 20_000

    found = figures.at(middles)

    width = float(figures.high - figures.low)
    assert found.mean() == pytest.approx(float(figures.expected), abs=2e-4 * width)
    assert found.var() == pytest.approx(float(figures.variance), abs=2e-4 * width**2)


@given(loss=magnitudes())
def test_a_higher_chance_never_gives_a_smaller_loss(loss: Pert | Lognormal) -> None:
    found = loss.at(np.linspace(0, 1, 3_001))

    assert np.all(np.diff(found) >= 0)
    assert np.all(found >= 0)


def test_a_likeliest_figure_at_either_end_is_none_the_worse() -> None:
    low, high = Pert(0, 0, 6), Pert(0, 6, 6)

    assert (low.expected, high.expected) == (1, 5)
    # Beta(1, 5) and Beta(5, 1).
    assert low.at(np.asarray([0.5]))[0] == pytest.approx(6 * (1 - 0.5**0.2), abs=1e-4)
    assert high.at(np.asarray([0.5]))[0] == pytest.approx(6 * 0.5**0.2, abs=1e-4)


def test_equal_figures_are_a_constant() -> None:
    found = Pert(7, 7, 7)

    assert (found.expected, found.variance) == (7, 0)
    assert found.at(CHANCES).tolist() == [7.0] * len(CHANCES)


def test_nine_in_ten_lognormal_losses_lie_in_their_interval() -> None:
    found = Lognormal(20_000, 900_000).at(np.asarray([0.05, 0.5, 0.95]))

    assert found == pytest.approx([20_000, sqrt(20_000 * 900_000), 900_000], rel=1e-4)


def test_a_lognormal_loss_has_the_mean_and_the_variance_of_its_formula() -> None:
    sigma = log(45) / (2 * NormalDist().inv_cdf(0.95))
    mu = (log(20_000) + log(900_000)) / 2

    found = Lognormal(20_000, 900_000)

    assert (found.sigma, found.mu) == pytest.approx((sigma, mu))
    assert float(found.expected) == pytest.approx(exp(mu + sigma**2 / 2))
    assert float(found.variance) == pytest.approx(exp(2 * mu + sigma**2) * (exp(sigma**2) - 1))


def test_quantiles_of_a_lognormal_loss_are_undone_by_its_distribution() -> None:
    chances = np.asarray([1e-6, 0.001, 0.05, 0.5, 0.95, 0.999, 1 - 1e-6])

    found = lognormal(20_000, 900_000)(Lognormal(20_000, 900_000).at(chances))

    assert found == pytest.approx(chances, rel=1e-3)
    assert 1 - found == pytest.approx(1 - chances, rel=2e-3)


def test_no_loss_is_above_the_cap_and_its_moments_know_it() -> None:
    capped = Lognormal(20_000, 900_000, cap=500_000)
    middles = (np.arange(200_000) + 0.5) / 200_000

    found = capped.at(middles)

    assert found.max() == 500_000
    assert (found == 500_000).mean() == pytest.approx(
        (1 - erf((log(500_000) - capped.mu) / capped.sigma / sqrt(2))) / 2, abs=1e-4
    )
    assert found.mean() == pytest.approx(float(capped.expected), rel=1e-4)
    assert found.var() == pytest.approx(float(capped.variance), rel=1e-3)


def test_a_cap_out_of_reach_changes_nothing() -> None:
    plain, capped = Lognormal(1, 10), Lognormal(1, 10, cap=10**9)

    assert float(capped.expected) == pytest.approx(float(plain.expected))
    assert np.array_equal(capped.at(CHANCES), plain.at(CHANCES))


def test_a_certain_rate_gives_the_chances_of_poisson() -> None:
    found = Rate.of(2).exceeding(ONE_YEAR)

    exactly = [exp(-2) * 2**n / factorial(n) for n in range(4)]
    assert found[:4] == pytest.approx([1 - sum(exactly[: n + 1]) for n in range(4)])
    assert found.min() > 1e-17


@pytest.mark.parametrize("likely", [1, 5, 10, 40])
def test_an_uncertain_rate_keeps_its_mean_and_gains_the_variance_of_the_rate(likely: int) -> None:
    rate = Rate(Pert(1, likely, 40))

    more = rate.exceeding(ONE_YEAR)

    # E N is the sum of P(N > n), E N^2 that of (2 n + 1) P(N > n).
    mean = more.sum()
    square = ((2 * np.arange(len(more)) + 1) * more).sum()
    assert mean == pytest.approx(float(rate.expected(ONE_YEAR)))
    assert square - mean**2 == pytest.approx(float(rate.variance(ONE_YEAR)))


def test_the_years_multiply_a_rate_and_leave_a_single_event_alone() -> None:
    half = Fraction(1, 2)

    assert Rate.of(4).exceeding(half) == pytest.approx(Rate.of(2).exceeding(ONE_YEAR))
    assert Rate.of(4).expected(half) == 2
    assert Once(half).exceeding(half).tolist() == [0.5]


def test_what_never_happens_has_no_chance_and_what_is_certain_has_no_doubt() -> None:
    assert Rate.of(0).exceeding(ONE_YEAR).tolist() == []
    assert Once(0).exceeding(ONE_YEAR).tolist() == []
    assert thresholds(Once(1).exceeding(ONE_YEAR)).tolist() == [-np.inf]
    assert (Once(Fraction(1, 4)).expected(ONE_YEAR), Once(Fraction(1, 4)).variance(ONE_YEAR)) == (
        Fraction(1, 4),
        Fraction(3, 16),
    )


def test_the_highest_rate_of_all_for_ten_years_still_has_a_mean() -> None:
    found = Rate(Pert(0, 365, 365)).exceeding(Fraction(10))

    assert found.sum() == pytest.approx(3650 * 5 / 6, rel=1e-6)
    assert np.all(np.diff(thresholds(found)) >= 0)


def test_the_golden_means_are_exact() -> None:
    assert float(OUTAGE.expected()) == pytest.approx(222_747, abs=1)
    assert float(LEAVERS.expected()) == pytest.approx(175_667, abs=1)
    assert LEAVERS.expected() == Fraction(17, 20) * Fraction(1_240_000, 6)
