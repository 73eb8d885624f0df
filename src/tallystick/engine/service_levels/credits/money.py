"""Exact amounts -> rounded money, and the spelling of figures in formulas."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from tallystick.engine.service_levels.terms.currencies import DECIMALS
from tallystick.engine.service_levels.terms.goals import Unit, figure_text
from tallystick.engine.service_levels.terms.money import MoneyMode, MoneyRounding, Portion
from tallystick.engine.service_levels.terms.quantities import share_text


def rounded(value: Fraction, decimals: int, mode: MoneyMode) -> Decimal:
    """Return a value with so many decimals; below nothing it is rounded as above."""
    scaled = abs(value) * 10**decimals
    whole, rest = divmod(scaled.numerator, scaled.denominator)
    twice = 2 * rest - scaled.denominator
    up = {
        MoneyMode.DOWN: False,
        MoneyMode.HALF_UP: twice >= 0,
        MoneyMode.HALF_EVEN: twice > 0 or (twice == 0 and whole % 2 == 1),
    }[mode]
    sign = -1 if value < 0 else 1
    return Decimal(sign * (whole + up)).scaleb(-decimals)


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency, and how an agreement rounds amounts in it."""

    code: str
    decimals: int
    mode: MoneyMode

    def round(self, value: Fraction) -> Decimal:
        """Return an amount as a line of a credit note holds it."""
        return rounded(value, self.decimals, self.mode)

    def round_charge(self, value: Fraction) -> Decimal:
        """Return an amount as an invoice holds it: with the decimals of the currency."""
        return rounded(value, DECIMALS[self.code], self.mode)

    def round_down(self, value: Fraction) -> Decimal:
        """Return an amount that is never more than the exact one."""
        return rounded(value, self.decimals, MoneyMode.DOWN)

    def text(self, amount: Decimal) -> str:
        """Return an amount as people write it: `100,000.00`."""
        own = -int(amount.as_tuple().exponent)
        return f"{amount:,.{max(self.decimals, own)}f}"

    def result(self, formula: str, amount: Decimal) -> str:
        """Return a formula with what it comes to: `10% x 100.00 = 10.00 EUR`."""
        return f"{formula} = {self.text(amount)} {self.code}"


def currency_of(code: str, rounding: MoneyRounding) -> Currency:
    """Return a currency as an agreement rounds it."""
    decimals = DECIMALS[code] if rounding.decimals is None else rounding.decimals
    return Currency(code, decimals, rounding.mode)


def portion_of(portion: Portion, whole: Decimal, currency: Currency) -> tuple[Decimal, str]:
    """Return a portion of a charge, rounded, and its formula."""
    if portion.share is None:
        amount = portion.amount or Decimal(0)
        return amount, f"{currency.text(amount)} {currency.code}"
    amount = currency.round(portion.share * Fraction(whole))
    formula = f"{share_text(portion.share)} x {currency.text(whole)}"
    return amount, currency.result(formula, amount)


def exact_text(value: Fraction, unit: Unit) -> str:
    """Return a figure exactly: `98.5%`, `8h`, `4.2`, or a fraction such as `2/3`."""
    if unit is Unit.SECONDS and value.denominator == 1:
        return figure_text(value, unit)
    scaled = value * 10**8
    if unit is Unit.SECONDS or scaled.denominator != 1:
        return f"{value.numerator}/{value.denominator}" + "s" * (unit is Unit.SECONDS)
    return figure_text(value, unit)


def shown_text(value: Fraction, unit: Unit) -> str:
    """Return a figure for people: exact if it is short, else cut off and followed by `…`."""
    scale = {Unit.SHARE: 10**6, Unit.NUMBER: 10**4, Unit.SECONDS: 1}[unit]
    cut = Fraction(value.numerator * scale // value.denominator, scale)
    text = figure_text(cut, unit)
    if cut == value:
        return text
    return f"{text.removesuffix('%')}…%" if unit is Unit.SHARE else f"{text}…"
