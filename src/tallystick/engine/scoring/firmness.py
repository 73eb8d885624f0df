"""Bids under uncertain weights and scores -> how often each comes in each rank (SMAA-2)."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tallystick.engine.refusals import Refusal
from tallystick.engine.scoring.criteria import CriteriaTree
from tallystick.engine.scoring.drawing import Drawing
from tallystick.engine.scoring.ranks import Tally
from tallystick.engine.scoring.valued import Figures, check_figures

DRAWS = 100_000
MOST_DRAWS = 10_000_000
CONFIDENCE_DRAWS = 10_000
"""Draws of scores alone, for the confidence factors."""
TRUST = 50.0
"""How firmly the stated weights are meant: a weight of 20 % is then drawn as 20 ± 5.6 points."""
Floats = NDArray[np.float64]
Spreads = Mapping[str, Mapping[str, float]]
"""By bid, then by leaf: the standard deviation of the evaluators' figures, in the same unit."""


class DrawsRefused(Refusal):
    """The number of draws, the trust in the weights or a spread cannot be used."""

    code = "firmness.refused"


@dataclass(frozen=True, slots=True)
class Firmness:
    """
    How firm a ranking is, with all that is needed to compute it again.

    `ranks[bid]` are the shares of draws in which a bid came first, second and so on; they add up
    to 1. `wins[bid][other]` is the share in which it was worth more. `central[bid]` are the mean
    weights of those draws in which it came first, and `confidence[bid]` how often it comes first
    at these weights while only scores vary; both are None for a bid that never does.
    """

    ranks: Mapping[str, tuple[float, ...]]
    wins: Mapping[str, Mapping[str, float]]
    central: Mapping[str, Mapping[str, float] | None]
    confidence: Mapping[str, float | None]
    trust: float | None
    draws: int
    seed: int

    def first(self, bid: str) -> float:
        """Return the share of draws in which a bid came first."""
        return self.ranks[bid][0]

    def error(self, bid: str) -> float:
        """Return the standard error of that share, which comes from the number of draws."""
        share = min(max(self.first(bid), 0.0), 1.0)
        return float(np.sqrt(share * (1 - share) / self.draws))


def firmness(
    tree: CriteriaTree,
    figures: Figures,
    spreads: Spreads | None = None,
    *,
    seed: int,
    draws: int = DRAWS,
    trust: float | None = TRUST,
) -> Firmness:
    """
    Return how often each bid comes in each rank when weights and scores are not quite certain.

    Weights are drawn from Dirichlet(trust x stated weights): their mean is what was stated, and
    the larger the trust, the closer they stay; at 1 nearly all weight falls on one criterion or
    another. None takes every weighting as equally likely, whatever was stated. Figures are drawn
    from a normal distribution around what is given, with the spread that is given (none: 0), and
    are worth 0 to 1 between the anchors, which clips them. Bids that draw level (within 1e-12)
    share their ranks: two on the first two get half of each, and half a win against each other.
    The same inputs and seed give the same answer. (Lahdelma and Salminen 2001.)

    Raises:
        ScoreMissing, ScoreOutsideScale, ScoreOfNothing: as `value_bids`.
        DrawsRefused: if draws, trust or a spread lies outside what can be drawn.
    """
    _check(draws, trust)
    names = list(figures)
    for name in names:
        check_figures(tree, name, figures[name])
    drawing = Drawing(
        middles=_middles(tree, figures),
        spreads=_spreads(tree, names, spreads or {}),
        shapes=_shapes(tree, trust),
    )
    tally = Tally.empty(len(names), len(tree.leaves))
    for weights, worth in drawing.chunks(draws, np.random.default_rng([seed, 0])):
        tally.add(weights, np.einsum("dbc,dc->db", worth, weights))
    central = tally.central()
    sure = drawing.confidence(central, min(draws, CONFIDENCE_DRAWS), seed)
    return Firmness(
        ranks={name: tuple(row) for name, row in zip(names, tally.ranks(), strict=True)},
        wins=_wins(names, tally.wins()),
        central={
            name: None if row is None else dict(zip(tree.ids, row.tolist(), strict=True))
            for name, row in zip(names, central, strict=True)
        },
        confidence=dict(zip(names, sure, strict=True)),
        trust=trust,
        draws=draws,
        seed=seed,
    )


def _check(draws: int, trust: float | None) -> None:
    if not 1 <= draws <= MOST_DRAWS:
        raise DrawsRefused(
            f"{draws} draws were asked for; 1 to {MOST_DRAWS:,} can be made.",
            place="draws",
            remedy=f"Take {DRAWS:,}.",
        )
    if trust is not None and not 0.1 <= trust <= 1e6:
        raise DrawsRefused(
            f"The trust in the weights is {trust}; it lies between 0.1 and 1,000,000.",
            place="trust",
            remedy=f"Take {TRUST:g}, or none for any weighting at all.",
        )


def _middles(tree: CriteriaTree, figures: Figures) -> Floats:
    """Return bids x criteria: positions between the anchors, beyond them too."""
    rows = [
        [float(tree.scale(leaf).position(given[leaf.id])) for leaf in tree.leaves]
        for given in figures.values()
    ]
    return np.asarray(rows, dtype=np.float64).reshape(len(rows), len(tree.leaves))


def _spreads(tree: CriteriaTree, names: list[str], spreads: Spreads) -> Floats:
    widths = [
        abs(float(tree.scale(leaf).target) - float(tree.scale(leaf).worst)) for leaf in tree.leaves
    ]
    rows = [[spreads.get(name, {}).get(leaf, 0.0) for leaf in tree.ids] for name in names]
    found = np.asarray(rows, dtype=np.float64).reshape(len(rows), len(widths))
    if not np.all(np.isfinite(found) & (found >= 0)):
        raise DrawsRefused(
            "A spread is no number from 0 on.",
            place="spreads",
            remedy="Give the standard deviation of the evaluators' scores, or none.",
        )
    found /= np.asarray(widths)
    return found


def _shapes(tree: CriteriaTree, trust: float | None) -> Floats:
    if trust is None:
        return np.ones(len(tree.leaves))
    return trust * np.asarray([float(tree.weights[each]) for each in tree.ids])


def _wins(names: list[str], wins: list[list[float]]) -> dict[str, dict[str, float]]:
    return {
        name: {other: row[place] for place, other in enumerate(names) if other != name}
        for name, row in zip(names, wins, strict=True)
    }
