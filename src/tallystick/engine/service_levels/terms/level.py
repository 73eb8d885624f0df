"""One clause: what is measured, on which calendar, against which limits and target."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, Literal, Self

from pydantic import ConfigDict, Field, model_validator

from tallystick.engine.service_levels.terms.base import Terms, may_be_absent
from tallystick.engine.service_levels.terms.clock import Clock
from tallystick.engine.service_levels.terms.fields import Line, Paragraph, Slug, Target
from tallystick.engine.service_levels.terms.problems import problem
from tallystick.engine.service_levels.terms.targets import LimitRule


class MeasureKind(StrEnum):
    """What a service level measures."""

    RESPONSE_TIME = "response-time"
    RESOLUTION_TIME = "resolution-time"


class Attribution(StrEnum):
    """Which instant of an item puts it into a window."""

    DUE = "due"
    OPENED = "opened"
    DONE = "done"


CLOCKS: Mapping[str, Mapping[str, list[str]]] = {
    MeasureKind.RESPONSE_TIME: {
        "runs": ["new"],
        "pauses": ["on-hold"],
        "stops": ["in-progress", "resolved", "closed", "cancelled"],
    },
    MeasureKind.RESOLUTION_TIME: {
        "runs": ["new", "in-progress"],
        "pauses": ["on-hold"],
        "stops": ["resolved", "closed", "cancelled"],
    },
}
"""The clock of each kind of measure; a clock in a document replaces it list by list."""


class ServiceLevel(Terms):
    """One clause: what is measured, on which calendar, against which limits and target."""

    model_config = ConfigDict(json_schema_extra=may_be_absent("clock"))

    id: Slug
    name: Line
    measure: MeasureKind
    calendar: Slug
    clock: Clock
    targets: Annotated[tuple[LimitRule, ...], Field(min_length=1)]
    target: Target
    window: Literal["month"] = "month"
    attribution: Attribution = Attribution.DUE
    data_source: Paragraph | None = None
    measured_by: Line | None = None

    @model_validator(mode="before")
    @classmethod
    def _fill_clock(cls, value: Any) -> Any:
        if not isinstance(value, Mapping) or value.get("measure") not in set(MeasureKind):
            return value
        stated = value.get("clock", {})
        if not isinstance(stated, Mapping):
            return value
        return {**value, "clock": {**CLOCKS[value["measure"]], **stated}}

    @model_validator(mode="after")
    def _refuse_unreachable_limits(self) -> Self:
        for index, rule in enumerate(self.targets[:-1]):
            if not rule.when:
                raise problem(
                    "agreement.unreachable-limit",
                    "a limit for everything stands before other limits, which are never reached",
                    "Put the limit without `when` last: the first match wins.",
                    at=f".targets[{index}]",
                )
        return self
