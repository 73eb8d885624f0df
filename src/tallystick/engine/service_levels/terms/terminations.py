"""When failures or credits give the client the right to end the agreement."""

from typing import Annotated, Self

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema, model_validator

from tallystick.engine.service_levels.terms.base import Terms
from tallystick.engine.service_levels.terms.choices import one_of
from tallystick.engine.service_levels.terms.consequences import MonthCount, Rolling
from tallystick.engine.service_levels.terms.fields import Slug
from tallystick.engine.service_levels.terms.goals import Goal, goal_text, read_goal
from tallystick.engine.service_levels.terms.money import Amount, Percent
from tallystick.engine.service_levels.terms.problems import problem

Average = Annotated[
    Goal,
    BeforeValidator(lambda value: value if isinstance(value, Goal) else read_goal(value)),
    PlainSerializer(goal_text),
    WithJsonSchema({"type": "string", "examples": ["97%", "<= 8h"]}),
]


class Consecutive(Terms):
    """The same service level is in breach in `times` months, one after the other."""

    times: MonthCount


class CreditShare(Rolling):
    """Credits of `share` of the month's charge or more, in `times` of any `within` months."""

    share: Percent


class CreditSum(Terms):
    """Credits of `amount` or more in all, in any `within` months."""

    amount: Amount
    within: MonthCount = 12


class MissedShare(Terms):
    """More than `above` of all measurements of `within` full months are breaches."""

    above: Percent
    within: MonthCount = 12


class AverageGoal(Terms):
    """The mean of a level's figures over `within` full months does not keep `goal`."""

    goal: Average
    within: MonthCount


KINDS = (
    "consecutive",
    "breaches",
    "at_cap",
    "credit_share",
    "credit_sum",
    "missed_share",
    "average",
)
_BY_LEVEL = frozenset({"consecutive", "breaches", "average"})


class Termination(Terms):
    """
    One ground for termination: exactly one of its kinds.

    `consecutive`, `breaches` (so many in any so many months) and `average` look at one
    `service_level`; the first two look at each one by itself if none is named. `at_cap` counts
    the months whose credits reached the monthly cap. Credits are counted after caps, before
    what is earned back.
    """

    consecutive: Consecutive | None = None
    breaches: Rolling | None = None
    at_cap: Rolling | None = None
    credit_share: CreditShare | None = None
    credit_sum: CreditSum | None = None
    missed_share: MissedShare | None = None
    average: AverageGoal | None = None
    service_level: Slug | None = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        kind = one_of(self, *KINDS)
        if self.service_level and kind not in _BY_LEVEL:
            raise problem(
                "agreement.key-without-use",
                f"'service_level' says nothing about {kind}, which looks at all of them",
                "Leave it out.",
                at=".service_level",
            )
        if self.average and not self.service_level:
            raise problem(
                "agreement.average-of-what",
                "an average is that of one service level, and none is named",
                "Name the `service_level`.",
            )
        return self

    @property
    def kind(self) -> str:
        """Return which of the kinds is stated."""
        return one_of(self, *KINDS)
