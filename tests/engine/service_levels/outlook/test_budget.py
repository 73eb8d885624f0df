"""Error budgets, against the cases worked by hand and their laws."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallystick.engine.service_levels.measurement import Measurement, Verdict
from tallystick.engine.service_levels.outlook.budget import (
    Budget,
    Standing,
    budget_of,
    item_budget,
    time_budget,
)
from tallystick.engine.service_levels.terms.goals import Goal, read_goal
from tallystick.engine.service_levels.terms.quantities import read_limit
from tests.engine.service_levels.outlook.cases import answers, each_case_of
from tests.engine.service_levels.outlook.strategies import counts, targets


def a_measurement(numerator: int, denominator: int, target: str) -> Measurement:
    """Return a measurement with two pending items."""
    goal = read_goal(target)
    return Measurement("it", "2012-03", numerator, denominator, 2, goal, Verdict.MET)


@each_case_of("budget")
def test_a_budget_is_as_worked_by_hand(case: dict[str, Any]) -> None:
    numbers = {name: case.get(name, 0) for name in ("kept", "missed", "pending", "further")}

    got = item_budget(read_goal(case["target"]), **numbers)

    assert answers(got, case["gives"]) == case["gives"]


@each_case_of("time-budget")
def test_a_budget_of_time_is_as_worked_by_hand(case: dict[str, Any]) -> None:
    up, down, remaining = (
        read_limit(case[name]) if name in case else 0 for name in ("up", "down", "remaining")
    )

    got = time_budget(read_goal(case["target"]), up=up, down=down, remaining=remaining)

    assert answers(got, case["gives"]) == case["gives"]


@pytest.mark.parametrize(("target", "kept", "missed"), [("95%", 18, 2), ("<= 5%", 2, 18)])
def test_a_measurement_has_a_budget(target: str, kept: int, missed: int) -> None:
    measured = a_measurement(18, 20, target)

    got = budget_of(measured, further=5)

    assert (got.kept, got.missed, got.pending, got.further) == (kept, missed, 2, 5)


@pytest.mark.parametrize("target", ["<= 8h", ">= 4.2"])
def test_only_a_share_has_a_budget(target: str) -> None:
    with pytest.raises(ValueError, match="only a share"):
        item_budget(read_goal(target), kept=1, missed=0)


def test_a_budget_of_less_than_nothing_cannot_be_built() -> None:
    with pytest.raises(ValueError, match="less than nothing"):
        item_budget(read_goal("95%"), kept=-1, missed=0)


@settings(deadline=None)
@given(targets(), counts(), counts(), st.integers(1, 200), counts())
def test_one_more_miss_never_raises_what_is_left(
    goal: Goal, kept: int, missed: int, pending: int, further: int
) -> None:
    before = item_budget(goal, kept=kept, missed=missed, pending=pending, further=further)
    of_pending = item_budget(
        goal, kept=kept, missed=missed + 1, pending=pending - 1, further=further
    )
    unexpected = item_budget(goal, kept=kept, missed=missed + 1, pending=pending, further=further)

    assert of_pending.left == before.left - 1
    assert unexpected.left <= before.left


@settings(deadline=None)
@given(targets(), counts(), counts())
def test_what_is_left_of_a_decided_window_says_whether_it_is_met(
    goal: Goal, kept: int, missed: int
) -> None:
    budget = item_budget(goal, kept=kept, missed=missed)

    met = kept >= goal.value * (kept + missed)

    assert (budget.left >= 0) == met == (budget.standing is Standing.SAFE)


@settings(deadline=None)
@given(targets(), counts(), counts())
def test_the_kept_ones_needed_reach_the_target_and_one_fewer_does_not(
    goal: Goal, kept: int, missed: int
) -> None:
    needed = item_budget(goal, kept=kept, missed=missed).kept_needed

    if needed is None:
        assert goal.value == 1
        assert missed
        return
    assert Budget(1 - goal.value, kept + needed, missed).left >= 0
    if needed:
        assert Budget(1 - goal.value, kept + needed - 1, missed).left < 0
