"""Rank acceptability: against chances known exactly, a plain loop, and laws."""

import math
import random
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings

from tallystick.engine.refusals import Refusal
from tallystick.engine.scoring import CriteriaTree, firmness
from tallystick.engine.scoring.valued import Figures
from tests.engine.scoring.builders import a_flat_tree, an_even_tree, problems, rows

DRAWS = 20_000
NEAR = 4 * math.sqrt(0.25 / DRAWS)
"""Four standard errors of a share."""
QUARTER = Fraction(5, 4)


def test_any_weighting_at_all_gives_the_part_of_weights_at_which_a_bid_leads() -> None:
    tree = a_flat_tree(quality=90, delivery=10)

    # Alder is worth the weight of quality, Birch a quarter whatever the weights.
    found = firmness(
        tree, rows(tree, Alder=(5, 0), Birch=(QUARTER, QUARTER)), seed=1, draws=DRAWS, trust=None
    )

    assert found.first("Alder") == pytest.approx(0.75, abs=NEAR)
    assert found.wins["Birch"]["Alder"] == pytest.approx(0.25, abs=NEAR)


def test_the_central_weights_are_the_middle_of_those_at_which_a_bid_leads() -> None:
    tree = a_flat_tree(quality=50, delivery=50)

    found = firmness(
        tree, rows(tree, Alder=(5, 0), Birch=(QUARTER, QUARTER)), seed=1, draws=DRAWS, trust=None
    )

    central = found.central["Alder"]
    assert central is not None
    assert central["quality"] == pytest.approx(0.625, abs=0.01)  # between 0.25 and 1
    assert found.confidence == {"Alder": 1.0, "Birch": 1.0}


def test_spreads_of_scores_give_the_chance_of_the_normal_distribution() -> None:
    tree = a_flat_tree(quality=100)
    spreads = {"Alder": {"quality": 0.3}, "Birch": {"quality": 0.4}}

    found = firmness(tree, rows(tree, Alder=(2.5,), Birch=(3,)), spreads, seed=2, draws=DRAWS)

    # The difference has a mean of 0.5 and a deviation of 0.5: one in 6.3 lies below nothing.
    expected = 0.5 * math.erfc(1 / math.sqrt(2))
    assert found.first("Alder") == pytest.approx(expected, abs=NEAR)
    assert found.confidence["Alder"] == pytest.approx(expected, abs=2 * NEAR)


def test_scores_are_clipped_to_their_scale() -> None:
    tree = a_flat_tree(quality=100)
    spreads = {"Alder": {"quality": 2.0}, "Birch": {"quality": 2.0}}

    found = firmness(tree, rows(tree, Alder=(5,), Birch=(5,)), spreads, seed=2, draws=DRAWS)

    # Each is at the end of the scale in half of the draws: a quarter of all draws are level.
    assert found.first("Alder") == pytest.approx(0.5, abs=NEAR)


def test_bids_that_draw_level_share_their_ranks() -> None:
    tree = a_flat_tree(quality=50, delivery=50)

    found = firmness(
        tree, rows(tree, Alder=(4, 4), Birch=(4, 4), Cedar=(1, 1), Doug=(4, 4)), seed=3, draws=50
    )

    third = pytest.approx(1 / 3)
    assert found.ranks["Birch"] == (third, third, third, 0)
    assert found.ranks["Cedar"] == (0, 0, 0, 1)
    assert found.wins["Alder"] == {"Birch": 0.5, "Cedar": 1.0, "Doug": 0.5}
    assert found.central["Cedar"] is None
    assert found.confidence["Cedar"] is None
    assert found.confidence["Alder"] == third


def test_one_bid_is_first_in_every_draw() -> None:
    tree = a_flat_tree(quality=50, delivery=50)

    found = firmness(tree, rows(tree, Alder=(1, 4)), seed=4, draws=100)

    assert found.ranks == {"Alder": (1.0,)}
    assert found.wins == {"Alder": {}}
    assert found.error("Alder") == 0


def test_the_same_seed_gives_the_same_answer_and_stands_in_it() -> None:
    tree = an_even_tree(4)
    figures = rows(tree, Alder=(5, 1, 3, 2), Birch=(3, 3, 3, 2))
    spreads = {"Alder": dict.fromkeys(tree.ids, 0.5)}

    one, two, other = (
        firmness(tree, figures, spreads, seed=seed, draws=3_000) for seed in (7, 7, 8)
    )

    assert one == two
    assert one.ranks != other.ranks
    assert (one.seed, one.draws, one.trust) == (7, 3_000, 50.0)


def a_loop(tree: CriteriaTree, figures: Figures, trust: float, draws: int) -> dict[str, float]:
    """Return how often each bid is first, draw by draw, with another source of chance."""
    chance = random.Random(11)  # noqa: S311  (no secret hangs on it)
    won = dict.fromkeys(figures, 0.0)
    for _ in range(draws):
        drawn = {c: chance.gammavariate(trust * float(w), 1) for c, w in tree.weights.items()}
        totals = {
            bid: sum(drawn[c] * float(given[c]) for c in drawn) for bid, given in figures.items()
        }
        most = max(totals.values())
        first = [bid for bid, total in totals.items() if total >= most - 1e-12]
        for bid in first:
            won[bid] += 1 / len(first)
    return {bid: count / draws for bid, count in won.items()}


@pytest.mark.parametrize("trust", [5.0, 50.0])
def test_a_plain_loop_finds_the_same(trust: float) -> None:
    tree = a_flat_tree(price=40, quality=35, delivery=25)
    figures = rows(tree, Alder=(2, 4, 3), Birch=(4, 2, 3), Cedar=(3, 3, 3))

    found = firmness(tree, figures, seed=5, draws=DRAWS, trust=trust)

    looped = a_loop(tree, figures, trust, DRAWS)
    assert {bid: found.first(bid) for bid in figures} == pytest.approx(looped, abs=1.5 * NEAR)


@settings(max_examples=40)
@given(problem=problems())
def test_each_rank_goes_to_somebody_and_each_bid_has_one(problem: Any) -> None:
    tree, figures = problem

    found = firmness(tree, figures, seed=1, draws=64, trust=3.0)

    for ranks in (*found.ranks.values(), *zip(*found.ranks.values(), strict=True)):
        assert sum(ranks) == pytest.approx(1)
    for bid, wins in found.wins.items():
        for other, share in wins.items():
            assert share + found.wins[other][bid] == pytest.approx(1)


@settings(max_examples=40)
@given(problem=problems())
def test_a_bid_that_is_better_everywhere_is_never_behind(problem: Any) -> None:
    tree, figures = problem
    best = {name: max(given[name] for given in figures.values()) for name in tree.ids}

    found = firmness(tree, {**figures, "best": best}, seed=1, draws=64, trust=None)

    assert all(share >= 0.5 for share in found.wins["best"].values())


def test_next_to_no_trust_still_gives_weights() -> None:
    tree = an_even_tree(20)

    found = firmness(
        tree, rows(tree, Alder=(5,) * 20, Birch=(1,) * 20), seed=1, draws=5_000, trust=0.1
    )

    assert found.first("Alder") == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"draws": 0},
        {"draws": 10_000_001},
        {"trust": 0.0},
        {"trust": -1.0},
        {"spreads": {"Alder": {"quality": -1.0}}},
        {"spreads": {"Alder": {"quality": float("nan")}}},
    ],
)
def test_what_cannot_be_drawn_is_refused(wrong: dict[str, Any]) -> None:
    tree = a_flat_tree(quality=100)

    with pytest.raises(Refusal) as caught:
        firmness(tree, rows(tree, Alder=(4,)), **{"seed": 1, **wrong})

    assert caught.value.code == "firmness.refused"


def test_scores_that_fit_no_criterion_are_refused_here_too() -> None:
    with pytest.raises(Refusal) as caught:
        firmness(a_flat_tree(quality=100), {"Alder": {"quality": 7}}, seed=1)

    assert caught.value.code == "scores.outside-scale"
