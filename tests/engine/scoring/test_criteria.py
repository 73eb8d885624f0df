"""The tree of criteria: weights in the whole, and what forms no tree."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import pytest

from tallystick.engine.refusals import Refusal
from tallystick.engine.scoring import Anchors, Criterion, criteria_tree
from tallystick.engine.scoring.criteria_refused import WeightsDoNotSum


def test_a_leaf_weighs_its_part_of_each_group_above_it() -> None:
    tree = criteria_tree(
        [
            Criterion("price", 40, anchors=Anchors(1200, 800), judged=False),
            Criterion("quality", 60),
            Criterion("team", 75, parent="quality"),
            Criterion("method", 25, parent="quality"),
        ]
    )

    assert tree.weights == {
        "price": Fraction(2, 5),
        "team": Fraction(9, 20),
        "method": Fraction(3, 20),
    }


def test_thirds_may_be_written_with_two_decimals_and_still_make_a_whole() -> None:
    third = Decimal("33.33")

    tree = criteria_tree([Criterion(name, third) for name in "abc"])

    assert sum(tree.weights.values()) == 1


def test_weights_that_do_not_sum_name_the_group_and_the_sum() -> None:
    criteria = [
        Criterion("quality", 100),
        Criterion("team", 50, parent="quality"),
        Criterion("method", 40, parent="quality"),
    ]

    with pytest.raises(WeightsDoNotSum) as caught:
        criteria_tree(criteria)

    assert (caught.value.parent, caught.value.sum) == ("quality", 90)
    assert str(caught.value) == "The weights under quality add up to 90 instead of 100."


@pytest.mark.parametrize(
    ("criteria", "code"),
    [
        ([], "criteria.none"),
        ([Criterion("a", 50), Criterion("a", 50)], "criteria.twice"),
        ([Criterion("a", 100, parent="z")], "criteria.unknown-parent"),
        ([Criterion("a", 100, parent="a")], "criteria.circular"),
        (
            [Criterion("a", 100, parent="b"), Criterion("b", 100, parent="a")],
            "criteria.circular",
        ),
        ([Criterion("a", 101)], "criteria.weight-out-of-range"),
        ([Criterion("a", 110), Criterion("b", -10)], "criteria.weight-out-of-range"),
        ([Criterion("a", Decimal("99.98"))], "criteria.weights-do-not-sum"),
        ([Criterion("a", 100, judged=False)], "criteria.without-anchors"),
    ],
)
def test_what_forms_no_tree_is_refused(criteria: Sequence[Criterion], code: str) -> None:
    with pytest.raises(Refusal) as caught:
        criteria_tree(criteria)

    assert caught.value.code == code
    assert caught.value.place
    assert caught.value.remedy


def test_a_circle_is_told_way_by_way() -> None:
    with pytest.raises(Refusal, match=r"^Criteria lie in a circle: a under b under a\.$"):
        criteria_tree([Criterion("a", 100, parent="b"), Criterion("b", 100, parent="a")])


def test_anchors_are_two_figures() -> None:
    with pytest.raises(Refusal) as caught:
        Anchors(5, Decimal("5.0"))

    assert caught.value.code == "criteria.anchors-equal"
