"""Burn rates and alerts, against the cases worked by hand and their laws."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallystick.engine.service_levels.outlook.burn import (
    DAY,
    PYRRA,
    SLOTH,
    Events,
    alerts,
    burn_rate,
    events,
    exhausted_after,
    scaled,
)
from tallystick.engine.service_levels.terms.goals import Goal, read_goal
from tests.engine.service_levels.outlook.cases import each_case_of, spelled
from tests.engine.service_levels.outlook.strategies import targets

NOON = 1_331_294_400
RULES = {"sloth": SLOTH, "pyrra": PYRRA}


def before_noon(rows: list[list[int]]) -> Events:
    """Return events told as [seconds before noon, bad, total]."""
    return events(
        [NOON - age for age, _, _ in rows],
        [bad for _, bad, _ in rows],
        [total for _, _, total in rows],
    )


@each_case_of("burn")
def test_a_burn_rate_is_as_worked_by_hand(case: dict[str, Any]) -> None:
    got = burn_rate(case["bad"], case["total"], read_goal(case["target"]))

    assert spelled(got, case["rate"]) == case["rate"]


@each_case_of("factor")
def test_a_factor_is_as_worked_by_hand(case: dict[str, Any]) -> None:
    got = [str(rule.factor(case["days"] * DAY)) for rule in RULES[case["rules"]]]

    assert got == case["factors"]


@each_case_of("exhausted")
def test_a_budget_is_gone_when_worked_by_hand(case: dict[str, Any]) -> None:
    left, rate = Fraction(case["left"]), Fraction(case["rate"])

    got = exhausted_after(left, rate, case["days"] * DAY)

    assert spelled(got, case["seconds"]) == case["seconds"]


@each_case_of("alert")
def test_alerts_fire_as_worked_by_hand(case: dict[str, Any]) -> None:
    happened = before_noon(case["events"])

    got = alerts(happened, read_goal(case["target"]), period=30 * DAY, as_of=NOON)

    assert [f"{each.rule.long // 3600}h" for each in got if each.fires] == case["fires"]
    cannot = [f"{each.rule.long // 3600}h" for each in got if not each.can_fire]
    assert cannot == case.get("cannot", [])


def test_an_alert_tells_the_rates_it_saw() -> None:
    happened = before_noon([[1800, 18, 1000], [60, 2, 100]])

    got = alerts(happened, read_goal("99.9%"), period=30 * DAY, as_of=NOON)

    assert (got[0].long, got[0].short) == (Fraction(200, 11), Fraction(20))


def test_events_are_put_in_order_of_time() -> None:
    got = events([30, 10, 20], [True, False, False])

    assert got.at.tolist() == [10, 20, 30]
    assert got.bad.tolist() == [0, 0, 1]


def test_rules_for_another_period_have_other_windows_and_the_same_factors() -> None:
    week = scaled(PYRRA, 28 * DAY, 7 * DAY)

    assert [rule.long for rule in week] == [900, 5400, DAY // 4, DAY]
    assert [rule.factor(7 * DAY) for rule in week] == [14, 7, 2, 1]


@pytest.mark.parametrize(
    ("at", "bad", "total", "problem"),
    [
        ([1, 2], [0], [1], "equally long"),
        ([2, 1], [0, 0], [1, 1], "in order of time"),
        ([1], [2], [1], "none to all"),
        ([1], [-1], [1], "none to all"),
    ],
)
def test_events_that_contradict_themselves_cannot_be_built(
    at: list[int], bad: list[int], total: list[int], problem: str
) -> None:
    with pytest.raises(ValueError, match=problem):
        Events(*(np.asarray(column, dtype=np.int64) for column in (at, bad, total)))


@settings(deadline=None)
@given(targets(), st.lists(st.tuples(st.integers(0, 4 * DAY), st.booleans()), max_size=30))
def test_a_good_event_turned_bad_silences_no_alert(
    goal: Goal, happened: list[tuple[int, bool]]
) -> None:
    as_it_was = before_noon([[age, int(bad), 1] for age, bad in happened])
    all_bad = before_noon([[age, 1, 1] for age, _ in happened])

    before, after = (
        alerts(each, goal, period=30 * DAY, as_of=NOON) for each in (as_it_was, all_bad)
    )

    assert all(b.fires <= a.fires for b, a in zip(before, after, strict=True))
    assert all(alert.can_fire for alert in after if alert.fires)
