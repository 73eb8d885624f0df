"""Uncertain weights and scores -> draws of both, a part at a time."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tallystick.engine.scoring.ranks import LEVEL

CHUNK = 1_024
"""Draws that are held at once: a few megabytes, which stay in the processor's cache."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Drawing:
    """Bids x criteria between the anchors, and the shapes of the weights' distribution."""

    middles: Floats
    spreads: Floats
    shapes: Floats

    def chunks(self, draws: int, random: np.random.Generator) -> Iterator[tuple[Floats, Floats]]:
        """Yield weights (draws x criteria) and worth (draws x bids x criteria), part by part."""
        for first in range(0, draws, CHUNK):
            size = min(CHUNK, draws - first)
            yield self._weights(size, random), self.worth(size, random)

    def _weights(self, size: int, random: np.random.Generator) -> Floats:
        drawn: Floats = random.standard_gamma(self.shapes, (size, len(self.shapes)))
        whole = drawn.sum(axis=1, keepdims=True)
        # With hardly any trust all shapes can underflow; such a draw keeps the stated weights.
        np.copyto(drawn, self.shapes, where=whole == 0)
        drawn /= drawn.sum(axis=1, keepdims=True)
        return drawn

    def worth(self, size: int, random: np.random.Generator) -> Floats:
        """Return what each bid is worth on each criterion in so many draws."""
        if not self.spreads.any():
            return np.broadcast_to(np.clip(self.middles, 0, 1), (size, *self.middles.shape))
        drawn: Floats = random.standard_normal((size, *self.middles.shape))
        drawn *= self.spreads
        drawn += self.middles
        return np.clip(drawn, 0, 1, out=drawn)

    def confidence(self, central: list[Floats | None], draws: int, seed: int) -> list[float | None]:
        """Return how often each bid comes first at its own central weights."""
        random = np.random.default_rng([seed, 1])
        won = np.zeros(len(central))
        for first in range(0, draws, CHUNK):
            worth = self.worth(min(CHUNK, draws - first), random)
            for bid, weights in enumerate(central):
                if weights is not None:
                    totals = worth @ weights
                    level = totals >= totals.max(axis=1, keepdims=True) - LEVEL
                    won[bid] += float((level[:, bid] / level.sum(axis=1)).sum())
        return [
            None if weights is None else float(won[bid]) / draws
            for bid, weights in enumerate(central)
        ]
