"""What bids are judged by -> a checked tree of criteria, with the weight of each leaf."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from tallystick.engine.scoring.anchors import JUDGED, Anchors
from tallystick.engine.scoring.criteria_refused import (
    CriteriaCircular,
    CriterionTwice,
    CriterionWithoutAnchors,
    NoCriteria,
    ParentUnknown,
    WeightOutOfRange,
    WeightsDoNotSum,
)
from tallystick.engine.values import Number

WHOLE = 100
"""What the weights of siblings add up to."""
TOLERANCE = Decimal("0.01")
"""How far they may miss it: thirds are written as 33.33, 33.33 and 33.33."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """
    One thing that bids are judged by; `weight` is its part of 100 among its siblings.

    A judged criterion takes scores from 0 to 5, and these are its anchors if it names none. A
    measured one takes any figure in its own unit, and names its anchors. What has children is
    a group: its anchors are not used.
    """

    id: str
    weight: Number
    parent: str | None = None
    anchors: Anchors | None = None
    judged: bool = True

    @property
    def scale(self) -> Anchors | None:
        """Return the anchors that count; None for a measured criterion without any."""
        return JUDGED if self.anchors is None and self.judged else self.anchors


@dataclass(frozen=True, slots=True)
class CriteriaTree:
    """
    Criteria that were checked; made by `criteria_tree`.

    `leaves` are those without children, in the order given; `weights` has the weight of each
    leaf in the whole. These add up to exactly 1, since siblings are divided by their sum.
    """

    criteria: Sequence[Criterion]
    leaves: Sequence[Criterion]
    weights: Mapping[str, Fraction]

    @property
    def ids(self) -> tuple[str, ...]:
        """Return the ids of the leaves, in order."""
        return tuple(each.id for each in self.leaves)

    def scale(self, leaf: Criterion) -> Anchors:
        """Return the anchors of a leaf, which a checked tree always has."""
        if leaf.scale is None:
            raise ValueError(f"{leaf.id} is no leaf of a checked tree")
        return leaf.scale


def criteria_tree(criteria: Iterable[Criterion]) -> CriteriaTree:
    """
    Return the criteria as a tree, with the weight of each leaf in the whole, exactly.

    Raises:
        NoCriteria: if there is none.
        CriterionTwice, ParentUnknown, CriteriaCircular: if they form no tree.
        WeightOutOfRange: if a weight lies outside 0 to 100.
        WeightsDoNotSum: if siblings add up to anything but 100, give or take 0.01.
        CriterionWithoutAnchors: if a measured leaf has none.
    """
    known = _by_id(criteria)
    children: dict[str | None, list[Criterion]] = defaultdict(list)
    for each in known.values():
        children[each.parent].append(each)
    _check_circles(known)
    sums = {parent: _sum(parent, siblings) for parent, siblings in children.items()}
    leaves = [each for each in known.values() if each.id not in children]
    for leaf in leaves:
        if leaf.scale is None:
            raise CriterionWithoutAnchors(leaf.id)
    weights = {leaf.id: _in_the_whole(leaf, known, sums) for leaf in leaves}
    return CriteriaTree(tuple(known.values()), tuple(leaves), weights)


def _by_id(criteria: Iterable[Criterion]) -> dict[str, Criterion]:
    known: dict[str, Criterion] = {}
    for each in criteria:
        if each.id in known:
            raise CriterionTwice(each.id)
        if not 0 <= each.weight <= WHOLE:
            raise WeightOutOfRange(each.id, each.weight)
        known[each.id] = each
    if not known:
        raise NoCriteria
    for each in known.values():
        if each.parent is not None and each.parent not in known:
            raise ParentUnknown(each.id, each.parent)
    return known


def _check_circles(known: Mapping[str, Criterion]) -> None:
    for each in known.values():
        seen: list[str] = []
        for above in _upwards(each, known):
            if above.id in seen:
                raise CriteriaCircular(seen[seen.index(above.id) :])
            seen.append(above.id)


def _upwards(criterion: Criterion, known: Mapping[str, Criterion]) -> Iterator[Criterion]:
    yield criterion
    while criterion.parent is not None:
        criterion = known[criterion.parent]
        yield criterion


def _sum(parent: str | None, siblings: Sequence[Criterion]) -> Fraction:
    found = sum((Fraction(each.weight) for each in siblings), Fraction(0))
    if abs(found - WHOLE) > Fraction(TOLERANCE):
        raise WeightsDoNotSum(parent, found)
    return found


def _in_the_whole(
    leaf: Criterion, known: Mapping[str, Criterion], sums: Mapping[str | None, Fraction]
) -> Fraction:
    weight = Fraction(1)
    for each in _upwards(leaf, known):
        weight *= Fraction(each.weight) / sums[each.parent]
    return weight
