"""What the client pays for a month: the amount that credits are a part of."""

import re
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Self

from pydantic import AfterValidator, BeforeValidator, WithJsonSchema, model_validator

from tallystick.engine.service_levels.terms.base import Terms
from tallystick.engine.service_levels.terms.currencies import DECIMALS
from tallystick.engine.service_levels.terms.money import Amount, CurrencyCode
from tallystick.engine.service_levels.terms.problems import problem
from tallystick.engine.values import decimal_text

_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])", re.ASCII)


def _read_month(value: object) -> object:
    if isinstance(value, str) and _MONTH.fullmatch(value):
        return value
    raise problem(
        "agreement.month-unreadable",
        f"{str(value)[:80]!r} is not a month",
        "Write year and month: 2026-03.",
    )


Month = Annotated[
    str,
    BeforeValidator(_read_month),
    WithJsonSchema({"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}$", "examples": ["2026-03"]}),
]


class PartMonth(StrEnum):
    """What is charged for a month of which only some days are in force."""

    PRO_RATA = "pro-rata"
    FULL = "full"


class ChargeException(Terms):
    """The amount charged for one month, as it is: nothing is taken off for missing days."""

    window: Month
    amount: Amount


class Charges(Terms):
    """
    What the client pays: so much a month, but for the months that are listed.

    A month of which `d` of `n` days are in force is charged `monthly x d / n` (`part_month:
    pro-rata`, the default), or in full.
    """

    currency: CurrencyCode
    monthly: Amount
    exceptions: Annotated[
        tuple[ChargeException, ...],
        AfterValidator(lambda stated: tuple(sorted(stated, key=lambda each: each.window))),
    ] = ()
    part_month: PartMonth = PartMonth.PRO_RATA

    @model_validator(mode="after")
    def _check(self) -> Self:
        months = [each.window for each in self.exceptions]
        if len(months) > len(set(months)):
            raise problem(
                "agreement.charge-twice",
                "a month has two exceptional charges",
                "State one amount for each month.",
                at=".exceptions",
            )
        self._check_decimals(self.monthly, ".monthly")
        for each in self.exceptions:
            self._check_decimals(each.amount, ".exceptions")
        if not self.monthly and not any(each.amount for each in self.exceptions):
            raise problem(
                "agreement.nothing-charged",
                "nothing is charged in any month",
                "State the monthly charge, or leave `charges` and `credits` out.",
                at=".monthly",
            )
        return self

    def _check_decimals(self, amount: Decimal, at: str) -> None:
        decimals = DECIMALS[self.currency]
        if round(amount, decimals) != amount:
            raise problem(
                "agreement.money-too-fine",
                f"{decimal_text(amount)} has more decimals than {self.currency}",
                f"Write at most {decimals} decimals.",
                at=at,
            )
