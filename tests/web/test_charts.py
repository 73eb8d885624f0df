"""Charts: where marks fall, and what is said to those who do not see them."""

from dataclasses import dataclass
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.engine.service_levels.outlook.control_chart import control_chart
from tallystick.engine.service_levels.terms.goals import Direction, Goal, Unit, read_goal
from tallystick.web.axes import scale_for
from tallystick.web.charts import Point, bar, interval_strip, sparkline, trend_chart

TARGET = read_goal("95%")
HOURS = read_goal("<= 8h")
THREE: list[Point] = [
    ("2026-01", Fraction(97, 100), "met"),
    ("2026-02", None, "nothing-due"),
    ("2026-03", Fraction(939, 1000), "missed"),
]


@dataclass(frozen=True)
class Stretch:
    """A stretch of an item's life."""

    since: int
    until: int
    kind: str


def test_near_a_hundred_per_cent_the_axis_starts_above_zero() -> None:
    scale = scale_for([Fraction(97, 100), Fraction(92, 100)], TARGET)

    assert (scale.low, scale.high, scale.step) == (Fraction(9, 10), Fraction(1), Fraction(2, 100))


@given(
    st.sampled_from(Unit),
    st.sampled_from(Direction),
    st.lists(st.fractions(0, 1), max_size=30),
    st.fractions(0, 1),
    st.sampled_from([1, 7, 3600, 10**6]),
)
def test_every_value_lies_within_the_axis(
    unit: Unit, side: Direction, shares: list[Fraction], target: Fraction, size: int
) -> None:
    factor = 1 if unit is Unit.SHARE else size
    values = [share * factor for share in shares]
    goal = Goal(target * factor, unit, side)

    scale = scale_for(values, goal)

    assert all(scale.low <= value <= scale.high for value in [*values, goal.value])
    assert 2 <= len(scale.ticks()) <= 7


def test_hours_stand_on_an_axis_of_hours() -> None:
    scale = scale_for([Fraction(7 * 3600), Fraction(10 * 3600)], HOURS)

    assert [label for _, label in scale.ticks()] == ["0 h", "4 h", "8 h", "12 h"]


def test_scores_far_from_zero_have_an_axis_of_their_own() -> None:
    scale = scale_for([Fraction("4.1"), Fraction("4.6")], read_goal(">= 4.2"))

    assert (scale.low, scale.high) == (4, Fraction("4.8"))


def test_a_limit_of_both_levels_and_the_natural_limits_are_drawn() -> None:
    values = [Fraction(n, 100) for n in (97, 96, 98, 97, 96, 98)]
    points: list[Point] = [(f"2026-{n:02}", value, "met") for n, value in enumerate(values, 1)]

    chart = trend_chart(
        points, TARGET, "x", minimum=read_goal("90%"), control=control_chart(values)
    )

    assert [line.words for line in chart.levels] == ["Expected 95%", "Minimum 90%"]
    assert chart.band is not None
    assert chart.band.words.startswith("Natural limits ")


def test_the_points_of_a_signal_are_ringed() -> None:
    values = [Fraction(99 - n, 100) for n in range(6)]
    points: list[Point] = [("2026-00", None, "nothing-due")]
    points += [(f"2026-{n:02}", value, "met") for n, value in enumerate(values, 1)]

    marks = trend_chart(points, TARGET, "x", control=control_chart(values)).marks

    assert [mark.signalled for mark in marks] == [False, *[True] * 6]


def test_a_month_without_value_interrupts_the_line() -> None:
    assert trend_chart(THREE, TARGET, "Response").lines == []


def test_each_verdict_has_a_shape_of_its_own() -> None:
    shapes = [mark.shape for mark in trend_chart(THREE, TARGET, "Response").marks]

    assert shapes == ["circle", "none", "diamond"]


def test_the_summary_says_what_the_chart_shows() -> None:
    summary = trend_chart(THREE, TARGET, "Response").summary

    assert summary == (
        "2 measured, 1 missed; expected 95%. "
        "Worst: 93.90% (March 2026); latest: 93.90% (March 2026)."
    )


def test_the_same_numbers_follow_as_a_table() -> None:
    html = str(trend_chart(THREE, TARGET, "Response"))

    assert html.count('<th scope="row">') == len(THREE)
    assert "93.90%" in html.partition("<table")[2]


@pytest.mark.parametrize("count", range(1, 61))
def test_at_most_five_labels_stand_on_a_narrow_axis(count: int) -> None:
    points: list[Point] = [(f"{n}", Fraction(1), "met") for n in range(count)]

    marks = trend_chart(points, TARGET, "Response").marks

    classes = [mark.tick_class for mark in marks]
    assert 1 <= classes.count("tick") <= 5
    assert sum(bool(name) for name in classes) <= 12
    assert classes[-1] == "tick"


def test_a_chart_has_no_style_of_its_own() -> None:
    drawn = [trend_chart(THREE, TARGET, "<b>"), sparkline(THREE, TARGET), bar([("paused", 1)], "x")]

    html = "".join(str(chart) for chart in drawn)

    assert "style=" not in html
    assert "<b>" not in html


def test_a_sparkline_of_nothing_has_no_mark() -> None:
    assert sparkline([("2026-01", None, "nothing-due")], TARGET).last is None


def test_a_sparkline_starts_anew_after_a_gap() -> None:
    assert sparkline(THREE, TARGET).path.count("M") == 2


def test_a_strip_fills_its_width_and_adds_up() -> None:
    strip = interval_strip([Stretch(0, 3600, "counted"), Stretch(3600, 7200, "paused")])

    assert [(part.x, part.width) for part in strip.parts] == [
        ("0.000%", "50.000%"),
        ("50.000%", "50.000%"),
    ]
    assert strip.summary == "Counted: 1 h; Paused: 1 h"


def test_a_strip_and_its_legend_use_the_words_of_the_table() -> None:
    strip = interval_strip([Stretch(0, 3600, "unmeasured")])

    assert strip.summary == "Not measured: 1 h"
    assert "Not measured <strong>1 h</strong>" in str(strip)


def test_an_item_without_intervals_is_said_to_have_none() -> None:
    assert "No interval" in str(interval_strip([]))
