"""What a business case comes to, worked by hand, and how uncertain that is."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.engine.objectives import BusinessCase, CostLine, benefits_realised, worth_of_case
from tallystick.engine.refusals import Refusal


def certain(amount: int, year: int | None = None, **changes: Any) -> CostLine:
    """Return a line whose amount is certain."""
    return a_line(amount, amount, amount, year=year, **changes)


def a_line(low: int, likely: int, high: int, **changes: Any) -> CostLine:
    """Return a line of fees."""
    amounts = {"low": Decimal(low), "likely": Decimal(likely), "high": Decimal(high)}
    return CostLine(**{"kind": "fees", "currency": "EUR"} | amounts | changes)


def a_case(**changes: Any) -> BusinessCase:
    """Return a case of two years at 10 %: 1,000 a year before, 800 a year and 100 once after."""
    usual = {
        "before": (certain(1000),),
        "after": (certain(800), certain(100, year=0, kind="transition")),
        "years": 2,
        "rate": Decimal("0.1"),
    }
    return BusinessCase(**usual | changes)


def test_a_certain_case_is_worth_what_was_worked_by_hand() -> None:
    found = worth_of_case(a_case(), seed=1, draws=100)

    assert found.total_cost == Decimal("1700.00")
    assert [(each.before, each.after, each.net) for each in found.flows] == [
        (0, 100, -100),
        (1000, 800, 200),
        (1000, 800, 200),
    ]
    # -100 + 200 / 1.1 + 200 / 1.21 = 247.107...
    assert found.net_present == Decimal("247.11")
    assert (found.p10, found.p50, found.p90) == (Decimal("247.11"),) * 3
    assert found.pays == 1


def test_a_line_counts_a_sixth_of_its_ends_and_four_of_its_middle() -> None:
    found = worth_of_case(a_case(after=(a_line(0, 60, 600),), years=1), seed=1, draws=100)

    assert found.total_cost == Decimal("140.00")


def test_the_simulation_has_the_mean_and_the_spread_of_the_distribution() -> None:
    case = a_case(before=(), after=(a_line(0, 50, 100, year=0),))

    found = worth_of_case(case, seed=3, draws=100_000)

    # Beta(3, 3): its deviation is 100 / sqrt(28), its tenth percentile 24.66 (I_x(3, 3) = 0.1).
    assert float(found.p50) == pytest.approx(-50, abs=0.5)
    assert float(found.p90) == pytest.approx(-24.66, abs=0.5)
    assert float(found.p10) == pytest.approx(-75.34, abs=0.5)
    assert found.pays == 0


def test_a_line_of_each_year_is_wrong_in_all_years_alike() -> None:
    each_year = a_case(before=(), after=(a_line(0, 50, 100),), rate=Decimal(0))
    year_by_year = a_case(
        before=(), after=tuple(a_line(0, 50, 100, year=each) for each in (1, 2)), rate=Decimal(0)
    )

    one, other = (worth_of_case(case, seed=1, draws=20_000) for case in (each_year, year_by_year))

    assert one.net_present == other.net_present == Decimal("-100.00")
    assert one.p90 - one.p10 > Decimal("1.3") * (other.p90 - other.p10)


def test_the_same_seed_gives_the_same_answer_and_stands_in_it() -> None:
    case = a_case(after=(a_line(700, 800, 1200),))

    one, two, other = (worth_of_case(case, seed=seed, draws=500) for seed in (7, 7, 8))

    assert one == two
    assert one.p50 != other.p50
    assert (one.seed, one.draws, one.currency) == (7, 500, "EUR")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"after": (certain(1, currency="USD"),)}, "business-case.currency-mix"),
        ({"years": 0}, "business-case.term-refused"),
        ({"years": 31}, "business-case.term-refused"),
        ({"rate": Decimal(-1)}, "business-case.term-refused"),
        ({"before": (), "after": ()}, "business-case.term-refused"),
        ({"after": (certain(1, year=3),)}, "business-case.line-refused"),
        ({"after": (certain(1, year=-1),)}, "business-case.line-refused"),
    ],
)
def test_a_case_that_cannot_be_added_up_is_refused(changes: dict[str, Any], code: str) -> None:
    with pytest.raises(Refusal) as caught:
        a_case(**changes)

    assert caught.value.code == code


@pytest.mark.parametrize("amounts", [(2, 1, 3), (1, 3, 2), (-1, 0, 1)])
def test_amounts_of_a_line_rise_from_nothing(amounts: tuple[int, int, int]) -> None:
    with pytest.raises(Refusal) as caught:
        a_line(*amounts)

    assert caught.value.code == "business-case.line-refused"


@pytest.mark.parametrize("draws", [0, 1_000_001])
def test_what_cannot_be_drawn_is_refused(draws: int) -> None:
    with pytest.raises(Refusal):
        worth_of_case(a_case(), seed=1, draws=draws)


def test_a_currency_mix_names_both() -> None:
    with pytest.raises(Refusal, match=r"^The lines are in EUR, USD\.$"):
        a_case(after=(certain(1, currency="USD"),))


amounts = st.tuples(*[st.integers(0, 10_000)] * 3).map(sorted)


@given(st.lists(amounts, min_size=1, max_size=4), st.integers(0, 50))
def test_the_band_lies_within_what_is_possible(lines: list[list[int]], percent: int) -> None:
    case = a_case(
        before=(), after=tuple(a_line(*each, year=1) for each in lines), rate=Decimal(percent) / 100
    )

    found = worth_of_case(case, seed=1, draws=50)

    factor = 1 + percent / 100
    most, least = (sum(each[end] for each in lines) / factor for end in (2, 0))
    assert -most - 0.01 <= found.p10 <= found.p50 <= found.p90 <= -least + 0.01
    assert found.total_cost == pytest.approx(
        Decimal(np.sum([(a + 4 * b + c) / 6 for a, b, c in lines])), abs=Decimal("0.01")
    )


def test_benefits_realised_are_weighed_by_what_they_are_worth() -> None:
    assert benefits_realised([(3, 1), (1, Fraction(1, 2))]) == Fraction(7, 8)
    assert benefits_realised([]) is None
    assert benefits_realised([(0, 1)]) is None
