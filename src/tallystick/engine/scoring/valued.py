"""A tree of criteria + the figures of bids -> what each bid is worth, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from tallystick.engine.refusals import Refusal
from tallystick.engine.scoring.anchors import LEAST, MOST
from tallystick.engine.scoring.criteria import CriteriaTree, Criterion
from tallystick.engine.values import Number

Figures = Mapping[str, Mapping[str, Number]]
"""By bid, then by leaf: a score from 0 to 5 where people judge, else a figure in its own unit."""


class ScoreMissing(Refusal):
    """A bid has no figure for a criterion; a blank is no zero."""

    code = "scores.missing"


class ScoreOutsideScale(Refusal):
    """A judged score lies outside 0 to 5."""

    code = "scores.outside-scale"


class ScoreOfNothing(Refusal):
    """A figure is given for what is no leaf of the criteria."""

    code = "scores.unknown-criterion"


@dataclass(frozen=True, slots=True)
class Contribution:
    """
    What one criterion adds to a bid: `points` is `weight` times `utility`.

    `acceptable` is False where the figure is worse than the worst acceptable one.
    """

    criterion: str
    weight: Fraction
    utility: Fraction
    points: Fraction
    acceptable: bool


@dataclass(frozen=True, slots=True)
class BidValue:
    """What a bid is worth, from 0 to 1. Bids worth the same share the better rank."""

    bid: str
    total: Fraction
    rank: int
    contributions: tuple[Contribution, ...]


def value_bids(tree: CriteriaTree, figures: Figures) -> list[BidValue]:
    """
    Return what each bid is worth, exactly, best first; equals stand in the order of their names.

    The additive value model on fixed anchors (Keeney and Raiffa 1976): the sum over the leaves of
    weight times utility. A bid's worth depends on that bid alone, so another bid that comes or
    goes reorders nobody.

    Raises:
        ScoreMissing, ScoreOutsideScale, ScoreOfNothing: if a figure is not what it should be.
    """
    found = {bid: _contributions(tree, bid, given) for bid, given in figures.items()}
    totals = {bid: sum((each.points for each in of), Fraction(0)) for bid, of in found.items()}
    order = sorted(totals, key=lambda bid: (-totals[bid], bid))
    return [
        BidValue(bid, totals[bid], 1 + sum(other > totals[bid] for other in totals.values()), of)
        for bid in order
        for of in (found[bid],)
    ]


def _contributions(
    tree: CriteriaTree, bid: str, given: Mapping[str, Number]
) -> tuple[Contribution, ...]:
    check_figures(tree, bid, given)
    return tuple(_contribution(tree, leaf, given[leaf.id]) for leaf in tree.leaves)


def _contribution(tree: CriteriaTree, leaf: Criterion, figure: Number) -> Contribution:
    scale, weight = tree.scale(leaf), tree.weights[leaf.id]
    utility = scale.utility(figure)
    return Contribution(leaf.id, weight, utility, weight * utility, scale.position(figure) >= 0)


def check_figures(tree: CriteriaTree, bid: str, given: Mapping[str, Number]) -> None:
    """
    Refuse figures of a bid that do not fit the criteria; see `value_bids`.

    Raises:
        ScoreMissing, ScoreOutsideScale, ScoreOfNothing: each with the bid and criterion.
    """
    for name in given:
        if name not in tree.weights:
            raise ScoreOfNothing(
                f"Bid {bid} has a figure for {name}, which is no criterion that is scored.",
                place=f"scores.{bid}.{name}",
                remedy="Score the criteria that have no others under them.",
            )
    for leaf in tree.leaves:
        if leaf.id not in given:
            raise ScoreMissing(
                f"Bid {bid} has no figure for {leaf.id}.",
                place=f"scores.{bid}.{leaf.id}",
                remedy="Score it, or take the criterion or the bid out.",
            )
        if leaf.judged and not LEAST <= given[leaf.id] <= MOST:
            raise ScoreOutsideScale(
                f"Bid {bid} has {given[leaf.id]} for {leaf.id}; scores go from {LEAST} to {MOST}.",
                place=f"scores.{bid}.{leaf.id}",
                remedy=f"Give a score from {LEAST} to {MOST}.",
            )
