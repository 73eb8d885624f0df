"""The matrix: its bands and levels, and how much two risks of one cell may differ."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.engine.refusals import Refusal
from tallystick.engine.risk import (
    Bands,
    Cell,
    Lognormal,
    Once,
    Pert,
    PricedRisk,
    Rate,
    TriageLevel,
    cell_of,
    disagreements,
    triage,
)
from tests.engine.risk.builders import OUTAGE, a_constant, a_risk


@pytest.mark.parametrize(
    ("chance", "impact", "cell"),
    [
        (0, 0, (1, 1, "low")),
        (Decimal("0.05"), 10_000, (1, 1, "low")),
        (Decimal("0.051"), 10_001, (2, 2, "low")),
        (Decimal("0.3"), 200_000, (3, 3, "medium")),
        (Decimal("0.3"), 900_000, (3, 4, "high")),
        (Decimal("0.01"), 10**7, (1, 5, "medium")),
        (1, 10**7, (5, 5, "high")),
    ],
)
def test_a_risk_lies_in_the_band_whose_end_it_does_not_pass(
    chance: Any, impact: Any, cell: tuple[int, int, str]
) -> None:
    assert triage(chance, impact) == Cell(cell[0], cell[1], TriageLevel(cell[2]))


@given(
    some=st.tuples(st.fractions(0, 1), st.integers(0, 2_000_000)),
    more=st.tuples(st.fractions(0, 1), st.integers(0, 2_000_000)),
)
def test_more_of_both_is_never_a_lower_level(
    some: tuple[Fraction, int], more: tuple[Fraction, int]
) -> None:
    low, high = triage(*map(min, some, more)), triage(*map(max, some, more))

    assert low.level.rank <= high.level.rank


def test_a_priced_risk_lies_at_the_chance_of_any_event_and_its_mean_loss() -> None:
    # 1 - exp(-0.85) = 57 %, and 262,055 each time.
    assert cell_of(OUTAGE) == Cell(4, 4, TriageLevel.HIGH)
    assert cell_of(a_risk(rate=0)).chance == 1
    assert cell_of(PricedRisk("sure", Once(1), a_constant(1))) == Cell(5, 1, TriageLevel.MEDIUM)


def test_two_risks_of_one_cell_may_differ_fourfold() -> None:
    often = PricedRisk("often", Rate.of(Decimal("0.65")), Lognormal(150_000, 900_000))
    seldom = PricedRisk("seldom", Rate.of(Decimal("0.25")), Pert(200_000, 250_000, 350_000))
    elsewhere = a_risk("elsewhere", 3, a_constant(5))

    (found,) = disagreements([often, seldom, elsewhere])

    assert found.cell == Cell(3, 4, TriageLevel.HIGH)
    assert (found.smaller, found.larger) == ("seldom", "often")
    assert found.factor == often.expected() / seldom.expected()
    assert 4 < found.factor < 5


def test_risks_alike_do_not_disagree() -> None:
    some = [a_risk("one"), a_risk("two"), a_risk("none", 0), a_risk("nothing", 0)]

    assert disagreements(some) == []


def test_the_cell_that_hides_most_comes_first() -> None:
    def pair(name: str, rate: int, smaller: int, larger: int) -> list[PricedRisk]:
        return [a_risk(f"{name}{loss}", rate, a_constant(loss)) for loss in (smaller, larger)]

    found = disagreements([*pair("a", 3, 1_000, 3_000), *pair("b", 3, 12_000, 49_000)])

    assert [(each.smaller, each.factor) for each in found] == [
        ("b12000", Fraction(49, 12)),
        ("a1000", 3),
    ]
    assert disagreements(pair("a", 3, 1_000, 1_900)) == []
    assert len(disagreements(pair("a", 3, 1_000, 1_900), apart=Fraction(3, 2))) == 1


def test_bands_are_a_matter_of_policy() -> None:
    strict = Bands(impacts=(1, 2, 3, 4), levels=("HHHHH",) * 5)

    assert triage(0, 5, strict) == Cell(1, 5, TriageLevel.HIGH)


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        ({"chances": (1, 2, 3)}, "chances"),
        ({"chances": (Decimal("0.2"), Decimal("0.1"), Decimal("0.5"), 1)}, "chances"),
        ({"impacts": (0, 1, 2, 3)}, "impacts"),
        ({"levels": ("LLLLL",) * 4}, "levels"),
        ({"levels": ("LLLLX",) * 5}, "levels"),
        ({"levels": ("LLLL",) * 5}, "levels"),
        ({"levels": ("LLHMM", "LLMMH", "LMMHH", "LMMHH", "MMHHH")}, "levels"),
        ({"levels": ("MMMMM", "LLMMH", "LMMHH", "LMMHH", "MMHHH")}, "levels"),
    ],
)
def test_bands_that_do_not_rise_are_refused(wrong: dict[str, Any], place: str) -> None:
    with pytest.raises(Refusal) as caught:
        Bands(**wrong)

    assert (caught.value.code, caught.value.place) == ("risk.bands-refused", place)


@pytest.mark.parametrize(
    ("chance", "impact", "code"),
    [
        (Fraction(101, 100), 1, "risk.chance-out-of-range"),
        (Decimal("NaN"), 1, "risk.not-finite"),
        (0, -1, "risk.amount-out-of-range"),
    ],
)
def test_what_lies_in_no_band_is_refused(chance: Any, impact: Any, code: str) -> None:
    with pytest.raises(Refusal) as caught:
        triage(chance, impact)

    assert caught.value.code == code
