"""The least, the likeliest and the highest figure -> a PERT distribution."""

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from tallystick.engine.risk.refused import OutOfOrder, amount
from tallystick.engine.values import Number

CELLS = 1_024
"""Cells of the table of its distribution function; see `Pert.at` for the error they leave."""
_NODES = np.sin(np.linspace(0.0, np.pi / 2, CELLS + 1)) ** 2
"""Closer at both ends, where the function is steep."""
_GAUSS = 0.5 / np.sqrt(3.0)

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Pert:
    """
    A Beta distribution between `low` and `high` with its mode at `likely`; all equal: a constant.

    alpha = 1 + 4 (likely - low) / (high - low), beta = 1 + 4 (high - likely) / (high - low)
    (Malcolm, Roseboom, Clark and Fazar 1959; Vose 2008). Any unit; nothing below 0.

    Raises:
        FigureNotFinite, AmountOutOfRange: if a figure is no number from 0 to 10^15.
        OutOfOrder: if the figures do not rise.
    """

    low: Number
    likely: Number
    high: Number

    def __post_init__(self) -> None:
        low, likely, high = (
            amount(getattr(self, each), each) for each in ("low", "likely", "high")
        )
        if low > likely or likely > high:
            wrong = "low" if low > likely else "high"
            raise OutOfOrder(
                f"{self.low}, {self.likely} and {self.high} do not rise: the likeliest figure "
                f"lies {'below the lowest' if wrong == 'low' else 'above the highest'}.",
                place=wrong,
                remedy="Give the least, the likeliest and the highest figure, in this order.",
            )

    @property
    def certain(self) -> bool:
        """Return whether it is a constant."""
        return Fraction(self.low) == Fraction(self.high)

    @property
    def mode(self) -> Fraction:
        """Return where the likeliest figure lies on the way from the least to the highest."""
        width = Fraction(self.high) - Fraction(self.low)
        return (Fraction(self.likely) - Fraction(self.low)) / width if width else Fraction(0)

    @property
    def expected(self) -> Fraction:
        """Return its mean, exactly: (low + 4 likely + high) / 6."""
        return (Fraction(self.low) + 4 * Fraction(self.likely) + Fraction(self.high)) / 6

    @property
    def variance(self) -> Fraction:
        """Return its variance, exactly: alpha beta (high - low)^2 / 252, as alpha + beta = 6."""
        width = Fraction(self.high) - Fraction(self.low)
        return (1 + 4 * self.mode) * (5 - 4 * self.mode) * width**2 / 252

    def scaled(self, factor: Fraction) -> "Pert":
        """Return it with every figure multiplied."""
        low, likely, high = (factor * Fraction(each) for each in (self.low, self.likely, self.high))
        return Pert(low, likely, high)

    def at(self, chances: Floats) -> Floats:
        """
        Return the figures that lie as far up as chances between 0 and 1 say: its quantiles.

        By a table of the distribution function at 1,025 places, straight between them: off by
        less than 1e-5 of the width, save within the first and last cell, 2.4e-6 of it wide.
        """
        low, width = float(self.low), float(Fraction(self.high) - Fraction(self.low))
        if width == 0:
            return np.full(len(chances), low)
        found: Floats = np.interp(chances, _below(float(self.mode)), low + width * _NODES)
        return found


@lru_cache(maxsize=256)
def _below(mode: float) -> Floats:
    """Return the chance to lie below each node, by two Gauss points a cell; 1 at the end."""
    wide = np.diff(_NODES)
    middles = (_NODES[1:] + _NODES[:-1]) / 2
    parts = np.zeros(CELLS)
    for side in (-_GAUSS, _GAUSS):
        at = middles + side * wide
        parts += wide * at ** (4 * mode) * (1 - at) ** (4 - 4 * mode)
    below: Floats = np.concatenate(([0.0], np.cumsum(parts)))
    below /= below[-1]
    return below
