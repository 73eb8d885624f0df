"""What holds where few items stand behind a figure, and where none does."""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, StrictInt, model_validator

from tallystick.engine.service_levels.terms.base import Terms
from tallystick.engine.service_levels.terms.problems import problem


class NothingDue(StrEnum):
    """The verdict on a window in which nothing was decided."""

    NEITHER = "neither"
    MET = "met"
    MISSED = "missed"


class Allowance(Terms):
    """Up to so many decided items, so many may be missed, whatever share that is."""

    up_to: Annotated[StrictInt, Field(ge=1, le=1_000_000)]
    may_miss: Annotated[StrictInt, Field(ge=0, le=1_000_000)]


class LowVolume(Terms):
    """
    Rules for few items; they are tried in this order.

    `measured_from` decided items on, the window is measured at all. `allowances` are a table by
    denominator; above its last row the target holds. `one_miss_forgiven`: where a single missed
    item would by itself miss the target, that one item does not count.
    """

    measured_from: Annotated[StrictInt, Field(ge=1, le=1_000_000)] = 1
    allowances: tuple[Allowance, ...] = ()
    one_miss_forgiven: bool = False

    @model_validator(mode="after")
    def _rise(self) -> Self:
        sizes = [each.up_to for each in self.allowances]
        if sizes != sorted(set(sizes)):
            raise problem(
                "agreement.table-out-of-order",
                "the table of allowances does not rise",
                "Sort its rows by up_to, each once.",
                at=".allowances",
            )
        return self
