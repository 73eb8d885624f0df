"""What follows from a service level's figures besides a credit of its own."""

from fractions import Fraction
from typing import Annotated, Literal, Self

from pydantic import Field, StrictInt, model_validator

from tallystick.engine.service_levels.terms.base import Terms
from tallystick.engine.service_levels.terms.level_credit import Edge, check_steps
from tallystick.engine.service_levels.terms.money import Percent
from tallystick.engine.service_levels.terms.problems import problem

Points = Annotated[StrictInt, Field(ge=1, le=1000)]
MonthCount = Annotated[StrictInt, Field(ge=1, le=120)]


class Rolling(Terms):
    """So many times within so many months, one after the other, the last one included."""

    times: MonthCount
    within: MonthCount

    @model_validator(mode="after")
    def _fit(self) -> Self:
        if self.times > self.within:
            raise problem(
                "agreement.times-beyond-windows",
                f"{self.times} times cannot come to pass in {self.within} months",
                "Let `times` be at most `within`.",
                at=".times",
            )
        return self


class Repetition(Rolling):
    """
    Breach by repetition: below expected, though not below the minimum, again and again.

    Source: State of Texas DIR, Exhibit 3 (4 times in any rolling 12 months, the default).
    """

    times: MonthCount = 4
    within: MonthCount = 12


class Band(Edge):
    """The points of a figure beyond the edge."""

    points: Points


class Severity(Terms):
    """
    The severity points of a service level that fails (UK Model Services Contract).

    The last band reached says the points P; a figure below the minimum has `below_minimum`
    points, where that is stated. If the same level had points in the month before, they are
    P x `repeat`, by the points of this month: a severe failure (3) after any other counts 6.
    """

    bands: Annotated[tuple[Band, ...], Field(min_length=1)]
    below_minimum: Points | None = None
    repeat: Annotated[StrictInt, Field(ge=1, le=10)] = 2

    @model_validator(mode="after")
    def _check(self) -> Self:
        worth = [Fraction(band.points) for band in self.bands]
        check_steps(self.bands, worth, ".bands")
        if self.below_minimum is not None and self.below_minimum < worth[-1]:
            raise problem(
                "agreement.steps-out-of-order",
                "a figure below the minimum has fewer points than the last band",
                "Let a worse figure never be worth less.",
                at=".below_minimum",
            )
        return self


class Ratchet(Terms):
    """
    How a target that is always exceeded rises: proposed, never put in force by itself.

    After `after` consecutive months strictly better than the target the new one is halfway to
    their mean (`to: midpoint`, Sears/CSC), or their mean, the rise being at most `most` of what
    is missing to perfection (`to: mean`, Gap/IBM: k % of 100 % - current). It is rounded to
    `decimals` (of per cent, if the figure is a share), to the side that is easier to keep.
    """

    after: Annotated[StrictInt, Field(ge=1, le=60)] = 12
    to: Literal["midpoint", "mean"] = "midpoint"
    most: Percent | None = None
    decimals: Annotated[StrictInt, Field(ge=0, le=6)] = 2
