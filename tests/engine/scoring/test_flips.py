"""How little of a weight changes the winner, against trying every weight."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from hypothesis import given

from tallystick.engine.scoring import CriteriaTree, Flip, flips, smallest_flip, value_bids
from tallystick.engine.scoring.valued import Figures
from tests.engine.scoring.builders import a_flat_tree, problems, rows, worth

STEPS = 120
A_HAIR = Fraction(1, 10**9)


def shifted(tree: CriteriaTree, name: str, weight: Fraction) -> Mapping[str, Fraction]:
    """Return the weights with one of them set, the others in their old proportions."""
    left = (1 - weight) / (1 - tree.weights[name])
    return {each: weight if each == name else left * old for each, old in tree.weights.items()}


def ahead(tree: CriteriaTree, figures: Figures, leader: str, name: str, to: Fraction) -> set[str]:
    """Return who is worth more than the leader at a weight."""
    weights = shifted(tree, name, to)
    totals = {bid: worth(weights, given) for bid, given in figures.items()}
    return {bid for bid, total in totals.items() if total > totals[leader]}


@given(problem=problems())
def test_no_smaller_change_of_any_weight_changes_the_winner(problem: Any) -> None:
    tree, figures = problem
    valued = value_bids(tree, figures)

    found = flips(valued)

    for flip in found:
        for step in range(STEPS + 1):
            to = Fraction(step, STEPS)
            less = flip.change is None or abs(to - flip.weight) < abs(flip.change)
            if less:
                assert not ahead(tree, figures, valued[0].bid, flip.criterion, to)


@given(problem=problems())
def test_a_hair_beyond_the_change_its_winner_leads(problem: Any) -> None:
    tree, figures = problem
    valued = value_bids(tree, figures)

    for flip in flips(valued):
        if flip.change:
            beyond = flip.weight + flip.change + (A_HAIR if flip.change > 0 else -A_HAIR)
            leads = ahead(tree, figures, valued[0].bid, flip.criterion, beyond)
            assert flip.winner in leads


def test_two_bids_that_lead_together_flip_with_any_change() -> None:
    tree = a_flat_tree(quality=50, delivery=50)

    found = flips(value_bids(tree, rows(tree, Alder=(2, 4), Birch=(4, 2))))

    assert [(each.change, each.winner) for each in found] == [(0, "Birch"), (0, "Birch")]


def test_the_smallest_flip_is_that_of_the_least_change_either_way() -> None:
    found = [
        Flip("a", Fraction(1, 2), Fraction(1, 10), "Birch"),
        Flip("b", Fraction(1, 4), Fraction(-1, 100), "Cedar"),
        Flip("c", Fraction(1, 4), None, None),
    ]

    assert smallest_flip(found) == found[1]
    assert found[1].points == -1
    assert smallest_flip(found[2:]) is None


def test_no_bid_has_no_flip() -> None:
    assert flips([]) == []
