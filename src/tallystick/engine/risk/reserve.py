"""Residual losses and an uncertain estimate -> the contingency reserve, and whether it lasts."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import numpy as np

from tallystick.engine.risk.curve import percentile
from tallystick.engine.risk.pert import Pert
from tallystick.engine.risk.refused import ChanceOutOfRange, amount, exact
from tallystick.engine.risk.simulate import Simulated
from tallystick.engine.risk.streams import stream
from tallystick.engine.values import Number

SHARE = Fraction(4, 5)
"""Four engagements in five keep within a reserve of this percentile."""
_DECIMALS = 2


@dataclass(frozen=True, slots=True)
class Reserve:
    """
    What is set aside beyond the estimate: `percentile` of cost and losses, less `base`.

    `amount` lies below nothing where the estimate is already more than that. `share` is the part
    of draws that stay within estimate and reserve.
    """

    base: Decimal
    percentile: Decimal
    amount: Decimal
    share: Fraction
    draws: int
    seed: int

    @property
    def needed(self) -> Decimal:
        """Return what is to be set aside: the amount, or nothing."""
        return max(self.amount, Decimal(0))


def contingency(
    residual: Simulated,
    *,
    base: Number = 0,
    uncertainty: Pert | None = None,
    share: Fraction = SHARE,
) -> Reserve:
    """
    Return the reserve that carries the residual risks and the estimate's own error.

    Reserve = P80 (base cost as it may turn out + residual total) - base estimate. The cost
    follows a PERT distribution, independently of the risks; without one the estimate is certain.
    Its chances come from the seed of the simulation. Rounded once, to two decimals. (AACE
    recommended practices 41R-08 and 44R-08.)

    Raises:
        FigureNotFinite, AmountOutOfRange: if the estimate is no number from 0 to 10^15.
        ChanceOutOfRange: if the share does not lie between 0 and 1.
    """
    if not 0 < exact(share, "share") < 1:
        raise ChanceOutOfRange(
            f"The share is {float(100 * share):g} %; it lies between 0 and 100 %.",
            place="share",
            remedy="Take 0.8: four in five keep within it.",
        )
    estimate = amount(base, "base")
    if uncertainty is None:
        cost = np.full(residual.draws, float(estimate))
    else:
        cost = uncertainty.at(stream(residual.seed, "base").random(residual.draws))
    reached = Fraction(percentile(np.sort(cost + residual.losses), share))
    return Reserve(
        base=_amount(estimate),
        percentile=_amount(reached),
        amount=_amount(reached - estimate),
        share=share,
        draws=residual.draws,
        seed=residual.seed,
    )


def adequacy(remaining: Number, exposure: Number) -> Fraction | None:
    """
    Return what is left of the reserve as a part of the P80 of what may still be lost, exactly.

    1 or more is enough. None where nothing may be lost any more.

    Raises:
        FigureNotFinite, AmountOutOfRange: if one of both is no number from 0 to 10^15.
    """
    left, needed = amount(remaining, "remaining"), amount(exposure, "exposure")
    return left / needed if needed else None


def _amount(value: Fraction) -> Decimal:
    return Decimal(round(value * 10**_DECIMALS)).scaleb(-_DECIMALS)
