"""Measurements of service levels, what users say beside them, and what they rest on."""

from typing import Literal, Self

from pydantic import Field, model_validator

from tallystick.engine.guardrails.documents import contradiction
from tallystick.engine.guardrails.fields import Name, Share, Window
from tallystick.engine.guardrails.parts.part import Part


class Measured(Part):
    """One service level in one window, as `tallystick measure` prints it."""

    service_level: Name
    window: Window
    numerator: int = Field(ge=0)
    denominator: int = Field(ge=0)
    attainment: Share | None = None
    target: Share | None = None
    verdict: Literal["met", "below-expected", "missed", "nothing-due", "not-measured"]
    unit: Literal["share", "seconds", "number"] = "share"

    @model_validator(mode="after")
    def count_parts_within_the_whole(self) -> Self:
        """Refuse more items within the limit than items that fell due."""
        if self.unit == "share" and self.numerator > self.denominator:
            raise contradiction(
                "more items lie within the limit than fell due",
                at="numerator",
                remedy="Give a numerator that is not larger than the denominator.",
            )
        return self


class Satisfaction(Part):
    """The share of users asked in a window who were satisfied."""

    window: Window
    satisfied: Share


class Underpinning(Part):
    """A level that another party promises, without which a service level cannot be kept."""

    service_level: Name
    name: Name
    target: Share
