"""Bars of parts: their figures are those of the order, and many parts are drawn as their groups."""

from fractions import Fraction
from types import SimpleNamespace
from typing import Any, cast

from tallystick.web.bar_list import stacked
from tallystick.web.ranking_charts import MOST_PIECES, worth_chart
from tallystick.web.ranking_words import worth


def test_a_figure_beside_a_bar_is_rounded_as_the_order_rounds_it() -> None:
    parts = {"one": Fraction(1431, 2000), "other": Fraction(0)}

    chart = stacked("Worth", [("A Orion", parts)], [])

    assert chart.bars[0].figure == worth(Fraction(1431, 2000))


def a_tree(leaves: int) -> tuple[list[Any], dict[str, Any]]:
    """Return two groups with so many criteria in all, and a ranking of one bid by them."""
    groups = [
        SimpleNamespace(pk=n, public_id=f"g{n}", name=f"G{n}", parent_id=None) for n in (1, 2)
    ]
    below = [
        SimpleNamespace(pk=10 + n, public_id=f"c{n}", name=f"C{n}", parent_id=1 + n % 2)
        for n in range(leaves)
    ]
    given = {each.public_id: f"1/{2 * leaves}" for each in below}
    document = {
        "criteria": [{"id": each.public_id} for each in below],
        "bids": [{"supplier": "Orion", "contributions": given}],
    }
    return cast("list[Any]", [*groups, *below]), document


def test_many_criteria_are_drawn_by_group_and_told_one_by_one() -> None:
    criteria, document = a_tree(MOST_PIECES + 2)

    chart = worth_chart(document, criteria)

    assert [kind for _, _, kind in chart.legend] == ["G1", "G2"]
    assert [part.width for part in chart.bars[0].parts] == [25, 25]
    assert len(chart.rows) == MOST_PIECES + 3
    assert chart.rows[-1] == ("All", ["50.0"])


def test_few_criteria_are_drawn_one_by_one() -> None:
    criteria, document = a_tree(MOST_PIECES)

    assert len(worth_chart(document, criteria).legend) == MOST_PIECES
