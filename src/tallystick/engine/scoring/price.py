"""A should-cost estimate -> the anchors of a price; prices -> those that are abnormally low."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from statistics import median

from tallystick.engine.refusals import Refusal
from tallystick.engine.scoring.anchors import Anchors
from tallystick.engine.values import Number

LOWEST = Decimal("0.8")
"""The part of should-cost, or of the other bids' median, below which a price is abnormally low."""
DEAREST = Decimal("1.2")
"""The part of should-cost from which a price is worth nothing."""
FEWEST = 3
"""Priced bids below which their median says nothing."""


class BandRefused(Refusal):
    """A band of prices needs a should-cost above 0, and its low end below its high end."""

    code = "price.band-refused"


@dataclass(frozen=True, slots=True)
class LowPrice:
    """
    A price so low that the bidder is asked how it carries the work.

    `fair` is what it is held against: should-cost, or the median of the other bids if
    `of_others`; `share` is the part of it that is asked.
    """

    bid: str
    price: Number
    fair: Fraction
    share: Fraction
    of_others: bool

    @property
    def short(self) -> Fraction:
        """Return how much is missing to what is fair."""
        return self.fair - Fraction(self.price)


def price_anchors(
    should_cost: Number, *, lowest: Number = LOWEST, dearest: Number = DEAREST
) -> Anchors:
    """
    Return what prices are worth around a should-cost: 1 at its low end, 0 at its high end.

    By default 1 at 80 % of it, one half at it, 0 at 120 %. The band is known before bids are
    opened. Dividing the lowest price by each price would let one low bid decide what all others
    are worth; here no bid moves another, and nothing is won by asking less than the low end.

    Raises:
        BandRefused: if there is no should-cost, or no band around it.
    """
    if should_cost <= 0 or not 0 <= lowest < dearest:
        raise BandRefused(
            f"A band from {lowest} to {dearest} of {should_cost} is none.",
            place="should_cost",
            remedy="Estimate what the service should cost, and name a low and a high part of it.",
        )
    whole = Fraction(should_cost)
    return Anchors(worst=whole * Fraction(dearest), target=whole * Fraction(lowest))


def abnormally_low(
    prices: Mapping[str, Number],
    should_cost: Number | None = None,
    *,
    lowest: Number = LOWEST,
    fewest: int = FEWEST,
) -> list[LowPrice]:
    """
    Return the bids that ask less than `lowest` of should-cost, or of the median of the others.

    One finding a bid: against should-cost where there is one and the price falls short of it,
    else against the other bids, if at least `fewest` are priced. A bid is not part of what it is
    held against, or it would excuse itself. A price of 0 or less is none and is left out.
    """
    priced = {bid: Fraction(price) for bid, price in prices.items() if price > 0}
    found: list[LowPrice] = []
    for bid, price in priced.items():
        others = [each for other, each in priced.items() if other != bid]
        fair = [(Fraction(should_cost), False)] if should_cost and should_cost > 0 else []
        if len(priced) >= fewest and others:
            fair.append((Fraction(median(others)), True))
        low = [
            LowPrice(bid, prices[bid], amount, price / amount, of_others)
            for amount, of_others in fair
            if price < Fraction(lowest) * amount
        ]
        found += low[:1]
    return found
