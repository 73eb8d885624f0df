"""How far evaluators agree, and what they should talk about."""

from fractions import Fraction

import pytest

from tallystick.engine.scoring import Score, concord


def marks(criterion: str, **scores: tuple[int, ...]) -> list[Score]:
    """Return the scores of a criterion by bid, one for each evaluator."""
    return [
        Score(f"e{number}", bid, criterion, score)
        for bid, given in scores.items()
        for number, score in enumerate(given)
    ]


def test_a_bid_is_pooled_to_its_mean_and_spread() -> None:
    (found,) = concord(marks("quality", Alder=(2, 3, 4))).pooled

    assert (found.scores, found.mean, found.width) == (3, 3, 2)
    assert found.spread == pytest.approx(1)


def test_scores_two_points_apart_are_talked_about() -> None:
    found = concord(marks("quality", Alder=(2, 4), Birch=(3, 5), Cedar=(4, 5)))

    assert [(each.bid, each.wide, each.disputed) for each in found.moderate] == [
        ("Alder", True, False),
        ("Birch", True, False),
    ]
    assert found.w["quality"] == Fraction(13, 14)  # two fives tie


def test_every_bid_of_a_criterion_whose_order_is_in_dispute_is_talked_about() -> None:
    found = concord(
        marks("quality", Alder=(3, 4), Birch=(4, 3)) + marks("price", Alder=(3, 3), Birch=(4, 4))
    )

    assert [(each.bid, each.criterion, each.disputed) for each in found.moderate] == [
        ("Alder", "quality", True),
        ("Birch", "quality", True),
    ]
    assert found.w == {"quality": 0, "price": 1}


def test_agreement_is_that_of_those_who_scored_every_bid() -> None:
    scores = [*marks("quality", Alder=(1, 1), Birch=(2, 2)), Score("late", "Alder", "quality", 2)]

    assert concord(scores).w == {"quality": 1}


def test_one_evaluator_has_nobody_to_agree_with() -> None:
    found = concord(marks("quality", Alder=(1,), Birch=(2,)))

    assert found.w == {"quality": None}
    assert found.spreads == {"quality": 0}
    assert found.moderate == []


def test_means_and_spreads_come_as_values_and_firmness_take_them() -> None:
    found = concord(marks("quality", Alder=(3, 4), Birch=(4, 4)))

    assert found.figures() == {"Alder": {"quality": Fraction(7, 2)}, "Birch": {"quality": 4}}
    assert found.deviations()["Birch"] == {"quality": 0}
    assert found.spreads["quality"] == pytest.approx(0.5**0.5 / 2)
