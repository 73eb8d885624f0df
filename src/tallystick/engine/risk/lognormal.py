"""A 90 % interval of losses -> a lognormal distribution."""

import math
from dataclasses import dataclass
from fractions import Fraction
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from tallystick.engine.risk.pert import Pert
from tallystick.engine.risk.refused import IntervalRefused, amount
from tallystick.engine.values import Number

WIDEST = 10**6
"""From the lower to the upper end; a wider interval says that nobody knows."""
_NORMAL = NormalDist()
_SPREADS = 2 * _NORMAL.inv_cdf(0.95)
"""Standard deviations between both ends of a 90 % interval: 3.2897."""
_NODES = np.linspace(-8.25, 8.25, 2_113)
_BELOW = np.asarray([math.erfc(-each / math.sqrt(2)) / 2 for each in _NODES.tolist()])
"""The chance of a normal figure below each node, 1/128 apart."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Lognormal:
    """
    A loss that lies between `low` and `high` nine times in ten, and never above `cap`, if given.

    sigma = (ln high - ln low) / 3.2897, mu = (ln low + ln high) / 2 (Hubbard and Seiersen 2016).
    What would be more than the cap is the cap: a limit of liability, or the worth of the asset.

    Raises:
        FigureNotFinite, AmountOutOfRange: if a figure is no number from 0 to 10^15.
        IntervalRefused: if low is 0, is not below high, or is a millionth of it or less, or if
            the cap is not above low.
    """

    low: Number
    high: Number
    cap: Number | None = None

    def __post_init__(self) -> None:
        low, high = amount(self.low, "low"), amount(self.high, "high")
        if low == 0:
            raise IntervalRefused(
                "A lognormal loss is never 0, but its interval begins there.",
                place="low",
                remedy="Give the loss that 95 in 100 exceed, or take the least, the likeliest and "
                "the highest.",
            )
        if low >= high:
            raise IntervalRefused(
                f"The interval from {self.low} to {self.high} does not rise.",
                place="high",
                remedy="Give the loss that 95 in 100 exceed, then the one that 5 in 100 exceed.",
            )
        if high >= WIDEST * low:
            raise IntervalRefused(
                f"The interval from {self.low} to {self.high} spans a factor of a million.",
                place="high",
                remedy="Split the risk into a small and a large one that can be estimated.",
            )
        if self.cap is not None and amount(self.cap, "cap") <= low:
            raise IntervalRefused(
                f"The cap of {self.cap} is not above the low end, {self.low}.",
                place="cap",
                remedy="A loss that always meets its cap is a constant; give it as one.",
            )

    @property
    def sigma(self) -> float:
        """Return the standard deviation of the logarithm."""
        return (math.log(self.high) - math.log(self.low)) / _SPREADS

    @property
    def mu(self) -> float:
        """Return the mean of the logarithm."""
        return (math.log(self.low) + math.log(self.high)) / 2

    @property
    def expected(self) -> Fraction:
        """Return its mean, the cap included."""
        return Fraction(self._moment(1))

    @property
    def variance(self) -> Fraction:
        """Return its variance, the cap included."""
        return Fraction(self._moment(2)) - self.expected**2

    def _moment(self, power: int) -> float:
        """Return the mean of a power of it: the part below the cap, and the cap for the rest."""
        mu, sigma = self.mu, self.sigma
        whole = math.exp(power * mu + (power * sigma) ** 2 / 2)
        if self.cap is None:
            return whole
        end = (math.log(self.cap) - mu) / sigma
        below = whole * _NORMAL.cdf(end - power * sigma)
        return below + float(self.cap) ** power * _NORMAL.cdf(-end)

    def scaled(self, factor: Fraction) -> "Lognormal | Pert":
        """Return it with every figure multiplied; nothing is a constant."""
        if factor == 0:
            return Pert(0, 0, 0)
        cap = None if self.cap is None else factor * Fraction(self.cap)
        return Lognormal(factor * Fraction(self.low), factor * Fraction(self.high), cap)

    def at(self, chances: Floats) -> Floats:
        """
        Return the losses that lie as far up as chances between 0 and 1 say: its quantiles.

        By a table of the normal distribution function, straight between places 1/128 apart: off
        by less than sigma x 1e-4, as a part of the loss, for chances from 1e-9 on.
        """
        found: Floats = np.interp(chances, _BELOW, _NODES)
        found *= self.sigma
        found += self.mu
        np.exp(found, out=found)
        return found if self.cap is None else np.minimum(found, float(self.cap), out=found)
