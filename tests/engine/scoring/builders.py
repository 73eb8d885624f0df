"""Factories of what bids are judged by; name only what a test is about."""

from collections.abc import Mapping
from fractions import Fraction

from hypothesis import strategies as st

from tallystick.engine.scoring import Anchors, CriteriaTree, Criterion, criteria_tree
from tallystick.engine.scoring.valued import Figures
from tallystick.engine.values import Number


def a_flat_tree(**weights: Number) -> CriteriaTree:
    """Return judged criteria without groups, by name."""
    return criteria_tree([Criterion(name, weight) for name, weight in weights.items()])


def an_even_tree(size: int) -> CriteriaTree:
    """Return as many judged criteria of equal weight."""
    return criteria_tree([Criterion(f"c{each}", Fraction(100, size)) for each in range(size)])


def measured(name: str, weight: Number, worst: Number, target: Number) -> Criterion:
    """Return a measured criterion."""
    return Criterion(name, weight, anchors=Anchors(worst, target), judged=False)


def rows(tree: CriteriaTree, **given: tuple[Number, ...]) -> Figures:
    """Return the figures of bids, each given in the order of the leaves."""
    return {bid: dict(zip(tree.ids, each, strict=True)) for bid, each in given.items()}


@st.composite
def problems(draw: st.DrawFn, most_bids: int = 5) -> tuple[CriteriaTree, Figures]:
    """Give a flat tree of 2 to 5 judged criteria, and 2 bids or more, with scores in quarters."""
    parts = draw(st.lists(st.integers(1, 9), min_size=2, max_size=5))
    tree = criteria_tree(
        [Criterion(f"c{n}", Fraction(100 * part, sum(parts))) for n, part in enumerate(parts)]
    )
    quarters = st.integers(0, 20).map(lambda each: Fraction(each, 4))
    row = st.lists(quarters, min_size=len(parts), max_size=len(parts))
    bids = draw(st.lists(row, min_size=2, max_size=most_bids))
    return tree, {f"b{n}": dict(zip(tree.ids, each, strict=True)) for n, each in enumerate(bids)}


def worth(weights: Mapping[str, Fraction], scores: Mapping[str, Number]) -> Fraction:
    """Return what judged scores are worth at any weights: the second opinion of the tests."""
    return sum((weights[name] * Fraction(scores[name]) / 5 for name in scores), Fraction(0))
