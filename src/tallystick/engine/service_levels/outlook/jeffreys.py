"""Kept and missed so far -> what the next ones will be like, under Jeffreys' prior."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from tallystick.engine.service_levels.outlook import beta


@dataclass(frozen=True, slots=True)
class Experience:
    """
    How many of a kind were kept and how many missed: items of a level, or whole windows.

    What it teaches about the true share of kept ones is Beta(kept + 1/2, missed + 1/2): the
    prior of Jeffreys (1946) takes no side and is symmetric in kept and missed. It supposes that
    one is kept or missed independently of the others, at a share that does not change.
    Where it does change, `as_if` lets what is older count for less.
    """

    kept: int | Fraction = 0
    missed: int | Fraction = 0

    def __post_init__(self) -> None:
        if min(self.kept, self.missed) < 0:
            raise ValueError(f"{self} counts less than nothing")

    @property
    def next_kept(self) -> Fraction:
        """Return the chance that the next one is kept, exact: (kept + 1/2) / (all + 1)."""
        return Fraction(2 * self.kept + 1) / (2 * (self.whole + 1))

    @property
    def whole(self) -> int | Fraction:
        """Return how many there were."""
        return self.kept + self.missed

    def with_more(self, other: "Experience") -> "Experience":
        """Return the experience of both."""
        return Experience(self.kept + other.kept, self.missed + other.missed)

    def as_if(self, items: Fraction) -> "Experience":
        """Return the experience in the same proportion, as if it were of at most so many."""
        if self.whole <= items:
            return self
        return Experience(self.kept * items / self.whole, self.missed * items / self.whole)


NOTHING_SEEN = Experience()
"""No experience: the next one is as likely kept as missed."""


def misses_of(experience: Experience, volume: int) -> NDArray[np.float64]:
    """
    Return the chances of 0, 1, ... `volume` misses among the next `volume`; they add up to 1.

    The beta-binomial distribution, by the ratio of neighbours: no gamma function, no loss at
    the far ends. Floats, good to twelve digits at ten thousand.
    """
    j = np.arange(volume, dtype=np.float64)
    up = (volume - j) * (j + float(experience.missed) + 0.5)
    down = (j + 1) * (volume - j - 0.5 + float(experience.kept))
    weights = np.r_[0.0, np.cumsum(np.log(up) - np.log(down))]
    chances = np.exp(weights - weights.max())
    return np.asarray(chances / chances.sum(), dtype=np.float64)


def chance_of_at_most(misses: int, experience: Experience, volume: int) -> float:
    """Return the chance that of the next `volume` at most `misses` are missed; a float."""
    if misses < 0:
        return 0.0
    if misses >= volume:
        return 1.0
    return min(1.0, float(misses_of(experience, volume)[: misses + 1].sum()))


def chance_that_share_reaches(share: Fraction, experience: Experience) -> float:
    """Return the chance that the true share of kept ones is `share` or more; a float."""
    a, b = float(experience.missed) + 0.5, float(experience.kept) + 0.5
    return beta.below(float(1 - share), a, b)


def likely_share(experience: Experience, mass: float = 0.9) -> tuple[float, float]:
    """
    Return the interval in which the true share of kept ones lies with a chance of `mass`.

    Jeffreys' equal-tailed interval; it reaches 0 if nothing was kept and 1 if nothing was
    missed (Brown, Cai and DasGupta, Statistical Science 16, 2001). Floats.
    """
    a, b = float(experience.kept) + 0.5, float(experience.missed) + 0.5
    tail = (1 - mass) / 2
    low = beta.point(tail, a, b) if experience.kept else 0.0
    high = beta.point(1 - tail, a, b) if experience.missed else 1.0
    return low, high
