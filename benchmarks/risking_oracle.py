"""The exact distribution of compound losses, by Fourier transform: what simulations are held to."""

from collections.abc import Callable
from dataclasses import dataclass
from math import erf, log, sqrt

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Complex = NDArray[np.complex128]
Below = Callable[[Floats], Floats]
"""Losses -> the chances that one loss is no larger."""
Times = Callable[[Complex], Complex]
"""The generating function of a number of times."""


@dataclass(frozen=True, slots=True, eq=False)
class ExactLosses:
    """The chance that all losses together are no larger than 0, 1, 2 ... steps."""

    below: Floats
    step: float

    def percentile(self, share: float) -> float:
        """Return the least step that so large a share lies within."""
        return float(np.searchsorted(self.below, share)) * self.step

    def at(self, loss: float) -> float:
        """Return the chance of no more than a loss; 0 below nothing."""
        return float(self.below[min(int(loss / self.step), len(self.below) - 1)]) * (loss >= 0)

    @property
    def mean(self) -> float:
        """Return the mean, as far as steps can tell."""
        return float((1 - self.below).sum()) * self.step


def exact_losses(times: Times, below: Below, *, step: float, size: int) -> ExactLosses:
    """Return the distribution of a sum of so many losses (Heckman and Meyers 1983)."""
    one = np.diff(below((np.arange(size + 1) - 0.5) * step))
    return ExactLosses(np.cumsum(np.fft.irfft(times(np.fft.rfft(one)), size)), step)


def poisson(rate: float) -> Times:
    """Return the generating function of a rate that is certain."""
    return lambda each: np.exp(rate * (each - 1))


def poisson_of_pert(low: float, likely: float, high: float, points: int = 200) -> Times:
    """Return that of a rate which is PERT distributed, as the mean of many rates."""
    at = (np.arange(points) + 0.5) / points
    weights = _density(at, low, likely, high)
    rates = low + (high - low) * at

    def mixed(each: Complex) -> Complex:
        pairs = zip(weights / weights.sum(), rates, strict=True)
        return sum((weight * np.exp(rate * (each - 1)) for weight, rate in pairs), 0 * each)

    return mixed


def once(chance: float) -> Times:
    """Return that of something which comes true once or not at all."""
    return lambda each: 1 - chance + chance * each


def lognormal(low: float, high: float) -> Below:
    """Return the distribution of a loss with a 90 % interval."""
    mu, sigma = (log(low) + log(high)) / 2, (log(high) - log(low)) / 3.2897
    return lambda losses: np.asarray(
        [(1 + erf((log(x) - mu) / sigma / sqrt(2))) / 2 if x > 0 else 0.0 for x in losses.tolist()]
    )


def pert(low: float, likely: float, high: float, points: int = 50_000) -> Below:
    """Return the distribution of a loss between two ends."""
    at = (np.arange(points) + 0.5) / points
    whole = np.cumsum(_density(at, low, likely, high))
    ends = low + (high - low) * (np.arange(points) + 1) / points
    return lambda losses: np.interp(losses, ends, whole / whole[-1], left=0.0)


def _density(at: Floats, low: float, likely: float, high: float) -> Floats:
    mode = (likely - low) / (high - low)
    found: Floats = at ** (4 * mode) * (1 - at) ** (4 - 4 * mode)
    return found
