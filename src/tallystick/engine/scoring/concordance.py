"""Scores of several evaluators -> how far they agree on the order of bids."""

from collections.abc import Sequence
from fractions import Fraction


def kendalls_w(scores: Sequence[Sequence[Fraction | int]]) -> Fraction | None:
    """
    Return Kendall's W of evaluators who each scored the same bids, exactly: 0 none, 1 all agree.

    W = 12 S / (m² (n³ - n)), with the correction for ties (Kendall and Gibbons, Rank Correlation
    Methods). None for fewer than two evaluators or bids, or where everybody ties everything.
    """
    evaluators, bids = len(scores), len(scores[0]) if scores else 0
    if evaluators < 2 or bids < 2:
        return None
    ranked = [_ranks(each) for each in scores]
    sums = [sum((ranks[bid] for ranks in ranked), Fraction(0)) for bid in range(bids)]
    mean = sum(sums, Fraction(0)) / bids
    spread = sum(((each - mean) ** 2 for each in sums), Fraction(0))
    ties = sum(_ties(each) for each in scores)
    most = evaluators**2 * (bids**3 - bids) - evaluators * ties
    return 12 * spread / most if most else None


def _ranks(scores: Sequence[Fraction | int]) -> list[Fraction]:
    """Return ranks from 1; equal scores share the mean of theirs."""
    in_order = sorted(scores)
    return [
        Fraction(2 * in_order.index(each) + in_order.count(each) + 1, 2)  # the mean of its places
        for each in scores
    ]


def _ties(scores: Sequence[Fraction | int]) -> int:
    return sum(count**3 - count for count in (scores.count(each) for each in set(scores)))
