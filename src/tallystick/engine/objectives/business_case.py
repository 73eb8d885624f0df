"""A business case -> its total cost, cash flows, and what it is worth with its uncertainty."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from tallystick.engine.objectives.costs import BusinessCase, CostLine
from tallystick.engine.refusals import Refusal
from tallystick.engine.values import Number

DRAWS = 100_000
MOST_DRAWS = 1_000_000
BAND = (0.1, 0.5, 0.9)
_DECIMALS = 2

Floats = NDArray[np.float64]


class DrawsOutOfRange(Refusal):
    """The number of draws cannot be made."""

    code = "business-case.draws-out-of-range"


@dataclass(frozen=True, slots=True)
class YearFlow:
    """The expected amounts of one year, 0 being before the start; `net` is before less after."""

    year: int
    before: Decimal
    after: Decimal
    net: Decimal


@dataclass(frozen=True, slots=True)
class CaseWorth:
    """
    What a business case comes to, in its currency, with what is needed to compute it again.

    `total_cost` is the expected cost of all `after` lines, undiscounted; `net_present` the
    expected net present value of before less after; one draw in ten lies below `p10`, half below
    `p50`, nine in ten below `p90`; `pays` is the share of draws above nothing.
    """

    currency: str
    total_cost: Decimal
    flows: tuple[YearFlow, ...]
    net_present: Decimal
    p10: Decimal
    p50: Decimal
    p90: Decimal
    pays: float
    draws: int
    seed: int


def worth_of_case(case: BusinessCase, *, seed: int, draws: int = DRAWS) -> CaseWorth:
    """
    Return what a business case is worth.

    Costs of year t are divided by (1 + rate)^t. Each line follows the PERT distribution between
    its least and highest amount, independently of the others; a line that is paid each year has
    one draw for all its years, since a wrong estimate stays wrong. Amounts are decimals and
    exact until they are rounded once, half to even, to two decimals; only the simulation is in
    floats, and P10, P50 and P90 come from it.

    Raises:
        DrawsOutOfRange: if the draws are fewer than 1 or more than 1,000,000.
    """
    if not 1 <= draws <= MOST_DRAWS:
        raise DrawsOutOfRange(
            f"{draws} draws were asked for; 1 to {MOST_DRAWS:,} can be made.",
            place="draws",
            remedy=f"Take {DRAWS:,}.",
        )
    flows = [_flow(case, year) for year in range(case.years + 1)]
    drawn = _drawn(case, draws, seed)
    p10, p50, p90 = (_amount(Fraction(each)) for each in np.quantile(drawn, BAND).tolist())
    return CaseWorth(
        currency=case.currency,
        total_cost=_amount(sum((after for _, _, after in flows), Fraction(0))),
        flows=tuple(
            YearFlow(year, _amount(before), _amount(after), _amount(before - after))
            for year, before, after in flows
        ),
        net_present=_amount(
            sum(
                ((before - after) * _discount(case, year) for year, before, after in flows),
                Fraction(0),
            )
        ),
        p10=p10,
        p50=p50,
        p90=p90,
        pays=float(np.mean(drawn > 0)),
        draws=draws,
        seed=seed,
    )


def benefits_realised(weighed: Iterable[tuple[Number, Number]]) -> Fraction | None:
    """
    Return the share of the benefits that came: the mean of attainments by their weights, exactly.

    Each pair is a weight and an attainment. None where nothing weighs anything.
    """
    pairs = [(Fraction(weight), Fraction(attained)) for weight, attained in weighed]
    whole = sum((weight for weight, _ in pairs), Fraction(0))
    if whole <= 0:
        return None
    return sum((weight * attained for weight, attained in pairs), Fraction(0)) / whole


def _flow(case: BusinessCase, year: int) -> tuple[int, Fraction, Fraction]:
    before, after = (
        sum((each.expected for each in lines if year in each.years(case.years)), Fraction(0))
        for lines in (case.before, case.after)
    )
    return year, before, after


def _discount(case: BusinessCase, year: int) -> Fraction:
    return 1 / (1 + Fraction(case.rate)) ** year


def _drawn(case: BusinessCase, draws: int, seed: int) -> Floats:
    total = np.zeros(draws)
    for sign, lines in ((1, case.before), (-1, case.after)):
        for number, line in enumerate(lines):
            present = sum(_discount(case, year) for year in line.years(case.years))
            # Each line has chance of its own, so that one more line leaves the others as they are.
            random = np.random.default_rng([seed, int(sign > 0), number])
            total += sign * float(present) * _pert(line, draws, random)
    return total


def _pert(line: CostLine, draws: int, random: np.random.Generator) -> Floats:
    """Return draws from Beta(1 + 4 (m - a) / (b - a), 1 + 4 (b - m) / (b - a)), scaled."""
    low, width = float(line.low), float(line.high - line.low)
    if width == 0:
        return np.full(draws, low)
    mode = float(line.likely - line.low) / width
    found: Floats = low + width * random.beta(1 + 4 * mode, 1 + 4 * (1 - mode), draws)
    return found


def _amount(value: Fraction) -> Decimal:
    return Decimal(round(value * 10**_DECIMALS)).scaleb(-_DECIMALS)
