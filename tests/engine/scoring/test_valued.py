"""What bids are worth: cases worked by hand, bad figures, and the law of fixed anchors."""

import tomllib
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.engine.refusals import Refusal
from tallystick.engine.scoring import Anchors, Criterion, criteria_tree, flips, value_bids
from tallystick.engine.scoring.valued import Figures
from tests.engine.scoring.builders import a_flat_tree, measured, problems, rows

CASES = tomllib.loads((Path(__file__).parent / "cases" / "valued.toml").read_text())["case"]


def criterion(name: str, said: dict[str, int]) -> Criterion:
    """Return a criterion of the cases."""
    if "worst" in said:
        return measured(name, said["weight"], said["worst"], said["target"])
    return Criterion(name, said["weight"])


def flipped(said: list[str]) -> tuple[Fraction | None, str | None]:
    """Return a flip of the cases."""
    return (Fraction(said[0]), said[1]) if said else (None, None)


@pytest.mark.parametrize("case", CASES, ids=[case["says"] for case in CASES])
def test_bids_are_worth_what_was_worked_by_hand(case: dict[str, Any]) -> None:
    tree = criteria_tree([criterion(*each) for each in case["criteria"].items()])

    valued = value_bids(tree, case["bids"])

    assert [(each.bid, each.total) for each in valued] == [
        (bid, Fraction(total)) for bid, total in case["worth"].items()
    ]
    assert {each.criterion: (each.change, each.winner) for each in flips(valued)} == {
        name: flipped(said) for name, said in case["flips"].items()
    }


def test_contributions_add_up_and_say_what_is_not_acceptable() -> None:
    tree = criteria_tree([measured("price", 40, 1200, 800), Criterion("quality", 60)])

    (valued,) = value_bids(tree, rows(tree, Alder=(1300, 3)))

    assert [(each.points, each.acceptable) for each in valued.contributions] == [
        (0, False),
        (Fraction(9, 25), True),
    ]
    assert valued.total == Fraction(9, 25)


def test_bids_worth_the_same_share_a_rank() -> None:
    tree = a_flat_tree(quality=50, delivery=50)

    valued = value_bids(tree, rows(tree, Cedar=(1, 1), Birch=(4, 2), Alder=(2, 4)))

    assert [(each.bid, each.rank) for each in valued] == [("Alder", 1), ("Birch", 1), ("Cedar", 3)]


def test_a_judged_criterion_may_have_anchors_of_its_own() -> None:
    tree = criteria_tree([Criterion("quality", 100, anchors=Anchors(1, 4))])

    valued = value_bids(tree, rows(tree, Alder=(2,), Birch=(5,)))

    assert {each.bid: each.total for each in valued} == {"Alder": Fraction(1, 3), "Birch": 1}


@pytest.mark.parametrize(
    ("figures", "code", "place"),
    [
        ({"Alder": {}}, "scores.missing", "scores.Alder.quality"),
        ({"Alder": {"quality": 6}}, "scores.outside-scale", "scores.Alder.quality"),
        ({"Alder": {"quality": -1}}, "scores.outside-scale", "scores.Alder.quality"),
        ({"Alder": {"quality": 3, "fit": 3}}, "scores.unknown-criterion", "scores.Alder.fit"),
    ],
)
def test_figures_that_fit_no_criterion_are_refused(figures: Figures, code: str, place: str) -> None:
    with pytest.raises(Refusal) as caught:
        value_bids(a_flat_tree(quality=100), figures)

    assert (caught.value.code, caught.value.place) == (code, place)


@given(problem=problems(), data=st.data())
def test_a_bid_that_comes_or_goes_never_reorders_the_others(
    problem: Any, data: st.DataObject
) -> None:
    tree, figures = problem
    gone = data.draw(st.sampled_from(sorted(figures)))

    whole = [(each.bid, each.total) for each in value_bids(tree, figures) if each.bid != gone]
    without = value_bids(tree, {bid: given for bid, given in figures.items() if bid != gone})

    assert [(each.bid, each.total) for each in without] == whole


@given(problem=problems(), data=st.data())
def test_a_better_score_never_hurts(problem: Any, data: st.DataObject) -> None:
    tree, figures = problem
    bid, name = data.draw(st.sampled_from([(b, c) for b in sorted(figures) for c in tree.ids]))
    better = {**figures, bid: {**figures[bid], name: 5}}

    before = {each.bid: each.rank for each in value_bids(tree, figures)}
    after = {each.bid: each.rank for each in value_bids(tree, better)}

    assert after[bid] <= before[bid]
