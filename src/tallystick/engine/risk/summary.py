"""Losses of many draws -> what they come to: mean, percentiles, tail and curve."""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor, sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from tallystick.engine.risk.appetite import Point
from tallystick.engine.risk.curve import curve_of, percentile

P50, P80, P90, P95, P99 = (Fraction(each, 100) for each in (50, 80, 90, 95, 99))
_SURE = NormalDist().inv_cdf(0.975)

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Band:
    """The true figure lies between both, 95 times in 100."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Summary:
    """
    What a simulated year, or period, may cost, in the unit of the losses.

    `expected` is the mean by formula (annualised loss expectancy, ALE), `mean` that of the draws
    and `mean_error` its standard error. Half of all draws cost no more than `p50`, and so on;
    `p80_band` is what the number of draws leaves open of the P80. `tail95` is the mean of the
    worst 5 % (TVaR, expected shortfall), `no_loss` the share of draws without a loss, and `curve`
    the chance of each loss or more.
    """

    expected: float
    mean: float
    mean_error: float
    deviation: float
    p50: float
    p80: float
    p80_band: Band
    p90: float
    p95: float
    p99: float
    tail95: float
    no_loss: float
    curve: tuple[Point, ...]

    @property
    def p80_error(self) -> float:
        """Return half the band of the P80, as a part of it; 0 where it is nothing."""
        return (self.p80_band.high - self.p80_band.low) / 2 / self.p80 if self.p80 else 0.0


def summary(losses: Floats, expected: Fraction) -> Summary:
    """Return what losses come to, of which there is at least one."""
    in_order = np.sort(losses)
    draws = len(in_order)
    deviation = float(in_order.std())
    p50, p80, p90, p95, p99 = (percentile(in_order, each) for each in (P50, P80, P90, P95, P99))
    return Summary(
        expected=float(expected),
        mean=float(in_order.mean()),
        mean_error=deviation / sqrt(draws),
        deviation=deviation,
        p50=p50,
        p80=p80,
        p80_band=band(in_order, P80),
        p90=p90,
        p95=p95,
        p99=p99,
        tail95=float(in_order[-ceil(draws / 20) :].mean()),
        no_loss=float(np.searchsorted(in_order, 0.0, side="right")) / draws,
        curve=curve_of(in_order),
    )


def band(in_order: Floats, share: Fraction) -> Band:
    """
    Return the 95 % band of a percentile of rising losses, whatever their distribution.

    How many draws lie below the true percentile is binomial; the band goes from one order
    statistic to another (David and Nagaraja 2003, 7.1; normal approximation).
    """
    draws, part = len(in_order), float(share)
    wide = _SURE * sqrt(draws * part * (1 - part))
    low = max(floor(draws * part - wide), 1)
    high = min(ceil(draws * part + wide) + 1, draws)
    return Band(float(in_order[low - 1]), float(in_order[high - 1]))
