"""The figures on the page about risks are what the engine computes."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from benchmarks.risking_oracle import exact_losses, lognormal, poisson

from tallystick.engine.risk import (
    Control,
    Lognormal,
    Once,
    Pert,
    Point,
    PricedRisk,
    Rate,
    Simulated,
    compare,
    contingency,
    disagreements,
    simulate,
    worth_of_control,
)
from tests.docs.conftest import ROOT

PAGE = " ".join((ROOT / "docs" / "explanation" / "risk.md").read_text(encoding="utf-8").split())
OUTAGE = PricedRisk("Outage", Rate.of(Decimal("0.85")), Lognormal(20_000, 900_000))
LEAVERS = PricedRisk(
    "Leavers", Rate(Pert(Decimal("0.1"), Decimal("0.5"), 3)), Pert(20_000, 80_000, 900_000)
)
EXIT = PricedRisk("Early exit", Once(Decimal("0.1")), Pert(300_000, 500_000, 1_200_000))
RISKS = [OUTAGE, LEAVERS, EXIT]
APPETITE = [
    Point(Fraction(100_000), Fraction(9, 10)),
    Point(Fraction(1_000_000), Fraction(1, 10)),
]
CONTROL = Control(frozenset({"Outage"}), 60_000, on_frequency=Decimal("0.4"))


@pytest.fixture(scope="module")
def register() -> Simulated:
    """Return the simulation of the page."""
    return simulate(RISKS, seed=1)


def thousands(amount: float) -> str:
    """Return an amount to the thousand."""
    return f"{round(amount, -3):,.0f}"


def percent(share: float) -> str:
    """Return a share as the page writes it."""
    return f"{100 * share:.0f} %"


def test_each_risk_comes_to_what_the_page_says(register: Simulated) -> None:
    for name, each in (*register.risks.items(), ("Together", register.total)):
        share = percent(register.shares[name]) if name in register.shares else "100 %"
        figures = (each.expected, each.p50, each.p80, each.p95, each.tail95)
        row = [*map(thousands, figures), percent(each.no_loss), share]
        assert f"| {name} | {' | '.join(row)} |" in PAGE


def test_the_error_of_the_p80_is_that_of_the_page(register: Simulated) -> None:
    band = register.total.p80_band

    assert f"between {thousands(band.low)} and {thousands(band.high)}" in PAGE
    assert f"± {100 * register.total.p80_error:.1f} %" in PAGE


def test_the_p80s_of_the_risks_do_not_add_up_to_that_of_all(register: Simulated) -> None:
    added = sum(each.p80 for each in register.risks.values())

    assert f"add up to {thousands(added)}, not to {thousands(register.total.p80)}" in PAGE
    assert added < register.total.p80


def test_correlation_makes_the_tail_of_the_page() -> None:
    found = simulate(RISKS, seed=1, correlation=0.3).total

    assert f"P80 is {thousands(found.p80)} and the P95 {thousands(found.p95)}" in PAGE


def test_the_breach_is_where_the_page_says(register: Simulated) -> None:
    at = next(each for each in register.above(APPETITE) if each.loss == 1_000_000)

    assert f"a million or more has a chance of {percent(float(at.chance))}" in PAGE


def test_multiplying_gives_the_thin_tail_of_the_page() -> None:
    exactly = exact_losses(poisson(0.85), lognormal(20_000, 900_000), step=1_000, size=2**16)

    # One magnitude times 0.85 in every draw is a lognormal loss, scaled.
    multiplied = 0.85 * OUTAGE.magnitude.at(np.asarray([0.8, 0.95]))

    for share, loss in zip((0.8, 0.95), multiplied.tolist(), strict=True):
        row = f"| P{100 * share:.0f} | {thousands(exactly.percentile(share))} | {thousands(loss)} |"
        assert row in PAGE
    assert f"| No loss at all | {percent(exactly.at(0))} | 0 % |" in PAGE


def test_the_control_is_worth_what_the_page_says() -> None:
    found = worth_of_control(RISKS, CONTROL)
    treated = compare(RISKS, CONTROL.applied(RISKS), seed=1)

    assert found.returned is not None
    assert f"from {thousands(float(found.before))} to {thousands(float(found.after))}" in PAGE
    assert f"return of {percent(float(found.returned))}" in PAGE
    assert f"P80 falls by {thousands(treated.p80_saved)}" in PAGE


def test_the_reserve_is_that_of_the_page() -> None:
    residual = simulate(CONTROL.applied(RISKS), seed=1)
    uncertain = Pert(1_800_000, 2_000_000, 2_600_000)

    both, risks, estimate = (
        contingency(of, base=2_000_000, uncertainty=cost).amount
        for of, cost in (
            (residual, uncertain),
            (residual, None),
            (simulate([], seed=1), uncertain),
        )
    )

    assert f"reserve of {thousands(float(both))}" in PAGE
    assert f"{thousands(float(risks))} and {thousands(float(estimate))} alone" in PAGE


def test_the_two_risks_of_one_cell_are_those_of_the_page() -> None:
    often = PricedRisk("often", Rate.of(Decimal("0.65")), Lognormal(150_000, 900_000))
    seldom = PricedRisk("seldom", Rate.of(Decimal("0.25")), Pert(200_000, 250_000, 350_000))

    (found,) = disagreements([often, seldom])

    assert f"{thousands(float(seldom.expected()))} and {thousands(float(often.expected()))}" in PAGE
    assert f"a factor of {float(found.factor):.1f}" in PAGE
