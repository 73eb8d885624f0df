"""The agreement's credit scheme: what is at risk, who shares it, and what limits it."""

from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import Field, StrictInt, model_validator

from tallystick.engine.service_levels.terms.base import Terms
from tallystick.engine.service_levels.terms.choices import one_of
from tallystick.engine.service_levels.terms.consequences import MonthCount
from tallystick.engine.service_levels.terms.fields import Slug
from tallystick.engine.service_levels.terms.money import (
    MoneyRounding,
    Number,
    Percent,
    PercentFromZero,
    PoolPercent,
    PortionOfCharge,
)
from tallystick.engine.service_levels.terms.problems import problem
from tallystick.engine.service_levels.terms.terminations import Termination


class OneEvent(StrEnum):
    """Which credits stand when several levels of one event group fail in one month."""

    HIGHEST = "highest"
    ALL = "all"


class NotMeasured(StrEnum):
    """What a month without sufficient data is."""

    NO_CREDIT = "no-credit"
    COUNTS_AS_MISSED = "counts-as-missed"


class Repeat(Terms):
    """From the `nth` consecutive credited month of the same level on, its credit `times` this."""

    nth: Annotated[StrictInt, Field(ge=2, le=120)]
    times: Number


class EarnBack(Terms):
    """
    When a credit is returned to the provider.

    The credit of a month is returned at the end of the next `within` months if the level kept
    its target in each of them (`by: each`, the default), or if the mean of its figures did
    (`average`). Every one of those months must have a figure. `below_minimum: excluded` keeps
    the credits of figures below the minimum, and of months not measured, with the client.
    """

    within: MonthCount
    by: Literal["each", "average"] = "each"
    below_minimum: Literal["allowed", "excluded"] = "allowed"


class PointsStep(Terms):
    """A part of the month's charge, from so many severity points on."""

    from_: Annotated[StrictInt, Field(alias="from", ge=1, le=100_000)]
    credit: PercentFromZero


class PointsTable(Terms):
    """What a month's severity points cost: by `steps`, or so much of the charge `per_point`."""

    steps: Annotated[tuple[PointsStep, ...], Field(min_length=1)] | None = None
    per_point: Percent | None = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        one_of(self, "steps", "per_point")
        for index, (one, other) in enumerate(pairwise(self.steps or ()), start=1):
            if other.from_ <= one.from_ or other.credit < one.credit:
                raise problem(
                    "agreement.steps-out-of-order",
                    f"the step from {other.from_} points does not lie beyond the one before it",
                    "Let points rise from step to step, and credits never fall.",
                    at=f".steps[{index}]",
                )
        return self


class PersistentFailure(Terms):
    """
    Each `every`-th breach in any `within` months, all levels together, costs `credit`.

    `credit` is a part of the charge of the contract year. Source: Crossref/CSI (every tenth
    failure in twelve months, 5 % of the annual fee).
    """

    every: Annotated[StrictInt, Field(ge=2, le=1000)]
    within: MonthCount = 12
    credit: Percent


class CreditScheme(Terms):
    """
    The rules that all credits of an agreement share.

    `at_risk`: the part of a month's charge that allocations and weights divide. `categories`:
    the part of the amount at risk of each pool that a level's credit may name; a level's credit
    is then pool x allocation x amount at risk (Texas DIR). `pool`: what allocations may add up
    to, 100 % if it is not stated. `monthly_cap`: the most for a month, by default the amount at
    risk, or the month's charge if nothing is at risk. `yearly_cap`: the most for a contract
    year, which is twelve months from the agreement's first; a percentage is of its charge.
    `one_event`: `highest` unless `all` is stated. `not_measured`: `no-credit` by default.
    Amounts are rounded half up, to the decimals of the currency.
    """

    at_risk: Percent | None = None
    categories: dict[Slug, PoolPercent] = {}
    pool: PoolPercent = Fraction(1)
    monthly_cap: PortionOfCharge | None = None
    yearly_cap: PortionOfCharge | None = None
    one_event: OneEvent = OneEvent.HIGHEST
    repeats: tuple[Repeat, ...] = ()
    rounding: MoneyRounding = MoneyRounding()
    earn_back: EarnBack | None = None
    points: PointsTable | None = None
    persistent_failure: PersistentFailure | None = None
    not_measured: NotMeasured = NotMeasured.NO_CREDIT
    terminations: tuple[Termination, ...] = ()

    @model_validator(mode="after")
    def _check(self) -> Self:
        for index, (one, other) in enumerate(pairwise(self.repeats), start=1):
            if other.nth <= one.nth:
                raise problem(
                    "agreement.steps-out-of-order",
                    f"the multiplier from the {other.nth}th month stands after the {one.nth}th",
                    "Order the multipliers by `nth`, each once.",
                    at=f".repeats[{index}]",
                )
        if self.categories and self.at_risk is None:
            raise problem(
                "agreement.nothing-at-risk",
                "categories divide the amount at risk, and none is stated",
                "State `at_risk`, a percentage of the month's charge.",
                at=".categories",
            )
        return self
