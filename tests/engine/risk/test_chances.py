"""Whose chances are whose: seeds, keys, blocks, and what correlated risks share."""

import sys
from fractions import Fraction
from math import asin, pi, sqrt

import numpy as np
import pytest

from tallystick.engine.risk import Once, PricedRisk, simulate
from tallystick.engine.risk import compound as compound_module
from tallystick.engine.risk.compound import Chance, counts, losses
from tests.engine.risk.builders import LEAVERS, OUTAGE, a_constant, a_risk

FEW = 4_000


def test_the_same_seed_gives_the_same_answer_in_any_order() -> None:
    one, two, other = (
        simulate(risks, seed=seed, draws=FEW)
        for risks, seed in (([OUTAGE, LEAVERS], 1), ([LEAVERS, OUTAGE], 1), ([OUTAGE, LEAVERS], 2))
    )

    assert one.risks == two.risks
    assert one.total.p80 == pytest.approx(two.total.p80)
    assert one.total.p80 != other.total.p80


@pytest.mark.parametrize("correlation", [0.0, 0.4])
def test_one_more_risk_leaves_the_draws_of_the_others_as_they_are(correlation: float) -> None:
    alone = simulate([OUTAGE], seed=1, draws=FEW, correlation=correlation)

    found = simulate([LEAVERS, OUTAGE], seed=1, draws=FEW, correlation=correlation)

    assert found.risks["outage"] == alone.risks["outage"]


def test_risks_alike_have_chances_of_their_own() -> None:
    found = simulate([a_risk("one"), a_risk("two")], seed=1, draws=FEW)

    assert found.risks["one"].mean != found.risks["two"].mean
    assert found.total.deviation == pytest.approx(found.risks["one"].deviation * sqrt(2), rel=0.2)


@pytest.mark.parametrize("block", [1, 7, 1_000, 10**6])
def test_the_size_of_blocks_changes_nothing(block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = Chance(seed=1, draws=2_000)
    usual = losses(LEAVERS, chance)

    monkeypatch.setattr(compound_module, "BLOCK", block)

    assert np.array_equal(losses(LEAVERS, chance), usual)


def test_the_first_of_many_draws_are_those_of_few() -> None:
    few, many = (simulate([OUTAGE, LEAVERS], seed=1, draws=draws) for draws in (100, 40_000))

    assert np.array_equal(many.losses[:100], few.losses)


def test_what_is_not_kept_is_drawn_again_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    risks = [OUTAGE, LEAVERS, a_risk("third")]
    usual = simulate(risks, seed=1, draws=FEW, correlation=0.3)

    monkeypatch.setattr(sys.modules[simulate.__module__], "KEPT", FEW)

    assert simulate(risks, seed=1, draws=FEW, correlation=0.3) == usual


def test_correlated_events_come_together_as_often_as_the_normal_figures_behind_them() -> None:
    draws, correlation = 100_000, 0.6
    chance = Chance(seed=1, draws=draws, correlation=correlation)
    common = chance.common()

    one, two = (
        counts(PricedRisk(key, Once(Fraction(1, 2)), a_constant(1)), chance, common)
        for key in ("one", "two")
    )

    # Sheppard 1899: the chance that two normal figures both lie above their middle.
    both = ((one == 1) & (two == 1)).mean()
    assert both == pytest.approx(1 / 4 + asin(correlation) / (2 * pi), abs=4 * sqrt(0.25 / draws))


def test_correlation_leaves_each_risk_as_it_is_and_widens_the_total() -> None:
    risks = [a_risk(f"r{n}") for n in range(10)]

    apart, together = (
        simulate(risks, seed=1, draws=20_000, correlation=each) for each in (0.0, 0.5)
    )

    one, other = apart.risks["r0"], together.risks["r0"]
    assert other.no_loss == pytest.approx(one.no_loss, abs=5 * sqrt(0.25 / 20_000))
    assert abs(other.mean - other.expected) < 4 * other.mean_error
    assert together.total.expected == apart.total.expected
    assert together.total.p95 > 1.1 * apart.total.p95
