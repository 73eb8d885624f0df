"""Controls and responses: what they leave, what they are worth, on common chances."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from tallystick.engine.refusals import Refusal
from tallystick.engine.risk import (
    Control,
    Lognormal,
    Once,
    Pert,
    PricedRisk,
    Rate,
    compare,
    simulate,
    worth_of_control,
)
from tests.engine.risk.builders import LEAVERS, OUTAGE, a_constant, a_risk

HALF = Fraction(1, 2)


def test_the_return_of_a_control_is_what_it_saves_beyond_its_cost() -> None:
    risks = [a_risk("one", 2, a_constant(100)), a_risk("other", 1, a_constant(1_000))]

    found = worth_of_control(risks, Control(frozenset({"one"}), 40, on_frequency=HALF))

    assert (found.before, found.after, found.cost) == (1_200, 1_100, 40)
    assert (found.saved, found.returned) == (60, Fraction(3, 2))


def test_both_effects_multiply() -> None:
    control = Control(frozenset({"one"}), 1, on_frequency=HALF, on_magnitude=Fraction(1, 5))

    found = worth_of_control([a_risk("one", 1, a_constant(100))], control)

    assert found.after == 10


def test_a_control_pays_its_cost_every_year() -> None:
    control = Control(frozenset({"one"}), 40, on_frequency=0)

    found = worth_of_control([a_risk("one", 1, a_constant(100))], control, years=3)

    assert (found.before, found.after, found.cost) == (300, 0, 120)


def test_a_control_that_costs_more_than_it_saves_has_a_return_below_nothing() -> None:
    control = Control(frozenset({"one"}), 40, on_frequency=Fraction(9, 10))

    assert worth_of_control([a_risk("one", 1, a_constant(100))], control).returned == Fraction(
        -3, 4
    )


def test_a_control_that_costs_nothing_has_no_return() -> None:
    found = worth_of_control([OUTAGE], Control(frozenset({"outage"}), 0, on_frequency=HALF))

    assert found.returned is None
    assert found.saved > 0


def test_every_kind_of_figure_can_be_scaled() -> None:
    risks = [
        LEAVERS,
        PricedRisk("capped", Once(HALF), Lognormal(10, 100, cap=50)),
        PricedRisk("none", Rate.of(3), Pert(1, 2, 3)),
    ]
    control = Control(frozenset({"leavers", "capped"}), 1, on_frequency=HALF, on_magnitude=HALF)

    some = control.applied(risks)

    assert some[0].expected() == LEAVERS.expected() / 4
    assert some[1] == PricedRisk("capped", Once(Fraction(1, 4)), Lognormal(5, 50, cap=25))
    assert some[2] == risks[2]


def test_what_a_control_takes_away_whole_costs_nothing() -> None:
    (found,) = Control(frozenset({"outage"}), 1, on_magnitude=0).applied([OUTAGE])

    assert found.expected() == 0
    assert simulate([found], seed=1, draws=100).total.no_loss == 1


def test_a_response_costs_no_more_in_any_draw_since_both_meet_the_same_chances() -> None:
    control = Control(frozenset({"outage", "leavers"}), 1, on_frequency=Fraction(99, 100))
    risks = [OUTAGE, LEAVERS]

    found = compare(risks, control.applied(risks), seed=1, draws=5_000, correlation=0.3)

    assert np.all(found.residual.losses <= found.inherent.losses)
    assert found.expected_saved == pytest.approx(float(sum(r.expected() for r in risks)) / 100)
    assert found.p80_saved >= 0


def test_no_response_saves_nothing_at_all() -> None:
    found = compare([OUTAGE], [OUTAGE], seed=1, draws=500)

    assert (found.expected_saved, found.p80_saved) == (0, 0)
    assert found.inherent == found.residual


def test_a_risk_may_be_avoided_and_another_may_come_of_it() -> None:
    new = a_risk("new", 1, a_constant(5))

    found = compare([OUTAGE, replace(new, frequency=Rate.of(0))], [new], seed=1, draws=500)

    assert found.residual.total.expected == 5
    assert found.inherent.total.expected == pytest.approx(float(OUTAGE.expected()))


def test_a_residual_risk_out_of_nowhere_is_refused() -> None:
    with pytest.raises(Refusal) as caught:
        compare([OUTAGE], [OUTAGE, LEAVERS], seed=1, draws=10)

    assert (caught.value.code, caught.value.place) == ("risk.simulation-refused", "residual[1].key")


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"cost": -1}, "risk.amount-out-of-range"),
        ({"on_frequency": Fraction(11, 10)}, "risk.factor-out-of-range"),
        ({"on_magnitude": -1}, "risk.factor-out-of-range"),
    ],
)
def test_a_control_that_adds_to_a_risk_is_refused(wrong: dict[str, Any], code: str) -> None:
    with pytest.raises(Refusal) as caught:
        Control(**{"risks": frozenset(), "cost": 1, **wrong})

    assert caught.value.code == code
