"""One risk -> what it costs in each draw: so many events, each with a loss of its own."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from tallystick.engine.risk.frequency import Frequency, thresholds
from tallystick.engine.risk.lognormal import Lognormal
from tallystick.engine.risk.pert import Pert
from tallystick.engine.risk.streams import stream

BLOCK = 16_384
"""Draws that are worked on at once, so that they stay in the processor's cache."""

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
Magnitude = Pert | Lognormal


@dataclass(frozen=True, slots=True)
class PricedRisk:
    """A risk as figures: how often it comes true, and what it costs each time."""

    key: str
    frequency: Frequency
    magnitude: Magnitude

    def expected(self, years: Fraction = Fraction(1)) -> Fraction:
        """Return the mean loss: the mean number of times by the mean of one loss."""
        return self.frequency.expected(years) * self.magnitude.expected

    def variance(self, years: Fraction = Fraction(1)) -> Fraction:
        """Return its variance: E[N] Var X + Var N (E X)^2, of a sum of N independent losses X."""
        times, loss = self.frequency, self.magnitude
        return times.expected(years) * loss.variance + times.variance(years) * loss.expected**2


@dataclass(frozen=True, slots=True)
class Chance:
    """
    Where draws come from: a seed, how many, over how many years, and how far risks go together.

    `correlation` is that of the normal figures behind any two numbers of events (one-factor
    Gaussian copula, Li 2000); the numbers themselves are correlated somewhat less.
    """

    seed: int
    draws: int
    years: Fraction = Fraction(1)
    correlation: float = 0.0

    def common(self) -> Floats | None:
        """Return what all risks share in each draw; None if they share nothing."""
        if self.correlation == 0:
            return None
        shared = stream(self.seed, "common").standard_normal(self.draws)
        shared *= np.sqrt(self.correlation)
        return shared


def losses(risk: PricedRisk, chance: Chance, common: Floats | None = None) -> Floats:
    """
    Return what a risk costs in each draw.

    The number of events is looked up from one normal figure a draw. The n-th event of a draw has
    a chance of its own, which is looked up in the distribution of losses. All chances belong to
    seed and key alone: another rate or magnitude meets the same chances (common random numbers),
    so a risk that happens more often costs no less in any draw. They are drawn one after the
    other, so blocks change nothing, and the first thousand of many draws are a thousand draws.
    """
    times = counts(risk, chance, common)
    found = np.zeros(chance.draws)
    for event in range(1, int(times.max(initial=0)) + 1):
        source = stream(chance.seed, "loss", risk.key, event)
        # Those that have no n-th event draw its chance too, or others would get theirs.
        for first in range(0, chance.draws, BLOCK):
            there = np.flatnonzero(times[first : first + BLOCK] >= event)
            drawn = source.random(min(BLOCK, chance.draws - first))
            found[first + there] += risk.magnitude.at(drawn[there])
    return found


def counts(risk: PricedRisk, chance: Chance, common: Floats | None = None) -> Counts:
    """Return how often a risk comes true in each draw."""
    figures = stream(chance.seed, "times", risk.key).standard_normal(chance.draws)
    if common is not None:
        figures *= np.sqrt(1 - chance.correlation)
        figures += common
    limits = thresholds(risk.frequency.exceeding(chance.years))
    return np.searchsorted(limits, figures)
