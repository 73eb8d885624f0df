"""How two teams say they work: gaps and spreads, and when nothing is told."""

from fractions import Fraction

import pytest

from tallystick.engine.scoring import ITEMS, compare_norms
from tallystick.engine.scoring.norms import AnswerOutsideScale


def answers(*marks: int) -> list[dict[str, int]]:
    """Return a team's answers to one item."""
    return [{"bad-news": each} for each in marks]


def test_the_gap_of_two_medians_is_told_in_points_of_a_hundred() -> None:
    (gap,) = compare_norms(answers(2, 2, 5), answers(4, 5, 6, 6), ["bad-news"]).gaps

    assert (gap.ours, gap.theirs) == (2, Fraction(11, 2))
    assert gap.points == Fraction(175, 3)  # 3.5 of 6
    assert gap.our_spread == Fraction(50, 3)  # a mean distance of 1
    assert gap.their_spread == Fraction(25, 2)  # of 0.75


def test_the_widest_gap_stands_first() -> None:
    ours = [dict.fromkeys(ITEMS, 4) | {"quality": 1}] * 3
    theirs = [dict.fromkeys(ITEMS, 4) | {"quality": 7, "overtime": 5}] * 3

    found = compare_norms(ours, theirs)

    assert [(each.item, each.points) for each in found.gaps[:3]] == [
        ("quality", 100),
        ("overtime", Fraction(50, 3)),
        ("bad-news", 0),
    ]


def test_of_fewer_than_three_answers_nothing_is_told() -> None:
    found = compare_norms(answers(1, 7), answers(4, 4, 4), ["bad-news"])

    assert not found.comparable
    assert (found.ours, found.theirs, found.gaps) == (2, 3, ())


@pytest.mark.parametrize("wrong", [{}, {"bad-news": 0}, {"bad-news": 8}])
def test_an_answer_outside_the_scale_is_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(AnswerOutsideScale):
        compare_norms([wrong], [], ["bad-news"])


def test_ten_items_have_two_ends_each() -> None:
    assert len(ITEMS) == 10
    assert all(low != high for low, high in ITEMS.values())
