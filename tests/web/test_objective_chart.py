"""The chart of an objective: its axis holds everything, and it says in words what it shows."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.records.objective_actuals import CameBy
from tallystick.records.objective_figures import Value, fared
from tallystick.records.objectives import Objective
from tallystick.web.axes import PLOT_BOTTOM, PLOT_TOP
from tallystick.web.objective_chart import ObjectiveChart, objective_chart

BEGUN, DUE = date(2026, 1, 1), date(2026, 12, 31)


def drawn(
    *values: int, baseline: int = 40, target: int = 20, today: date = date(2026, 7, 1)
) -> ObjectiveChart:
    """Return the chart of an objective with a value each month."""
    objective = Objective(
        measure="Median",
        unit="hours",
        baseline_value=str(baseline),
        baseline_on=BEGUN,
        target=str(target),
        due_on=DUE,
    )
    known = [
        Value(BEGUN + timedelta(days=30 * n), Fraction(value), CameBy.HAND, BEGUN)
        for n, value in enumerate(values, 1)
    ]
    chart = objective_chart(objective, fared(objective, known, today))
    assert chart is not None
    return chart


@given(st.integers(-500, 500), st.integers(-500, 500), st.lists(st.integers(-900, 900), max_size=5))
def test_every_point_lies_within_the_plot(baseline: int, target: int, values: list[int]) -> None:
    if baseline == target:
        return
    chart = drawn(*values, baseline=baseline, target=target)

    ends = [spot for pair in chart.plan for spot in pair]
    for spot in [*chart.marks, *ends]:
        assert PLOT_TOP <= float(spot.y) <= PLOT_BOTTOM
        assert 0 <= float(spot.x.rstrip("%")) <= 100
    assert chart.scale.low <= min(baseline, target, *values) if values else True


def test_the_summary_says_where_it_stands_and_where_it_is_heading() -> None:
    chart = drawn(39, 37, 36, 34)

    assert chart.summary.startswith("It stands at 34 hours, as of 1 May 2026: 30% of the way")
    assert "If it goes on like this, it is at" in chart.summary
    assert chart.fan


def test_two_values_are_too_few_for_a_band() -> None:
    chart = drawn(39, 37)

    assert chart.fan == ""
    assert "1 more value will show where it is heading." in chart.summary


def test_after_its_day_an_objective_has_no_band_ahead() -> None:
    chart = drawn(*range(39, 24, -1), today=date(2027, 6, 1))

    assert chart.fan == ""
    assert "Its day, 31 Dec 2026, has come." in chart.summary


def test_the_numbers_of_the_chart_follow_as_a_table() -> None:
    html = str(drawn(39, 37, 36))

    assert 'role="img" aria-label="Median: It stands at 36 hours' in html
    assert "The same numbers as a table" in html
    assert html.count("<tr>") == 4


@pytest.mark.parametrize("baseline", ["", "slow"])
def test_without_figures_there_is_no_chart(baseline: str) -> None:
    objective = Objective(baseline_value=baseline, baseline_on=BEGUN, target="20", due_on=DUE)

    assert objective_chart(objective, fared(objective, [], DUE)) is None
