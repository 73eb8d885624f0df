"""What bids are worth in many draws -> counts of ranks and wins, and the weights that won."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LEVEL = 1e-12
"""Bids whose worth lies no further apart than this draw level."""

Floats = NDArray[np.float64]


@dataclass(slots=True, eq=False)
class Tally:
    """
    Counts over draws, part by part, so that no more than a part is ever held.

    Shapes: `places` bids x ranks x bids, the draws in which so many bids are better (second) and
    so many, itself included, are level (third, less one); `better` bids x bids; `won` bids x
    criteria, the sum of the weights in draws that a bid won.
    """

    places: Floats
    better: Floats
    won: Floats
    draws: int

    @classmethod
    def empty(cls, bids: int, criteria: int) -> "Tally":
        """Return a tally of no draws."""
        shape = (bids, bids, bids)
        return cls(np.zeros(shape), np.zeros((bids, bids)), np.zeros((bids, criteria)), 0)

    def add(self, weights: Floats, totals: Floats) -> None:
        """Add draws: their weights (draws x criteria) and what bids are worth (draws x bids)."""
        size, bids = totals.shape
        self.draws += size
        columns = np.ascontiguousarray(totals.T)
        for bid in range(bids):
            ahead = columns - columns[bid]
            above, below = ahead > LEVEL, ahead < -LEVEL
            more = above.sum(axis=0)
            level = bids - more - below.sum(axis=0)
            counts = np.bincount(more * bids + level - 1, minlength=bids * bids)
            self.places[bid] += counts.reshape(bids, bids)
            self.better[bid] += (below.sum(axis=1) - above.sum(axis=1) + size) / 2
            self.won[bid] += np.where(more == 0, 1 / level, 0.0) @ weights

    def ranks(self) -> list[list[float]]:
        """Return for each bid its share of each rank; bids that draw level share theirs."""
        bids = len(self.places)
        shares = np.zeros((bids, bids))
        for level in range(1, bids + 1):
            for offset in range(level):
                # So many bids level from a rank on hold each of the next ranks in equal parts.
                last = bids - offset
                shares[:, offset:] += self.places[:, :last, level - 1] / level
        shares /= self.draws
        found: list[list[float]] = shares.tolist()
        return found

    def wins(self) -> list[list[float]]:
        """Return for each bid how often it beats each other one; a draw is half a win."""
        found: list[list[float]] = (self.better / self.draws).tolist()
        return found

    def central(self) -> list[Floats | None]:
        """Return for each bid the mean of the weights with which it won; None if it never did."""
        sums = self.won.sum(axis=1)
        return [
            row / total if total > 0 else None for row, total in zip(self.won, sums, strict=True)
        ]
