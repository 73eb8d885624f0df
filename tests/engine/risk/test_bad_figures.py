"""Figures that price nothing: each refused by its own code, at its place, with a remedy."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import pytest

from tallystick.engine.refusals import Refusal
from tallystick.engine.risk import Lognormal, Once, Pert, Rate

NAN = Decimal("NaN")


@pytest.mark.parametrize(
    ("make", "code", "place"),
    [
        (lambda: Pert(5, 4, 9), "risk.out-of-order", "low"),
        (lambda: Pert(1, 10, 9), "risk.out-of-order", "high"),
        (lambda: Pert(9, 9, 1), "risk.out-of-order", "high"),
        (lambda: Pert(-1, 4, 9), "risk.amount-out-of-range", "low"),
        (lambda: Pert(1, 4, 10**16), "risk.amount-out-of-range", "high"),
        (lambda: Pert(1, NAN, 9), "risk.not-finite", "likely"),
        (lambda: Pert(1, 2, Decimal("Infinity")), "risk.not-finite", "high"),
        (lambda: Pert(1, 2, float("inf")), "risk.not-finite", "high"),  # type: ignore[arg-type]
        (lambda: Lognormal(0, 9), "risk.interval-refused", "low"),
        (lambda: Lognormal(9, 9), "risk.interval-refused", "high"),
        (lambda: Lognormal(9, 1), "risk.interval-refused", "high"),
        (lambda: Lognormal(1, 10**6), "risk.interval-refused", "high"),
        (lambda: Lognormal(-1, 9), "risk.amount-out-of-range", "low"),
        (lambda: Lognormal(1, 9, cap=1), "risk.interval-refused", "cap"),
        (lambda: Lognormal(1, 9, cap=NAN), "risk.not-finite", "cap"),
        (lambda: Once(Fraction(101, 100)), "risk.chance-out-of-range", "chance"),
        (lambda: Once(30), "risk.chance-out-of-range", "chance"),
        (lambda: Once(Decimal("-0.1")), "risk.chance-out-of-range", "chance"),
        (lambda: Once(NAN), "risk.not-finite", "chance"),
        (lambda: Rate.of(-1), "risk.amount-out-of-range", "low"),
        (lambda: Rate.of(366), "risk.rate-out-of-range", "high"),
        (lambda: Rate(Pert(1, 2, 1_000)), "risk.rate-out-of-range", "high"),
    ],
)
def test_each_fault_has_its_code_its_place_and_a_remedy(
    make: Callable[[], object], code: str, place: str
) -> None:
    with pytest.raises(Refusal) as caught:
        make()

    assert (caught.value.code, caught.value.place) == (code, place)
    assert caught.value.remedy


def test_the_words_say_which_way_the_figures_do_not_rise() -> None:
    with pytest.raises(Refusal, match="likeliest figure lies above the highest"):
        Pert(1, 10, 9)
    with pytest.raises(Refusal, match="likeliest figure lies below the lowest"):
        Pert(5, 4, 9)
