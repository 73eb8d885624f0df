"""The reserve: percentile of cost and losses, less the estimate; and whether it lasts."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from tallystick.engine.refusals import Refusal
from tallystick.engine.risk import Pert, Simulated, adequacy, contingency, simulate
from tests.engine.risk.builders import OUTAGE, a_constant, a_risk


@pytest.fixture(scope="module")
def outage() -> Simulated:
    """Return the draws of one risk."""
    return simulate([OUTAGE], seed=1, draws=20_000)


def test_with_a_certain_estimate_the_reserve_is_the_p80_of_what_is_left(outage: Simulated) -> None:
    found = contingency(outage, base=1_000_000)

    assert float(found.amount) == pytest.approx(outage.total.p80, abs=0.006)
    assert found.percentile - found.base == found.amount == found.needed
    assert (found.draws, found.seed, found.share) == (20_000, 1, Fraction(4, 5))


def test_without_risks_it_is_the_p80_of_the_estimate() -> None:
    nothing = simulate([], seed=1, draws=50_000)

    found = contingency(nothing, base=100, uncertainty=Pert(100, 100, 160))

    # Beta(1, 5): the P80 lies at 1 - 0.2^(1/5) of the way.
    assert float(found.amount) == pytest.approx(60 * (1 - 0.2**0.2), abs=0.3)


def test_percentiles_do_not_add_up(outage: Simulated) -> None:
    uncertain = Pert(900_000, 1_000_000, 1_600_000)
    estimate = contingency(simulate([], seed=1, draws=20_000), base=10**6, uncertainty=uncertain)

    both = contingency(outage, base=10**6, uncertainty=uncertain)

    parts = estimate.amount + Decimal(outage.total.p80)
    assert estimate.amount < both.amount < parts


def test_a_padded_estimate_needs_no_reserve() -> None:
    risks = simulate([a_risk(rate=0)], seed=1, draws=1_000)

    found = contingency(risks, base=500, uncertainty=Pert(100, 200, 300))

    assert found.amount < 0
    assert found.needed == 0


def test_the_estimate_is_drawn_independently_of_the_risks(outage: Simulated) -> None:
    one = contingency(outage, uncertainty=Pert(0, 10, 10**6))
    other = contingency(
        replace(outage, losses=np.sort(outage.losses)), uncertainty=Pert(0, 10, 10**6)
    )

    assert float(one.amount) == pytest.approx(float(other.amount), rel=0.03)


def test_the_share_that_is_to_be_kept_can_be_chosen() -> None:
    certain = simulate([a_risk(rate=1, magnitude=a_constant(10))], seed=1, draws=5_000)

    assert contingency(certain, share=Fraction(1, 2)).amount == Decimal("10.00")
    assert contingency(certain, share=Fraction(99, 100)).amount == Decimal("40.00")


def test_adequacy_is_what_is_left_by_what_may_still_come() -> None:
    assert adequacy(150, 200) == Fraction(3, 4)
    assert adequacy(Decimal("200.00"), 200) == 1


def test_where_nothing_may_come_any_more_there_is_no_adequacy() -> None:
    assert adequacy(0, 0) is None


@pytest.mark.parametrize(
    ("wrong", "code", "place"),
    [
        ({"base": -1}, "risk.amount-out-of-range", "base"),
        ({"base": Decimal("NaN")}, "risk.not-finite", "base"),
        ({"share": Fraction(1)}, "risk.chance-out-of-range", "share"),
        ({"share": Fraction(0)}, "risk.chance-out-of-range", "share"),
        ({"share": Fraction(80)}, "risk.chance-out-of-range", "share"),
    ],
)
def test_what_carries_nothing_is_refused(
    outage: Simulated, wrong: dict[str, Any], code: str, place: str
) -> None:
    with pytest.raises(Refusal) as caught:
        contingency(outage, **wrong)

    assert (caught.value.code, caught.value.place) == (code, place)


def test_a_reserve_below_nothing_is_refused() -> None:
    with pytest.raises(Refusal) as caught:
        adequacy(-1, 5)

    assert caught.value.place == "remaining"
