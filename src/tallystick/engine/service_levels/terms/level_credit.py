"""What a service level costs the provider when it fails: one of four kinds of credit."""

from collections.abc import Mapping
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema, model_validator

from tallystick.engine.service_levels.terms.base import Terms
from tallystick.engine.service_levels.terms.choices import one_of
from tallystick.engine.service_levels.terms.fields import Slug
from tallystick.engine.service_levels.terms.goals import Direction, Goal, figure_text, read_goal
from tallystick.engine.service_levels.terms.money import Number, Percent, PercentFromZero
from tallystick.engine.service_levels.terms.problems import problem


def _edge(sign: str) -> BeforeValidator:
    # "below 99%" is what does not keep ">= 99%", and "above 8h" what does not keep "<= 8h".
    def read(value: Any) -> Goal:
        text = f"{sign} {value}" if isinstance(value, str) else value
        return value if isinstance(value, Goal) else read_goal(text)

    return BeforeValidator(read)


_text = PlainSerializer(lambda goal: figure_text(goal.value, goal.unit))
_schema = WithJsonSchema({"type": "string", "examples": ["99%", "8h", "4.2"]})
Below = Annotated[Goal, _edge(">="), _text, _schema]
Above = Annotated[Goal, _edge("<="), _text, _schema]


class Edge(Terms):
    """From where on a step holds: for figures strictly `below`, or strictly `above`."""

    below: Below | None = None
    above: Above | None = None

    @model_validator(mode="after")
    def _one_side(self) -> Self:
        one_of(self, "below", "above")
        return self

    @property
    def edge(self) -> Goal:
        """Return the goal that a figure of this step does not keep."""
        if (edge := self.below or self.above) is None:
            raise ValueError("a step has an edge")
        return edge

    def reached_by(self, value: Fraction) -> bool:
        """Return whether a figure lies beyond the edge; a figure on it does not."""
        return not self.edge.kept_by(value)

    def __str__(self) -> str:
        """Return `below 99%` or `above 8h`."""
        side = "below" if self.edge.direction is Direction.AT_LEAST else "above"
        return f"{side} {figure_text(self.edge.value, self.edge.unit)}"


class Step(Edge):
    """A part of the month's charge, for figures beyond the edge."""

    credit: PercentFromZero


class PerShortfall(Terms):
    """
    So much of the month's charge for each so many percentage points that are missing.

    Missing is what lies between figure and target. Only full steps count (`count: full`, the
    default), or parts of them too (`exact`). "5 % of the fee for each full 1 % of shortfall".
    """

    each: Percent
    credit: Percent
    count: Literal["full", "exact"] = "full"


class Trigger(StrEnum):
    """From which verdict on a credit is due."""

    MISSED = "missed"
    BELOW_EXPECTED = "below-expected"


BASES = ("allocation", "weight", "steps", "per_shortfall")


class LevelCredit(Terms):
    """
    The credit of one service level: exactly one of `allocation`, `weight`, `steps` and
    `per_shortfall`.

    `allocation`: that part of the amount at risk, or of its category's pool if it names a
    `category`. `weight`: its part of the amount at risk, as its weight is of all weights.
    `steps`: the part of the month's charge that the last step reached says. `per_shortfall`:
    a part of the month's charge for each step of shortfall.

    `trigger` says which verdicts are credited. Without it, `missed` for an allocation or a
    weight, and `below-expected` for steps and shortfalls, which say themselves where they begin.
    A breach by repetition is always credited. `earn_back: excluded` keeps the credit with the
    client. Of the levels of one `event_group` that fail in one month, one is credited.
    """

    allocation: Percent | None = None
    category: Slug | None = None
    weight: Number | None = None
    steps: Annotated[tuple[Step, ...], Field(min_length=1)] | None = None
    per_shortfall: PerShortfall | None = None
    trigger: Trigger
    earn_back: Literal["allowed", "excluded"] = "allowed"
    event_group: Slug | None = None

    @model_validator(mode="before")
    @classmethod
    def _fill_trigger(cls, value: Any) -> Any:
        if not isinstance(value, Mapping):
            return value
        tabled = "steps" in value or "per_shortfall" in value
        usual = Trigger.BELOW_EXPECTED if tabled else Trigger.MISSED
        return {"trigger": usual.value, **value}

    @model_validator(mode="after")
    def _check(self) -> Self:
        one_of(self, *BASES)
        if self.category and self.allocation is None:
            raise problem(
                "agreement.category-without-allocation",
                f"the credit names the category {self.category!r} and no part of its pool",
                "State the `allocation` of this service level in the category.",
                at=".category",
            )
        check_steps(self.steps or (), [step.credit for step in self.steps or ()], ".steps")
        return self


def check_steps(edges: tuple[Edge, ...], worth: list[Fraction], at: str) -> None:
    """Raise the problem of steps that do not go on in one direction, at a rising price."""
    for index, (one, other) in enumerate(pairwise(edges), start=1):
        alike = one.edge.unit is other.edge.unit and one.edge.direction is other.edge.direction
        if not alike or not one.edge.worse(other.edge.value, one.edge.value):
            raise problem(
                "agreement.steps-out-of-order",
                f"the step {other} does not lie beyond the step {one} before it",
                "Order the steps from the mildest to the worst, all below or all above.",
                at=f"{at}[{index}]",
            )
        if worth[index] < worth[index - 1]:
            raise problem(
                "agreement.steps-out-of-order",
                f"the step {other} is worth less than the step {one} before it",
                "Let a worse figure never be worth less.",
                at=f"{at}[{index}]",
            )
