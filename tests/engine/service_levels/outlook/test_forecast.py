"""The chance that a window will be met, against the cases worked by hand and its laws."""

from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallystick.engine.service_levels.measure import measure
from tallystick.engine.service_levels.outlook.forecast import forecast, forecast_window
from tallystick.engine.service_levels.outlook.jeffreys import Experience
from tallystick.engine.service_levels.outlook.past import Past, so_far
from tallystick.engine.service_levels.terms.goals import Goal, read_goal
from tallystick.engine.service_levels.windows import windows_of
from tests.engine.service_levels.outlook.cases import answers, each_case_of
from tests.engine.service_levels.outlook.strategies import counts, experiences, targets
from tests.engine.service_levels.outlook.test_past import MID_MARCH, WINDOWS, measured
from tests.engine.service_levels.test_examples import needs_data, the_real

ROUNDING = 1e-9
KEPT, MISSED = Experience(1, 0), Experience(0, 1)


def past_in(case: dict[str, Any]) -> Past:
    """Return the past that a case tells."""
    used = np.asarray(case["past_used"]) if "past_used" in case else None
    kept = case.get("past_kept", 0) if used is None else len(used)
    return Past(Experience(kept, case.get("past_missed", 0)), used)


@each_case_of("forecast")
def test_a_forecast_is_as_worked_by_hand(case: dict[str, Any]) -> None:
    got = forecast(
        read_goal(case["target"]),
        Experience(case.get("kept", 0), case.get("missed", 0)),
        pending=case.get("pending", []),
        further=case.get("further", []),
        past=past_in(case),
    )

    assert answers(got, case["gives"]) == case["gives"]


def test_open_items_miss_each_with_its_own_chance() -> None:
    used = [0.1, 0.4, 0.7, 0.95]
    past = Past(Experience(3, 2), np.asarray([0.2, 0.5, 0.9]))

    got = forecast(read_goal("50%"), Experience(), pending=used, past=past)

    kept = past.chances(used)
    ways = [np.asarray(way) for way in product([0, 1], repeat=4) if sum(way) >= 2]
    assert got.chance == pytest.approx(
        sum(float(np.prod(np.where(way, kept, 1 - kept))) for way in ways)
    )


def test_a_window_is_forecast_from_outcomes() -> None:
    got = forecast_window(measured(), read_goal("50%"), WINDOWS, 2, MID_MARCH)

    # March has one kept; one is open with 3 of 4 hours used, kept with (1 + 1/2) / (2 + 1); one
    # or two come, each after five kept and one missed. Half of three or four may be missed.
    open_missed, miss, two_misses = 0.5, 1.5 / 7, 1.5 / 7 * 2.5 / 8
    of_three = 1 - open_missed * miss
    of_four = 1 - open_missed * two_misses
    assert got.chance == pytest.approx((of_three + of_four) / 2)


@needs_data
@pytest.mark.real_data
def test_on_real_data_half_a_month_tells_more_than_the_usual_share_of_months_met() -> None:
    agreement, spans, _ = the_real("italian-helpdesk")
    windows, level = windows_of(agreement), agreement.service_level("resolution-serious")
    goal, chances, met = read_goal("70%"), [], []
    last = measure(spans, level, agreement, windows[-1].end)
    for position in range(6, len(windows)):
        middle = (windows[position].start + windows[position].end) // 2
        known = measure(spans, level, agreement, middle)
        chances.append(forecast_window(known, goal, windows, position, middle).chance)
        end = so_far(last, position)
        met.append(end.kept >= goal.value * end.whole)

    brier = np.mean((np.asarray(chances) - met) ** 2)

    assert 0.2 < np.mean(met) < 0.8
    assert brier < np.var(met) / 4


@settings(deadline=None)
@given(
    targets(),
    experiences(),
    st.lists(st.floats(0, 1), max_size=6),
    st.lists(counts(40), max_size=4),
    experiences(),
)
def test_one_more_kept_never_lowers_and_one_more_missed_never_raises_the_chance(
    goal: Goal, now: Experience, pending: list[float], further: list[int], past: Experience
) -> None:
    worse, as_is, better = (
        forecast(goal, each, pending=pending, further=further, past=Past(past)).chance
        for each in (now.with_more(MISSED), now, now.with_more(KEPT))
    )

    assert worse - ROUNDING <= as_is <= better + ROUNDING
    assert min(worse, as_is, better) >= 0
    assert max(worse, as_is, better) <= 1


@settings(deadline=None)
@given(experiences(), st.lists(counts(40), max_size=3), experiences(), st.integers(1, 99))
def test_a_higher_target_is_never_likelier_met(
    now: Experience, further: list[int], past: Experience, percent: int
) -> None:
    easier, harder = (
        forecast(read_goal(f"{each}%"), now, further=further, past=Past(past)).chance
        for each in (percent, percent + 1)
    )

    assert harder <= easier + ROUNDING


@settings(deadline=None)
@given(targets(), experiences(), st.lists(st.floats(0, 1), max_size=6), counts(40))
def test_misses_to_expect_lie_between_those_so_far_and_all(
    goal: Goal, now: Experience, pending: list[float], further: int
) -> None:
    got = forecast(goal, now, pending=pending, further=[further])

    assert now.missed <= got.misses <= now.missed + len(pending) + further + ROUNDING
