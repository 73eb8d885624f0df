"""Control charts, against the cases worked by hand and their laws."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallystick.engine.service_levels.outlook.control_chart import (
    USUAL,
    Chart,
    Pattern,
    Side,
    control_chart,
    drifting,
    limits_of,
)
from tallystick.engine.service_levels.terms.goals import Direction, read_goal
from tests.engine.service_levels.outlook.cases import each_case_of


def percents(values: Sequence[int | str]) -> list[Fraction]:
    """Return percentages as exact shares."""
    return [Fraction(value) / 100 for value in values]


def as_percents(shares: Sequence[Fraction]) -> list[str]:
    """Return shares as percentages with two decimals."""
    return [f"{float(100 * share):.2f}" for share in shares]


def chart_of(case: dict[str, Any]) -> Chart:
    """Return the chart that a case asks for."""
    patterns = [Pattern(name) for name in case["patterns"]] if "patterns" in case else USUAL
    return control_chart(percents(case["values"]), baseline=case.get("baseline"), patterns=patterns)


def any_values(fewest: int = 6) -> st.SearchStrategy[list[Fraction]]:
    """Return shares in thousandths."""
    permille = st.integers(0, 1000).map(lambda value: Fraction(value, 1000))
    return st.lists(permille, min_size=fewest, max_size=30)


@each_case_of("chart")
def test_a_chart_has_the_signals_worked_by_hand(case: dict[str, Any]) -> None:
    got = chart_of(case).signals

    assert [[s.pattern, s.side, s.first + 1, s.last + 1] for s in got] == case["signals"]


@each_case_of("chart")
def test_a_chart_has_the_limits_worked_by_hand(case: dict[str, Any]) -> None:
    limits = chart_of(case).limits

    if limits is None:
        assert "limits" not in case
        return
    drawn = as_percents([limits.lower, limits.upper])
    assert drawn == case.get("limits", drawn)
    shown = as_percents(limits.shown_for_share())
    assert shown == case.get("shown", shown)


@each_case_of("drift")
def test_green_but_drifting_is_seen_as_worked_by_hand(case: dict[str, Any]) -> None:
    goal, values = read_goal(case["target"]), percents(case["values"])

    got = drifting(control_chart(values), [goal.kept_by(value) for value in values], goal.direction)

    assert [signal.pattern for signal in got] == case["signals"]


@settings(deadline=None)
@given(any_values(fewest=2))
def test_the_limits_lie_around_the_mean(values: list[Fraction]) -> None:
    limits = limits_of(values)

    assert limits.lower <= limits.mean <= limits.upper
    assert limits.upper - limits.mean == limits.mean - limits.lower
    assert min(values) <= limits.mean <= max(values)


@settings(deadline=None)
@given(any_values())
def test_limits_shown_for_shares_are_shares(values: list[Fraction]) -> None:
    limits = limits_of(values)

    low, high = limits.shown_for_share()

    assert 0 <= low <= limits.mean <= high <= 1


@settings(deadline=None)
@given(any_values(), st.sets(st.sampled_from(Pattern)))
def test_a_chart_upside_down_has_the_same_signals_on_the_other_side(
    values: list[Fraction], patterns: set[Pattern]
) -> None:
    chart = control_chart(values, patterns=patterns)
    turned = control_chart([1 - value for value in values], patterns=patterns)

    other = {Side.ABOVE: Side.BELOW, Side.BELOW: Side.ABOVE}
    assert {(s.pattern, s.side, s.first, s.last) for s in chart.signals} == {
        (s.pattern, other[s.side], s.first, s.last) for s in turned.signals
    }


@settings(deadline=None)
@given(any_values(), st.integers(-5, 5), st.integers(1, 9))
def test_another_unit_makes_the_same_signals(
    values: list[Fraction], shift: int, scale: int
) -> None:
    other = [shift + scale * value for value in values]

    assert (
        control_chart(values, patterns=Pattern).signals
        == control_chart(other, patterns=Pattern).signals
    )


@settings(deadline=None)
@given(any_values(), any_values(fewest=0))
def test_with_a_baseline_later_values_leave_earlier_signals_alone(
    values: list[Fraction], later: list[Fraction]
) -> None:
    before = control_chart(values, baseline=6)
    after = control_chart(values + later, baseline=6)

    assert after.limits == before.limits
    assert [s for s in after.signals if s.last < len(values)] == list(before.signals)


@pytest.mark.parametrize("baseline", [5, 8])
def test_a_baseline_has_six_values_that_are_there(baseline: int) -> None:
    with pytest.raises(ValueError, match="a baseline has"):
        control_chart(percents([98] * 7), baseline=baseline)


def test_a_single_value_has_no_limits() -> None:
    with pytest.raises(ValueError, match="two values"):
        limits_of(percents([98]))


def test_each_value_needs_its_verdict_to_drift() -> None:
    with pytest.raises(ValueError, match="one verdict for each"):
        drifting(control_chart(percents([98] * 6)), [True], Direction.AT_LEAST)
