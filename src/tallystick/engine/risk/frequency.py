"""How often something happens -> the chances of so many times in a period."""

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from tallystick.engine.risk.pert import Pert
from tallystick.engine.risk.refused import RateOutOfRange, chance
from tallystick.engine.values import Number

MOST_RATE = 365
"""Times a year. What happens every day is a cost, and is budgeted."""
_LEAST = 1e-17
"""Chances below it are none: with a million draws they would come once in 10^11 simulations."""
_POINTS = 128
"""Rates that stand for an uncertain one."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Rate:
    """
    So many times a year, at random: Poisson. An uncertain rate is itself PERT distributed.

    Raises:
        RateOutOfRange: if the highest rate is more than 365 a year.
    """

    per_year: Pert

    def __post_init__(self) -> None:
        if self.per_year.high > MOST_RATE:
            raise RateOutOfRange(
                f"It happens up to {float(self.per_year.high):g} times a year; "
                f"at most {MOST_RATE} can be priced.",
                place="high",
                remedy="Budget what happens every day as a cost, and price what is out of the "
                "ordinary.",
            )

    @classmethod
    def of(cls, rate: Number) -> "Rate":
        """Return a rate that is certain."""
        return cls(Pert(rate, rate, rate))

    def expected(self, years: Fraction) -> Fraction:
        """Return the mean number of times, exactly."""
        return years * self.per_year.expected

    def variance(self, years: Fraction) -> Fraction:
        """Return the variance of the number: that of Poisson, and that of the rate."""
        return self.expected(years) + years**2 * self.per_year.variance

    def scaled(self, factor: Fraction) -> "Rate":
        """Return it at so many times the rate."""
        return Rate(self.per_year.scaled(factor))

    def exceeding(self, years: Fraction) -> Floats:
        """
        Return the chances of more than 0, 1, 2 ... times, as far as there are any.

        An uncertain rate is integrated out: the chances are those of the mixture, exact to 1e-8.
        """
        rates, weights = _rates(self.per_year)
        rates = rates * float(years)
        most = float(rates.max())
        if most == 0:
            return np.zeros(0)
        times = np.arange(int(most + 10 * most**0.5 + 30))
        factorials = np.concatenate(([0.0], np.cumsum(np.log(times[1:]))))
        with np.errstate(under="ignore", divide="ignore"):
            logs = np.log(rates)[:, None] * times - rates[:, None] - factorials
            mixed = weights @ np.exp(logs)
        # Summed from the far end, so that small chances keep their digits.
        more = np.cumsum(mixed[:0:-1])[::-1]
        found: Floats = more[more > _LEAST]
        return found


@dataclass(frozen=True, slots=True)
class Once:
    """
    Once in the period or not at all (Bernoulli), with a chance; the years do not change it.

    A chance that is itself uncertain is its mean: no figure but this one depends on it.

    Raises:
        FigureNotFinite, ChanceOutOfRange: if it is no number from 0 to 1.
    """

    chance: Number

    def __post_init__(self) -> None:
        chance(self.chance, "chance")

    def expected(self, years: Fraction) -> Fraction:
        """Return the mean number of times, whatever the years."""
        return Fraction(self.chance)

    def variance(self, years: Fraction) -> Fraction:
        """Return the variance of the number."""
        return Fraction(self.chance) * (1 - Fraction(self.chance))

    def scaled(self, factor: Fraction) -> "Once":
        """Return it at so many times the chance."""
        return Once(factor * Fraction(self.chance))

    def exceeding(self, years: Fraction) -> Floats:
        """Return the chance of more than 0 times, if there is any."""
        return np.asarray([float(self.chance)] if self.chance > 0 else [])


Frequency = Rate | Once


def thresholds(exceeding: Floats) -> Floats:
    """
    Return the normal figures beyond which something happens more than 0, 1, 2 ... times.

    They rise. So a normal figure becomes a number of times by looking it up: the inverse of the
    distribution function, to the last digit and without one call per draw.
    """
    normal = NormalDist()
    return np.asarray([-normal.inv_cdf(p) if p < 1 else -np.inf for p in exceeding.tolist()])


def _rates(rate: Pert) -> tuple[Floats, Floats]:
    """Return rates and their weights, which stand for all of a PERT distribution."""
    if rate.certain:
        return np.asarray([float(rate.low)]), np.ones(1)
    # With x = sin^2 both ends of the density become smooth enough for so few points.
    points, parts = _gauss_legendre()
    angle = (points + 1) * np.pi / 4
    x, mode = np.sin(angle) ** 2, float(rate.mode)
    weights = parts * np.sin(angle) ** (8 * mode + 1) * np.cos(angle) ** (9 - 8 * mode)
    low, width = float(rate.low), float(Fraction(rate.high) - Fraction(rate.low))
    return low + width * x, weights / weights.sum()


@lru_cache(maxsize=1)
def _gauss_legendre() -> tuple[Floats, Floats]:
    """Return points and weights; not at import, as most who import this price nothing."""
    return np.polynomial.legendre.leggauss(_POINTS)
