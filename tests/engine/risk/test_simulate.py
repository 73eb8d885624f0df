"""Compound simulation: golden figures, an independent Fourier transform, and laws."""

import sys
from dataclasses import fields, replace
from fractions import Fraction
from math import asin, pi, sqrt
from typing import Any

import numpy as np
import pytest
from benchmarks.risking_oracle import (
    Below,
    ExactLosses,
    Times,
    exact_losses,
    lognormal,
    once,
    pert,
    poisson,
    poisson_of_pert,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from tallystick.engine.risk import Lognormal, Once, Pert, PricedRisk, Rate, Simulated, simulate
from tallystick.engine.risk import compound as compound_module
from tallystick.engine.risk.compound import Chance, counts, losses
from tallystick.engine.risk.refused import SimulationRefused
from tests.engine.risk.builders import (
    LEAVERS,
    OUTAGE,
    a_constant,
    a_risk,
    magnitudes,
    rates,
    registers,
)

SHARES = (0.5, 0.8, 0.95)
FEW = 4_000


@pytest.fixture(scope="module")
def golden() -> Simulated:
    """Return 100,000 draws of the risk whose figures are known."""
    return simulate([OUTAGE], seed=1)


def test_the_percentiles_are_those_of_the_golden_vector(golden: Simulated) -> None:
    total = golden.total

    assert total.p80 == pytest.approx(338_000, rel=0.02)
    assert [total.p50, total.p90, total.p95] == pytest.approx([50_000, 625_000, 975_000], rel=0.02)
    assert total.p99 == pytest.approx(2_097_000, rel=0.04)
    assert total.no_loss == pytest.approx(0.4274, abs=4 * sqrt(0.25 / 100_000))


def test_mean_and_deviation_are_those_of_their_formulas(golden: Simulated) -> None:
    total = golden.total

    assert total.expected == pytest.approx(222_747, abs=1)
    assert abs(total.mean - total.expected) < 4 * total.mean_error
    assert total.deviation == pytest.approx(float(OUTAGE.variance()) ** 0.5, rel=0.05)


def test_the_band_of_the_p80_holds_its_true_figure_and_says_how_wide_it_is(
    golden: Simulated,
) -> None:
    total = golden.total

    assert total.p80_band.low < 338_000 < total.p80_band.high
    assert total.p80_error == pytest.approx(0.0133, abs=0.002)


def test_an_uncertain_rate_has_the_golden_mean() -> None:
    found = simulate([LEAVERS], seed=3).total

    assert found.expected == pytest.approx(175_667, abs=1)
    assert abs(found.mean - found.expected) < 4 * found.mean_error


def of(risk: PricedRisk) -> ExactLosses:
    """Return the exact distribution of a risk, by other means than those under test."""
    size, step = 2**14, max(float(risk.magnitude.high) / 200, 0.05)
    return exact_losses(_times(risk), _below(risk), step=step, size=size)


def _times(risk: PricedRisk) -> Times:
    if isinstance(risk.frequency, Once):
        return once(float(risk.frequency.chance))
    rate = risk.frequency.per_year
    low, likely, high = (float(each) for each in (rate.low, rate.likely, rate.high))
    return poisson(low) if rate.certain else poisson_of_pert(low, likely, high)


def _below(risk: PricedRisk) -> Below:
    loss = risk.magnitude
    if isinstance(loss, Lognormal):
        return lognormal(float(loss.low), float(loss.high))
    return pert(float(loss.low), float(loss.likely), float(loss.high))


@settings(max_examples=40)
@given(
    frequency=rates() | st.integers(1, 9).map(lambda n: Once(Fraction(n, 10))), much=magnitudes()
)
def test_the_percentiles_are_those_of_a_fourier_transform(
    frequency: Rate | Once, much: Pert | Lognormal
) -> None:
    risk, draws = PricedRisk("some", frequency, much), 20_000

    found = simulate([risk], seed=5, draws=draws).total

    exactly = of(risk)
    for share, loss in zip(SHARES, (found.p50, found.p80, found.p95), strict=True):
        # Five standard errors of a share, and what a step of the transform rounds.
        near = 5 * sqrt(share * (1 - share) / draws)
        assert exactly.at(loss + 2 * exactly.step) >= share - near
        assert exactly.at(loss - 2 * exactly.step) <= share + near


def test_events_have_losses_of_their_own() -> None:
    found = simulate([a_risk(rate=20)], seed=1, draws=20_000).total

    # Twenty events by one loss would deviate by more than 20 standard deviations of a loss.
    assert found.deviation == pytest.approx(
        sqrt(20 * float(OUTAGE.magnitude.variance + OUTAGE.magnitude.expected**2)), rel=0.05
    )


def test_events_of_one_size_add_up() -> None:
    found = simulate([a_risk(rate=3, magnitude=a_constant(10))], seed=2, draws=FEW)

    assert set(found.losses % 10) == {0.0}
    assert found.total.mean == pytest.approx(30, abs=4 * found.total.mean_error)


def test_what_never_happens_costs_nothing() -> None:
    found = simulate([a_risk(rate=0)], seed=1, draws=FEW)

    assert (found.total.mean, found.total.p99, found.total.tail95, found.total.no_loss) == (
        0.0, 0.0, 0.0, 1.0,
    )  # fmt: skip
    assert found.total.curve[0].chance == 0
    assert found.shares == {"outage": 0.0}
    assert (found.total.p80_error, found.total.mean_error) == (0.0, 0.0)


def test_an_empty_register_costs_nothing() -> None:
    found = simulate([], seed=1, draws=10)

    assert (found.total.expected, found.total.p80, found.risks, found.shares) == (0, 0, {}, {})


def test_draws_seed_years_and_correlation_stand_in_the_result() -> None:
    found = simulate([OUTAGE], seed=9, draws=FEW, years=Fraction(1, 2), correlation=0.25)

    assert (found.draws, found.seed, found.years, found.correlation) == (
        FEW,
        9,
        Fraction(1, 2),
        0.25,
    )
    assert found.total.expected == pytest.approx(float(OUTAGE.expected()) / 2)


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


def test_the_share_of_a_risk_is_its_part_of_the_variance() -> None:
    large, small = (
        a_risk("large", magnitude=a_constant(20)),
        a_risk("small", magnitude=a_constant(10)),
    )

    found = simulate([large, small], seed=1, draws=50_000)

    assert found.shares["large"] == pytest.approx(0.8, abs=0.02)


@settings(max_examples=50)
@given(risks=registers(), correlation=st.sampled_from([0.0, 0.3, 0.9]))
def test_shares_add_up_to_one_unless_nothing_varies(
    risks: list[PricedRisk], correlation: float
) -> None:
    found = simulate(risks, seed=1, draws=500, correlation=correlation)

    assert sum(found.shares.values()) == pytest.approx(1 if found.total.deviation else 0)


@settings(max_examples=50)
@given(risks=registers())
def test_percentiles_rise_and_the_tail_is_the_worst(risks: list[PricedRisk]) -> None:
    found = simulate(risks, seed=1, draws=500)

    for each in (found.total, *found.risks.values()):
        rising = [each.p50, each.p80, each.p90, each.p95, each.p99]
        assert rising == sorted(rising)
        assert each.tail95 >= each.p95
        assert each.p80_band.low <= each.p80 <= each.p80_band.high
        assert 0 <= each.no_loss <= 1


@settings(max_examples=50)
@given(frequency=rates(), much=magnitudes(), more=st.integers(0, 20))
def test_what_happens_more_often_costs_no_less_in_any_draw(
    frequency: Rate, much: Pert | Lognormal, more: int
) -> None:
    added = Fraction(more, 10)
    rate = frequency.per_year
    often = Rate(Pert(*(Fraction(each) + added for each in (rate.low, rate.likely, rate.high))))
    risk = PricedRisk("some", frequency, much)

    less, found = (
        simulate([each], seed=1, draws=500) for each in (risk, replace(risk, frequency=often))
    )

    assert np.all(found.losses >= less.losses)


@settings(max_examples=50)
@given(frequency=rates(), much=magnitudes(), tenths=st.integers(1, 10))
def test_what_costs_less_each_time_costs_no_more_in_any_draw(
    frequency: Rate, much: Pert | Lognormal, tenths: int
) -> None:
    risk = PricedRisk("some", frequency, much)

    found, less = (
        simulate([each], seed=1, draws=500).losses
        for each in (risk, replace(risk, magnitude=much.scaled(Fraction(tenths, 10))))
    )

    assert less == pytest.approx(found * tenths / 10)


def test_a_single_draw_has_every_figure() -> None:
    found = simulate([OUTAGE], seed=1, draws=1).total

    assert all(getattr(found, each.name) is not None for each in fields(found))
    assert found.p50 == found.p99 == found.tail95 == found.mean


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        ({"draws": 0}, "draws"),
        ({"draws": 1_000_001}, "draws"),
        ({"seed": -1}, "seed"),
        ({"years": 0}, "years"),
        ({"years": 11}, "years"),
        ({"correlation": 1.0}, "correlation"),
        ({"correlation": -0.1}, "correlation"),
        ({"correlation": float("nan")}, "correlation"),
        ({"risks": [OUTAGE, OUTAGE]}, "risks[1].key"),
        ({"risks": [replace(OUTAGE, key="")]}, "risks[0].key"),
        ({"risks": [a_risk(f"r{n}", rate=365) for n in range(14)]}, "draws"),
    ],
)
def test_what_cannot_be_drawn_is_refused(wrong: dict[str, Any], place: str) -> None:
    with pytest.raises(SimulationRefused) as caught:
        simulate(**{"risks": [OUTAGE], "seed": 1, **wrong})

    assert (caught.value.code, caught.value.place) == ("risk.simulation-refused", place)
    assert caught.value.remedy
