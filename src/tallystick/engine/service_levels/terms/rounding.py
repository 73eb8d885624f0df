"""Rounding of a figure before it is compared, where the agreement asks for it."""

from enum import StrEnum
from fractions import Fraction
from typing import Annotated

from pydantic import Field, StrictInt

from tallystick.engine.service_levels.terms.base import Terms
from tallystick.engine.service_levels.terms.goals import Unit


class RoundingMode(StrEnum):
    """How a figure becomes one with fewer decimals; the names are those of `decimal`."""

    DOWN = "down"
    UP = "up"
    HALF_UP = "half-up"
    HALF_EVEN = "half-even"


class Rounding(Terms):
    """Decimals that are kept, of per cent where the figure is a share, and how the rest goes."""

    decimals: Annotated[StrictInt, Field(ge=0, le=6)]
    mode: RoundingMode = RoundingMode.DOWN

    def applied(self, value: Fraction, unit: Unit) -> Fraction:
        """Return the rounded figure, exactly; figures are never negative."""
        scale = 10**self.decimals * (100 if unit is Unit.SHARE else 1)
        scaled = value * scale
        whole, rest = divmod(scaled.numerator, scaled.denominator)
        twice = 2 * rest - scaled.denominator
        up = {
            RoundingMode.DOWN: False,
            RoundingMode.UP: rest > 0,
            RoundingMode.HALF_UP: twice >= 0,
            RoundingMode.HALF_EVEN: twice > 0 or (twice == 0 and whole % 2 == 1),
        }[self.mode]
        return Fraction(whole + up, scale)
