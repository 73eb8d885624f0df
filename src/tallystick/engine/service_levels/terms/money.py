"""Money and parts of it: "100000.00", "10%", or either; text <-> exact numbers."""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, PlainSerializer, StrictInt, WithJsonSchema

from tallystick.engine.service_levels.terms.base import Terms
from tallystick.engine.service_levels.terms.currencies import read_currency
from tallystick.engine.service_levels.terms.problems import problem
from tallystick.engine.service_levels.terms.quantities import share_text
from tallystick.engine.values import decimal_text

_AMOUNT = re.compile(r"\d{1,12}(?:\.\d{1,4})?", re.ASCII)
_PERCENT = re.compile(r"(\d{1,4}(?:\.\d{1,9})?)\s?%", re.ASCII)
_NUMBER = re.compile(r"\d{1,6}(?:\.\d{1,6})?", re.ASCII)


class MoneyMode(StrEnum):
    """How an amount becomes one of few decimals; `down` is towards nothing."""

    HALF_UP = "half-up"
    HALF_EVEN = "half-even"
    DOWN = "down"


class MoneyRounding(Terms):
    """
    How amounts are rounded: once, at the end of each line.

    `decimals` are those of the currency where nothing else is said.
    """

    mode: MoneyMode = MoneyMode.HALF_UP
    decimals: Annotated[StrictInt, Field(ge=0, le=4)] | None = None


@dataclass(frozen=True, slots=True)
class Portion:
    """A part of a charge, or an amount of money; one of the two is there."""

    share: Fraction | None = None
    amount: Decimal | None = None

    def __post_init__(self) -> None:
        if (self.share is None) == (self.amount is None):
            raise ValueError("a portion is either a share or an amount")


def read_amount(value: Any) -> Decimal:
    """Return the exact amount that a text such as `100000.00` states; never negative."""
    if isinstance(value, Decimal):
        return value
    if not isinstance(value, str):
        raise problem(
            "agreement.money-not-text",
            f"the amount {value!r} is a bare number, and money is exact",
            'Write the amount as text: "100000.00".',
        )
    if value.strip().startswith("-"):
        raise problem(
            "agreement.money-negative",
            f"the amount {value!r} is below nothing",
            "Write the amount without a sign.",
        )
    if not _AMOUNT.fullmatch(value.strip()):
        raise problem(
            "agreement.money-unreadable",
            f"{value!r} is not an amount of money",
            'Write digits, and a point before at most four decimals: "100000.00".',
        )
    return Decimal(value.strip())


def read_percent(value: Any, *, most: int = 100, zero: bool = False) -> Fraction:
    """Return the exact share that a text such as `10%` states, up to `most` per cent."""
    if isinstance(value, Fraction):
        return value
    if not isinstance(value, str):
        raise problem(
            "agreement.percent-not-text",
            f"{value!r} is a bare number, which could mean a share or a percentage",
            'Write the percentage as text with its sign: "10%".',
        )
    found = _PERCENT.fullmatch(value.strip())
    if not found:
        raise problem(
            "agreement.percent-unreadable",
            f"{value!r} is not a percentage",
            'Write digits, a point if needed, and the sign: "10%" or "7.5%".',
        )
    share = Fraction(found.group(1)) / 100
    if share > Fraction(most, 100) or (share == 0 and not zero):
        raise problem(
            "agreement.percent-out-of-range",
            f"{value} does not lie {'from' if zero else 'above'} 0% and up to {most}%",
            f"Write a percentage {'from' if zero else 'above'} 0%, and not above {most}%.",
        )
    return share


def read_portion(value: Any) -> Portion:
    """Return the share of `12%`, or the amount of `50000.00`."""
    if isinstance(value, Portion):
        return value
    if isinstance(value, str) and value.strip().endswith("%"):
        return Portion(share=read_percent(value))
    return Portion(amount=read_amount(value))


def read_number(value: Any) -> Fraction:
    """Return the exact number above nothing that `2` or `"1.5"` states."""
    if isinstance(value, Fraction):
        return value
    whole = isinstance(value, int) and not isinstance(value, bool)
    text = str(value).strip() if whole or isinstance(value, str) else ""
    if not _NUMBER.fullmatch(text) or not Fraction(text):
        raise problem(
            "agreement.number-unreadable",
            f"{value!r} is not an exact number above nothing",
            'Write a whole number, or decimals as text: "1.5".',
        )
    return Fraction(text)


def portion_text(portion: Portion) -> str:
    """Return the one spelling of a portion."""
    if portion.share is not None:
        return share_text(portion.share)
    return decimal_text(portion.amount or Decimal(0))


def number_text(number: Fraction) -> str:
    """Return the one spelling of a number: `2`, `1.5`."""
    exact = Decimal(number.numerator) / Decimal(number.denominator)
    return decimal_text(exact)


_MONEY_SCHEMA = {"type": "string", "pattern": r"^[0-9]{1,12}(\.[0-9]{1,4})?$"}

CurrencyCode = Annotated[
    str, BeforeValidator(read_currency), WithJsonSchema({"type": "string", "examples": ["EUR"]})
]
Amount = Annotated[
    Decimal,
    BeforeValidator(read_amount),
    PlainSerializer(decimal_text),
    WithJsonSchema({**_MONEY_SCHEMA, "examples": ["100000.00"]}),
]
_PERCENT_SCHEMA = {"type": "string", "pattern": "%$", "examples": ["10%", "7.5%"]}
Percent = Annotated[
    Fraction,
    BeforeValidator(read_percent),
    PlainSerializer(share_text),
    WithJsonSchema(_PERCENT_SCHEMA),
]
PercentFromZero = Annotated[
    Fraction,
    BeforeValidator(lambda value: read_percent(value, zero=True)),
    PlainSerializer(share_text),
    WithJsonSchema(_PERCENT_SCHEMA),
]
PoolPercent = Annotated[
    Fraction,
    BeforeValidator(lambda value: read_percent(value, most=1000)),
    PlainSerializer(share_text),
    WithJsonSchema(_PERCENT_SCHEMA),
]
PortionOfCharge = Annotated[
    Portion,
    BeforeValidator(read_portion),
    PlainSerializer(portion_text),
    WithJsonSchema({"type": "string", "examples": ["12%", "50000.00"]}),
]
Number = Annotated[
    Fraction,
    BeforeValidator(read_number),
    PlainSerializer(number_text),
    WithJsonSchema({"type": ["integer", "string"], "examples": [2, "1.5"]}),
]
