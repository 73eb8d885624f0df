"""The lines of a business case: what is paid, when, and how certain the amount is."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from tallystick.engine.refusals import Refusal

CostKind = Literal[
    "fees",
    "transition",
    "retained-organisation",
    "governance",
    "tools",
    "exit",
    "risk",
    "other",
]
MOST_YEARS = 30
MOST_LINES = 500


class LineRefused(Refusal):
    """The amounts of a line do not rise from nothing, or it is paid outside the term."""

    code = "business-case.line-refused"


class CurrencyMix(Refusal):
    """The lines of a business case are in more than one currency."""

    code = "business-case.currency-mix"


class TermRefused(Refusal):
    """A business case runs for 1 to 30 years, at a rate above -100 %, with 1 to 500 lines."""

    code = "business-case.term-refused"


@dataclass(frozen=True, slots=True)
class CostLine:
    """
    One line: the least, likeliest and highest amount, in a currency.

    `year` is the year of the term in which it is paid, 0 for before it starts; None for each
    year from the first to the last. All amounts equal: it is certain.
    """

    kind: CostKind
    low: Decimal
    likely: Decimal
    high: Decimal
    currency: str
    year: int | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.likely <= self.high:
            raise LineRefused(
                f"{self.low}, {self.likely} and {self.high} do not rise from nothing.",
                place=f"lines.{self.kind}",
                remedy="Give the least, the likeliest and the highest amount, in this order.",
            )

    @property
    def expected(self) -> Fraction:
        """Return the mean of the PERT distribution, exactly: (low + 4 likely + high) / 6."""
        return (Fraction(self.low) + 4 * Fraction(self.likely) + Fraction(self.high)) / 6

    def years(self, term: int) -> range:
        """Return the years in which it is paid."""
        return range(1, term + 1) if self.year is None else range(self.year, self.year + 1)


@dataclass(frozen=True, slots=True)
class BusinessCase:
    """
    What the service costs as it is, and what it would cost as planned, over a term of years.

    `before` holds the lines of keeping things as they are and `after` all those of outsourcing:
    fees, transition, retained organisation, governance, tools, exit reserve, expected loss. `rate`
    is the discount rate a year: 0.05 is 5 %.

    Raises:
        TermRefused, LineRefused, CurrencyMix.
    """

    before: tuple[CostLine, ...]
    after: tuple[CostLine, ...]
    years: int
    rate: Decimal

    def __post_init__(self) -> None:
        lines = (*self.before, *self.after)
        sized = 1 <= self.years <= MOST_YEARS and 1 <= len(lines) <= MOST_LINES
        if not sized or self.rate <= -1:
            raise TermRefused(
                f"{self.years} years at a rate of {self.rate}, with {len(lines)} lines.",
                place="years",
                remedy="Take 1 to 30 years, a rate such as 0.05, and at least one line.",
            )
        _check_years(lines, self.years)
        if len(names := sorted({each.currency for each in lines})) > 1:
            raise CurrencyMix(
                f"The lines are in {', '.join(names)}.",
                place="lines",
                remedy="Convert them to one currency, and note the rate and its day.",
            )

    @property
    def currency(self) -> str:
        """Return the one currency of all lines."""
        return (*self.before, *self.after)[0].currency


def _check_years(lines: Iterable[CostLine], term: int) -> None:
    for each in lines:
        if each.year is not None and not 0 <= each.year <= term:
            raise LineRefused(
                f"A line of {each.kind} is paid in year {each.year} of {term}.",
                place=f"lines.{each.kind}.year",
                remedy=f"Choose a year from 0, before the start, to {term}.",
            )
