"""Months as numbers that can be counted, and what is charged for each."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from tallystick.engine.refusals import Refusal
from tallystick.engine.service_levels.credits.money import Currency
from tallystick.engine.service_levels.terms.agreement import Term
from tallystick.engine.service_levels.terms.charges import Charges, PartMonth

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)
YEAR = 12


class CreditsRefused(Refusal):
    """Credits cannot be computed from these measurements."""

    code = "credits.measurements-unfit"

    def __init__(self, message: str, *, code: str, place: str, remedy: str) -> None:
        super().__init__(message, place=place, remedy=remedy)
        self.code = code


@dataclass(frozen=True, slots=True)
class Charge:
    """What is charged for a month, rounded as on an invoice, and how it came about."""

    amount: Decimal
    formula: str


@dataclass(frozen=True, slots=True)
class Tariff:
    """The charges of an agreement over its term."""

    charges: Charges
    term: Term
    currency: Currency

    @property
    def first(self) -> int:
        """Return the first month of the term."""
        return month_of(self.term.from_)

    @property
    def last(self) -> int:
        """Return the last month of which a day is in force."""
        return month_of(self.term.until - timedelta(days=1))

    def year_of(self, month: int) -> int:
        """Return the contract year of a month, from 1 on: twelve months from the first."""
        return (month - self.first) // YEAR + 1

    def months_of(self, year: int) -> range:
        """Return the months of a contract year; the last year may have fewer than twelve."""
        first = self.first + (year - 1) * YEAR
        return range(first, min(first + YEAR, self.last + 1))

    def charge(self, month: int) -> Charge:
        """Return what is charged for a month of the term."""
        text, money = month_text(month), self.currency
        for each in self.charges.exceptions:
            if each.window == text:
                stated = f"{money.text(each.amount)} {money.code}, as stated for {text}"
                return Charge(each.amount, stated)
        days, of = days_in_force(month, self.term)
        monthly = self.charges.monthly
        if days == of or self.charges.part_month is PartMonth.FULL:
            return Charge(monthly, f"{money.text(monthly)} {money.code}")
        amount = money.round_charge(Fraction(monthly) * days / of)
        return Charge(amount, money.result(f"{money.text(monthly)} x {days} / {of}", amount))

    def yearly(self, year: int) -> Decimal:
        """Return what is charged in a contract year, months to come included."""
        return sum((self.charge(month).amount for month in self.months_of(year)), Decimal(0))


def month_of(day: date) -> int:
    """Return the number of a day's month; the next month's is one more."""
    return day.year * YEAR + day.month - 1


def month_text(month: int) -> str:
    """Return a month as it is written: `2026-03`."""
    return f"{month // YEAR:04}-{month % YEAR + 1:02}"


def read_month(text: str, term: Term) -> int:
    """
    Return the number of a month of the term.

    Raises:
        CreditsRefused: if it is no month, or not one of the term.
    """
    found = _MONTH.fullmatch(text)
    if not found:
        raise CreditsRefused(
            f"{text!r} is not a month, and credits are computed by month",
            code="credits.window-not-a-month",
            place=text,
            remedy="Measure the service level by month.",
        )
    month = int(found.group(1)) * YEAR + int(found.group(2)) - 1
    if not any(days_in_force(month, term)[:1]):
        raise CreditsRefused(
            f"the agreement is not in force in {text}",
            code="credits.window-outside-term",
            place=text,
            remedy=f"Choose a month from {term.from_:%Y-%m} on, before {term.until}.",
        )
    return month


def days_in_force(month: int, term: Term) -> tuple[int, int]:
    """Return how many days of a month are in force, and how many it has."""
    first, after = _first_day(month), _first_day(month + 1)
    days = (min(after, term.until) - max(first, term.from_)).days
    return max(days, 0), (after - first).days


def _first_day(month: int) -> date:
    return date(month // YEAR, month % YEAR + 1, 1)
