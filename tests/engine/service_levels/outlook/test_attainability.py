"""What can be promised, against the cases worked by hand and their laws."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallystick.engine.service_levels.outlook.attainability import (
    attainability,
    can_promise,
    chain,
    chance_at_rate,
    chance_of_meeting,
    expected_breaches,
    is_zero_miss_trap,
    least_volume,
    next_window,
    promisable,
    rate_needed,
)
from tallystick.engine.service_levels.outlook.jeffreys import Experience
from tallystick.engine.service_levels.terms.goals import Goal, read_goal
from tests.engine.service_levels.outlook.cases import answers, each_case_of, share, spelled
from tests.engine.service_levels.outlook.strategies import experiences, targets

ROUNDING = 1e-9
KEPT, MISSED = Experience(1, 0), Experience(0, 1)


def shares() -> st.SearchStrategy[Fraction]:
    """Return true shares of kept items."""
    return st.integers(0, 100).map(lambda percent: Fraction(percent, 100))


@each_case_of("next-window")
def test_the_next_window_is_as_worked_by_hand(case: dict[str, Any]) -> None:
    windows = Experience(case["met"], case["missed"])

    assert answers(windows, case["gives"]) == case["gives"]
    assert next_window(windows) == windows.next_kept
    assert spelled(expected_breaches(windows), case["breaches"]) == case["breaches"]


@each_case_of("at-rate")
def test_the_chance_at_a_rate_is_as_worked_by_hand(case: dict[str, Any]) -> None:
    met = chance_at_rate(read_goal(case["target"]), case["volume"], share(case["rate"]))

    assert spelled(met, case["met"]) == case["met"]
    assert spelled(1 - met, case["missed"]) == case["missed"]


def test_at_4_to_19_tickets_a_supplier_of_97_percent_misses_11_to_44_percent_of_the_months() -> (
    None
):
    goal, rate = read_goal("95%"), Fraction(97, 100)

    missed = [1 - chance_at_rate(goal, volume, rate) for volume in range(4, 20)]

    assert missed == sorted(missed)
    assert [round(100 * each) for each in (missed[0], missed[-1])] == [11, 44]


@each_case_of("trap")
def test_a_trap_is_seen_as_worked_by_hand(case: dict[str, Any]) -> None:
    goal = read_goal(case["target"])

    assert is_zero_miss_trap(goal, Fraction(case["volume"])) == case["trap"]
    assert spelled(least_volume(goal), case["least"]) == case["least"]


@each_case_of("rate-needed")
def test_the_rate_needed_is_as_worked_by_hand(case: dict[str, Any]) -> None:
    got = rate_needed(read_goal(case["target"]), case["volume"])

    assert spelled(got, case["rate"]) == case["rate"]


@each_case_of("promisable")
def test_what_can_be_promised_is_as_worked_by_hand(case: dict[str, Any]) -> None:
    items = Experience(case.get("kept", 0), case.get("missed", 0))

    assert spelled(promisable(case["volume"], items), case["gives"]) == case["gives"]


@each_case_of("proposal")
def test_a_proposed_target_is_judged_as_worked_by_hand(case: dict[str, Any]) -> None:
    items = Experience(case["kept"], case["missed"])

    got = attainability(read_goal(case["target"]), case["volume"], items)

    assert answers(got, case["gives"]) == case["gives"]


@each_case_of("chain")
def test_a_chain_is_as_worked_by_hand(case: dict[str, Any]) -> None:
    parts = [share(part) for part in case["parts"]]

    assert spelled(chain(parts), case["makes"]) == case["makes"]
    assert can_promise(read_goal(case["target"]), parts) == case["can_promise"]


@settings(deadline=None)
@given(targets(), st.integers(1, 60), experiences())
def test_more_volume_without_one_more_miss_allowed_never_raises_the_chance(
    goal: Goal, volume: int, items: Experience
) -> None:
    small, large = (attainability(goal, each, items) for each in (volume, volume + 1))

    if small.allowed == large.allowed:
        assert large.chance <= small.chance + ROUNDING
    else:
        assert large.chance >= small.chance - ROUNDING


@settings(deadline=None)
@given(targets(), st.integers(0, 60), experiences())
def test_better_experience_never_lowers_the_chance(
    goal: Goal, volume: int, items: Experience
) -> None:
    worse, as_is, better = (
        chance_of_meeting(goal, volume, each)
        for each in (items.with_more(MISSED), items, items.with_more(KEPT))
    )

    assert worse - ROUNDING <= as_is <= better + ROUNDING


@settings(deadline=None)
@given(targets(), st.integers(0, 40), shares(), shares())
def test_a_better_rate_never_lowers_the_chance(
    goal: Goal, volume: int, one: Fraction, other: Fraction
) -> None:
    worse, better = sorted([one, other])

    assert chance_at_rate(goal, volume, worse) <= chance_at_rate(goal, volume, better)


@settings(deadline=None)
@given(targets(), st.integers(1, 200), st.integers(50, 99))
def test_at_the_rate_needed_a_window_is_met_as_often_as_wanted(
    goal: Goal, volume: int, percent: int
) -> None:
    rate = rate_needed(goal, volume, Fraction(percent, 100))

    met = float(chance_at_rate(goal, volume, Fraction(rate).limit_denominator(10**7)))

    assert met == pytest.approx(percent / 100, abs=1e-3)


@settings(deadline=None)
@given(st.integers(1, 60), experiences())
def test_what_is_promisable_is_attainable_and_one_miss_fewer_is_not(
    volume: int, items: Experience
) -> None:
    promised = promisable(volume, items)

    if promised:
        assert attainability(Goal(promised), volume, items).chance >= 0.9 - ROUNDING
    if promised < 1:
        harder = Goal(promised + Fraction(1, volume))
        assert attainability(harder, volume, items).chance < 0.9 + ROUNDING


@settings(deadline=None)
@given(st.lists(shares(), max_size=5), shares())
def test_one_more_part_never_makes_a_chain_stronger(parts: list[Fraction], part: Fraction) -> None:
    assert chain([*parts, part]) <= chain(parts)


@pytest.mark.parametrize("rate", [Fraction(-1, 2), Fraction(3, 2)])
def test_a_rate_beyond_0_and_1_is_none(rate: Fraction) -> None:
    with pytest.raises(ValueError, match="a rate lies between"):
        chance_at_rate(read_goal("95%"), 5, rate)


def test_a_window_of_no_items_promises_nothing() -> None:
    with pytest.raises(ValueError, match="promises nothing"):
        promisable(0, Experience(5, 0))
