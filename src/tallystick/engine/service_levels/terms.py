"""The clauses of an agreement as values that check themselves: calendars, clocks, targets."""

from collections import Counter
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StrictInt, model_validator

from tallystick.engine.service_levels.fields import (
    Day,
    Holidays,
    Hours,
    Limit,
    Line,
    Paragraph,
    Slug,
    States,
    Target,
    Zone,
)
from tallystick.engine.service_levels.problems import did_you_mean, problem
from tallystick.engine.values import STATES


class MeasureKind(StrEnum):
    """What a service level measures."""

    RESPONSE_TIME = "response-time"
    RESOLUTION_TIME = "resolution-time"


class Attribution(StrEnum):
    """Which instant of an item puts it into a window."""

    DUE = "due"
    OPENED = "opened"
    DONE = "done"


class Terms(BaseModel):
    """Part of an agreement; an unknown key is refused with the nearest known one."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _refuse_unknown_keys(cls, value: Any) -> Any:
        if not isinstance(value, Mapping):
            return value
        known = [field.alias or name for name, field in cls.model_fields.items()]
        for key in value:
            if key not in known:
                raise problem(
                    "agreement.unknown-key",
                    f"there is no key {key!r} here",
                    did_you_mean(key, known),
                    at=f".{key}",
                )
        return value


def _may_be_absent(key: str) -> Callable[[dict[str, Any]], None]:
    """Amend a generated schema: a key that is filled in from elsewhere is not required."""
    return lambda schema: schema["required"].remove(key)


class Calendar(Terms):
    """
    When time counts: weekly hours in a zone, less the shifts that start on a holiday.

    In a document, a calendar without a zone takes the agreement's.
    """

    model_config = ConfigDict(json_schema_extra=_may_be_absent("zone"))

    zone: Zone
    hours: Hours
    holidays: Holidays = ()


class Clock(Terms):
    """Which states let the clock run, pause it, and stop it; each state stands once."""

    runs: States
    pauses: States
    stops: States

    @model_validator(mode="after")
    def _place_each_state_once(self) -> Self:
        placed = Counter([*self.runs, *self.pauses, *self.stops])
        if twice := [state.value for state in STATES if placed[state] > 1]:
            raise problem(
                "agreement.state-twice",
                f"the clock has {', '.join(twice)} in more than one place",
                "Keep each state in one of runs, pauses and stops.",
            )
        if absent := [state.value for state in STATES if not placed[state]]:
            raise problem(
                "agreement.state-unplaced",
                f"the clock does not say what happens in {', '.join(absent)}",
                "Put each state into runs, pauses or stops.",
            )
        if not self.runs or not self.stops:
            raise problem(
                "agreement.clock-idle",
                "the clock never " + ("stops" if self.runs else "runs"),
                "Name at least one state in runs and one in stops.",
            )
        return self


class LimitRule(Terms):
    """The limit in seconds of working time for the items whose attributes match."""

    when: dict[Line, Annotated[tuple[Line, ...], Field(min_length=1)]] = {}
    limit: Limit


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

    model_config = ConfigDict(json_schema_extra=_may_be_absent("clock"))

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


class Term(Terms):
    """The local days on which an agreement is in force; the last is not included."""

    from_: Annotated[Day, Field(alias="from")]
    until: Day

    @model_validator(mode="after")
    def _end_after_start(self) -> Self:
        if self.until <= self.from_:
            raise problem(
                "agreement.term-without-days",
                f"the agreement ends on {self.until}, not after it starts on {self.from_}",
                "Give the day after the last one as `until`.",
            )
        return self


class Agreement(Terms):
    """One version of what the client and the provider agreed."""

    agreement: Literal[1]
    id: Slug
    version: Annotated[StrictInt, Field(ge=1, le=1_000_000)]
    title: Line
    client: Line
    provider: Line
    in_force: Term
    zone: Zone
    calendars: Annotated[dict[Slug, Calendar], Field(min_length=1)]
    service_levels: Annotated[tuple[ServiceLevel, ...], Field(min_length=1)]

    @model_validator(mode="before")
    @classmethod
    def _fill_zones(cls, value: Any) -> Any:
        if not isinstance(value, Mapping) or not isinstance(value.get("calendars"), Mapping):
            return value
        calendars = {
            name: {"zone": value.get("zone"), **calendar}
            if isinstance(calendar, Mapping)
            else calendar
            for name, calendar in value["calendars"].items()
        }
        return {**value, "calendars": calendars}

    @model_validator(mode="after")
    def _check_references(self) -> Self:
        seen: set[str] = set()
        for index, level in enumerate(self.service_levels):
            if level.id in seen:
                raise problem(
                    "agreement.duplicate-service-level",
                    f"two service levels have the id {level.id!r}",
                    "Give each service level its own id.",
                    at=f".service_levels[{index}].id",
                )
            seen.add(level.id)
            if level.calendar not in self.calendars:
                raise problem(
                    "agreement.unknown-calendar",
                    f"there is no calendar {level.calendar!r}",
                    did_you_mean(level.calendar, list(self.calendars)),
                    at=f".service_levels[{index}].calendar",
                )
        return self

    def service_level(self, name: str) -> ServiceLevel:
        """Return the service level with this id; KeyError if there is none."""
        for level in self.service_levels:
            if level.id == name:
                return level
        raise KeyError(name)

    def calendar_of(self, level: ServiceLevel) -> Calendar:
        """Return the calendar that a service level counts on."""
        return self.calendars[level.calendar]
