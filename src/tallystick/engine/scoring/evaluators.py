"""Scores of single evaluators -> their mean and spread, and what they should talk about."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

from tallystick.engine.scoring.concordance import kendalls_w
from tallystick.engine.values import Number

WIDE = 2
"""Points between the highest and the lowest score from which evaluators talk."""
CONCORDANCE = Fraction(1, 2)
"""Kendall's W below which an average hides a dispute."""


@dataclass(frozen=True, slots=True)
class Score:
    """One evaluator's score of one bid on one criterion, before any consensus."""

    evaluator: str
    bid: str
    criterion: str
    score: Number


@dataclass(frozen=True, slots=True)
class PooledScore:
    """
    What evaluators gave one bid on one criterion.

    `spread` is the sample standard deviation, 0 for one score; `width` the highest less the
    lowest.
    """

    bid: str
    criterion: str
    scores: int
    mean: Fraction
    spread: float
    width: Fraction


@dataclass(frozen=True, slots=True)
class Moderation:
    """A bid and criterion to talk about: scores lie wide apart, or the order is in dispute."""

    bid: str
    criterion: str
    wide: bool
    disputed: bool


@dataclass(frozen=True, slots=True)
class Concord:
    """
    How far evaluators agree.

    `pooled` has each bid and criterion that was scored; `w` by criterion is Kendall's W over those
    who scored every bid of it, None where fewer than two did, or fewer than two bids are there;
    `spreads` by criterion the mean spread of its bids; `moderate` what to talk about.
    """

    pooled: Sequence[PooledScore]
    w: Mapping[str, Fraction | None]
    spreads: Mapping[str, float]
    moderate: Sequence[Moderation]

    def figures(self) -> dict[str, dict[str, Number]]:
        """Return the means by bid, then by criterion, as `value_bids` takes them."""
        found: dict[str, dict[str, Number]] = defaultdict(dict)
        for each in self.pooled:
            found[each.bid][each.criterion] = each.mean
        return dict(found)

    def deviations(self) -> dict[str, dict[str, float]]:
        """Return the spreads by bid, then by criterion, as `firmness` takes them."""
        found: dict[str, dict[str, float]] = defaultdict(dict)
        for each in self.pooled:
            found[each.bid][each.criterion] = each.spread
        return dict(found)


def concord(
    scores: Iterable[Score], *, wide: Number = WIDE, concordance: Number = CONCORDANCE
) -> Concord:
    """
    Return how far evaluators agree, criterion by criterion in the order in which they come.

    To be talked about: each bid whose scores lie `wide` points apart or more, and every bid of a
    criterion on which W lies below `concordance`. Of an evaluator who scores twice the last counts.
    """
    known: dict[str, dict[str, dict[str, Fraction]]] = defaultdict(lambda: defaultdict(dict))
    for each in scores:
        known[each.criterion][each.bid][each.evaluator] = Fraction(each.score)
    w = {criterion: _agreement(bids) for criterion, bids in known.items()}
    pooled = [
        _pooled(bid, criterion, list(given.values()))
        for criterion, bids in known.items()
        for bid, given in bids.items()
    ]
    spreads = {
        criterion: _mean([each.spread for each in pooled if each.criterion == criterion])
        for criterion in known
    }
    asked = [
        Moderation(each.bid, each.criterion, each.width >= wide, _below(w, each, concordance))
        for each in pooled
    ]
    return Concord(pooled, w, spreads, [each for each in asked if each.wide or each.disputed])


def _agreement(bids: Mapping[str, Mapping[str, Fraction]]) -> Fraction | None:
    names = sorted({name for scores in bids.values() for name in scores})
    complete = [name for name in names if all(name in scores for scores in bids.values())]
    return kendalls_w([[scores[name] for scores in bids.values()] for name in complete])


def _below(w: Mapping[str, Fraction | None], each: PooledScore, least: Number) -> bool:
    found = w[each.criterion]
    return found is not None and found < least


def _pooled(bid: str, criterion: str, scores: Sequence[Fraction]) -> PooledScore:
    mean = sum(scores, Fraction(0)) / len(scores)
    squares = sum(((each - mean) ** 2 for each in scores), Fraction(0))
    spread = sqrt(squares / (len(scores) - 1)) if len(scores) > 1 else 0.0
    return PooledScore(bid, criterion, len(scores), mean, spread, max(scores) - min(scores))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
