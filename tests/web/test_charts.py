"""Charts: where marks fall, and what is said to those who do not see them."""

from dataclasses import dataclass
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.web.charts import Point, bar, interval_strip, sparkline, trend_chart
from tallystick.web.trends import PLOT_BOTTOM, PLOT_TOP, scale_for

TARGET = Fraction(95, 100)
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


@given(st.lists(st.fractions(0, 1), max_size=30), st.fractions(0, 1))
def test_every_value_lies_within_the_axis(shares: list[Fraction], target: Fraction) -> None:
    scale = scale_for(shares, target)

    heights = [float(scale.y(share)) for share in [*shares, target]]

    assert all(PLOT_TOP <= height <= PLOT_BOTTOM for height in heights)
    assert 2 <= len(scale.ticks()) <= 6


def test_a_month_without_value_interrupts_the_line() -> None:
    assert trend_chart(THREE, TARGET, "Response").lines == []


def test_each_verdict_has_a_shape_of_its_own() -> None:
    shapes = [mark.shape for mark in trend_chart(THREE, TARGET, "Response").marks]

    assert shapes == ["circle", "none", "diamond"]


def test_the_summary_says_what_the_chart_shows() -> None:
    summary = trend_chart(THREE, TARGET, "Response").summary

    assert summary == (
        "2 measured, 1 below the target of 95%. Lowest: 93.90% (2026-03); latest: 93.90% (2026-03)."
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


def test_an_item_without_intervals_is_said_to_have_none() -> None:
    assert "No interval" in str(interval_strip([]))
