"""Points -> the line of median slope through them, and those of points drawn again."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_CELLS = 2_000_000
"""Weights of pairs that are held at once, some 16 MB."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """Straight lines; both arrays have one entry per line."""

    slopes: Floats
    starts: Floats

    def at(self, place: float) -> Floats:
        """Return the height of each line at a place."""
        return self.starts + self.slopes * place


def one_line(at: Floats, values: Floats) -> Lines:
    """Return the line of median slope through points (Theil 1950, Sen 1968)."""
    return _weighed(at, values, np.ones((1, len(at))))


def median_lines(at: Floats, values: Floats, draws: int, random: np.random.Generator) -> Lines:
    """
    Return one line for each time that as many points are drawn again, with replacement.

    A point that is drawn k times counts k times, and a pair k times l times, so the slopes of all
    pairs are computed and sorted once. Draws without two different places are left out; if all
    are, the one line of all points stands for them.
    """
    points = len(at)
    counts = random.multinomial(points, np.full(points, 1 / points), size=draws)
    place = np.unique(at, return_inverse=True)[1]
    drawn = np.where(counts > 0, place, -1)
    lowest = np.where(counts > 0, place, points).min(axis=1)
    kept = counts[drawn.max(axis=1) > lowest]
    return _weighed(at, values, kept) if len(kept) else one_line(at, values)


def _weighed(at: Floats, values: Floats, counts: NDArray[np.number]) -> Lines:
    first, second = np.triu_indices(len(at), k=1)
    apart = at[second] != at[first]
    first, second = first[apart], second[apart]
    every = (values[second] - values[first]) / (at[second] - at[first])
    order = np.argsort(every, kind="stable")
    first, second, every = first[order], second[order], every[order]
    part = max(1, _CELLS // len(every))
    slopes = np.concatenate(
        [
            _medians(
                every, counts[since : since + part, first] * counts[since : since + part, second]
            )
            for since in range(0, len(counts), part)
        ]
    )
    return Lines(slopes, _starts(at, values, counts, slopes))


def _starts(at: Floats, values: Floats, counts: NDArray[np.number], slopes: Floats) -> Floats:
    left = values[None, :] - slopes[:, None] * at[None, :]
    order = np.argsort(left, axis=1, kind="stable")
    rows = np.arange(len(left))[:, None]
    in_order, weights = left[rows, order], counts[rows, order]
    return _medians_of_rows(in_order, weights)


def _medians(in_order: Floats, weights: NDArray[np.number]) -> Floats:
    """Return the medians of values that each row of weights counts so many times."""
    return _medians_of_rows(np.broadcast_to(in_order, weights.shape), weights)


def _medians_of_rows(in_order: Floats, weights: NDArray[np.number]) -> Floats:
    below = np.cumsum(weights, axis=1)
    half = below[:, -1:] / 2
    # With an even count the median lies between two values; both searches agree otherwise.
    low = (below < half).sum(axis=1)
    high = (below <= half).sum(axis=1)
    rows = np.arange(len(below))
    found: Floats = (in_order[rows, low] + in_order[rows, high]) / 2
    return found
