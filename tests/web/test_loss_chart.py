"""A loss curve is read from its picture: what is not on it is not drawn."""

from typing import Any

import pytest

from tallystick.web.risks.loss_chart import brief, loss_chart


def a_document(p80: str) -> dict[str, Any]:
    """Return what a chart needs of a simulation."""
    curve = [["120000", "0.3"], ["300000", "0.2"], ["900000", "0.01"]]
    part = {"curve": curve, "p80": p80, "p95": "700000"}
    return {"currency": "EUR", "residual": part, "inherent": part}


def test_the_p80_is_marked_where_the_curve_has_it() -> None:
    chart = loss_chart(a_document("300000"))

    assert [words for _, _, words in chart.marks] == ["P80: 300\u202f000 EUR"]


def test_a_p80_below_the_axis_is_not_marked_at_its_edge() -> None:
    chart = loss_chart(a_document("0.00"))

    assert not chart.marks


def test_both_axes_say_what_they_count() -> None:
    chart = loss_chart(a_document("300000"))

    assert chart.up == "Chance in a year"
    assert chart.across.startswith("Loss in a year, EUR")


@pytest.mark.parametrize(
    ("amount", "words"),
    [(0, "0"), (999, "999"), (1000, "1k"), (250_000, "250k"), (1_500_000, "1.5m"), (10**9, "1bn")],
)
def test_an_axis_writes_amounts_short(amount: int, words: str) -> None:
    assert brief(amount) == words
