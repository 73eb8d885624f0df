"""Why a risk cannot be priced: one refusal for each fault, with the place and what to do."""

from fractions import Fraction

from tallystick.engine.refusals import Refusal
from tallystick.engine.values import Number

MOST_AMOUNT = 10**15
"""More than any engagement is worth, in any currency."""


class FigureNotFinite(Refusal):
    """A figure is no number, or has no end."""

    code = "risk.not-finite"


class AmountOutOfRange(Refusal):
    """An amount lies below nothing, or is larger than any engagement."""

    code = "risk.amount-out-of-range"


class OutOfOrder(Refusal):
    """The least, the likeliest and the highest figure do not rise in this order."""

    code = "risk.out-of-order"


class IntervalRefused(Refusal):
    """A 90 % interval of losses begins at nothing, does not rise, or says next to nothing."""

    code = "risk.interval-refused"


class ChanceOutOfRange(Refusal):
    """A chance lies outside 0 to 100 %."""

    code = "risk.chance-out-of-range"


class FactorOutOfRange(Refusal):
    """What a control leaves of a risk is less than nothing, or more than all."""

    code = "risk.factor-out-of-range"


class RateOutOfRange(Refusal):
    """Something happens more than once a day."""

    code = "risk.rate-out-of-range"


class SimulationRefused(Refusal):
    """The number of draws, the seed, the correlation, the years or the keys cannot be used."""

    code = "risk.simulation-refused"


def exact(value: Number, place: str) -> Fraction:
    """
    Return a number as a fraction.

    Raises:
        FigureNotFinite: if it is not a number, or infinite.
    """
    try:
        return Fraction(value)
    except (ValueError, OverflowError) as fault:
        raise FigureNotFinite(
            f"The figure {place} is {value}.",
            place=place,
            remedy="Write a number, such as 25000.",
        ) from fault


def amount(value: Number, place: str) -> Fraction:
    """
    Return an amount from 0 to 10^15, exactly; losses, rates and costs all lie there.

    Raises:
        FigureNotFinite, AmountOutOfRange.
    """
    found = exact(value, place)
    if found < 0:
        raise AmountOutOfRange(
            f"The figure {place} is {value}; nothing here lies below 0.",
            place=place,
            remedy="Write losses and rates as positive figures; a gain is no risk.",
        )
    if found > MOST_AMOUNT:
        raise AmountOutOfRange(
            f"The figure {place} is {value:.3g}; at most {MOST_AMOUNT:.0e} can be priced.",
            place=place,
            remedy="Look for a slip in the unit.",
        )
    return found


def chance(value: Number, place: str) -> Fraction:
    """
    Return a chance from 0 to 1, exactly.

    Raises:
        FigureNotFinite, ChanceOutOfRange.
    """
    found = exact(value, place)
    if not 0 <= found <= 1:
        raise ChanceOutOfRange(
            f"The chance {place} is {float(100 * found):g} %; it lies between 0 and 100 %.",
            place=place,
            remedy="Write 30 % as 0.3; what happens more than once in the period has a rate.",
        )
    return found


def factor(value: Number, place: str) -> Fraction:
    """
    Return what is left of a figure, from 0 for nothing to 1 for all, exactly.

    Raises:
        FigureNotFinite, FactorOutOfRange.
    """
    found = exact(value, place)
    if not 0 <= found <= 1:
        raise FactorOutOfRange(
            f"The factor {place} is {float(found):g}; it lies between 0 and 1.",
            place=place,
            remedy="Write what the control leaves: 0.4 where it takes 60 % away.",
        )
    return found
