"""When a service is available: from which data, less which maintenance, by which formula."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from typing import Annotated, Any, Self

from pydantic import (
    BeforeValidator,
    Field,
    PlainSerializer,
    StrictInt,
    WithJsonSchema,
    model_validator,
)

from tallystick.engine.service_levels.terms.base import Terms
from tallystick.engine.service_levels.terms.composition import (
    Composition,
    composition_document,
    read_composition,
)
from tallystick.engine.service_levels.terms.fields import Day, Line, StandingHours
from tallystick.engine.service_levels.terms.hours import NO_HOURS
from tallystick.engine.service_levels.terms.moments import moment_text, read_moment
from tallystick.engine.service_levels.terms.problems import problem
from tallystick.engine.service_levels.terms.quantities import (
    limit_text,
    read_limit,
    read_share,
    share_text,
)
from tallystick.engine.signals import SignalKind

HOUR = 3_600
MOST_USERS = 10**9


class Formula(StrEnum):
    """
    What is left out of both sides of the share.

    T: service hours. M: maintenance of which notice was given, and relief, whether or not the
    service was up. D: downtime. Excused: only the downtime within M. Either way, outages that
    the data call excused are left out too.
    """

    LESS_MAINTENANCE = "(T-M-D)/(T-M)"
    LESS_EXCUSED = "(T-excused-nonexcused)/(T-excused)"


class SeveralProbes(StrEnum):
    """What several valid probes of one component in one interval make of it."""

    DOWN_IF_ALL_FAIL = "down-if-all-fail"
    DOWN_IF_ANY_FAILS = "down-if-any-fails"


class MaintenanceState(StrEnum):
    """Whether the state `maintenance` in the data is downtime that needs notice, or excused."""

    NEEDS_NOTICE = "needs-notice"
    EXCUSED = "excused"


class Weight(StrEnum):
    """What is added up: seconds, or seconds times users."""

    TIME = "time"
    USERS = "users"


def _read_length(value: Any) -> Any:
    zero = value == 0 if isinstance(value, int) else str(value).strip() in {"0s", "0m", "0h"}
    return 0 if zero else read_limit(value)


Moment = Annotated[
    datetime,
    BeforeValidator(read_moment),
    PlainSerializer(moment_text),
    WithJsonSchema({"type": "string", "examples": ["2026-03-07T02:00"]}),
]
Interval = Annotated[
    int,
    BeforeValidator(read_limit),
    PlainSerializer(limit_text),
    WithJsonSchema({"type": "string", "examples": ["60s", "5m"]}),
]
Part = Annotated[
    Fraction,
    BeforeValidator(read_share),
    PlainSerializer(share_text),
    WithJsonSchema({"type": "string", "pattern": "%$", "examples": ["95%"]}),
]
Length = Annotated[
    int,
    BeforeValidator(_read_length),
    PlainSerializer(lambda seconds: limit_text(seconds) or "0s"),
    WithJsonSchema({"type": "string", "examples": ["5m", "0s"]}),
]
Components = Annotated[
    Composition,
    BeforeValidator(read_composition),
    PlainSerializer(composition_document),
    WithJsonSchema(
        {
            "type": "object",
            "minProperties": 1,
            "maxProperties": 1,
            "properties": {"serial": {"type": "array"}, "parallel": {"type": "array"}},
            "additionalProperties": False,
            "examples": [{"serial": ["web", {"parallel": ["db-1", "db-2"]}]}],
        }
    ),
]


class MaintenanceWindow(Terms):
    """A planned stretch [since, until) and the day on which the client was told of it."""

    since: Moment
    until: Moment
    notice_given_on: Day | None = None
    reason: Line | None = None

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        if (self.since.tzinfo is None) != (self.until.tzinfo is None):
            raise problem(
                "agreement.maintenance-unreadable",
                "one end of the maintenance has an offset and the other has none",
                "Write both with an offset, or both without.",
            )
        if self.until <= self.since:
            raise problem(
                "agreement.maintenance-unreadable",
                f"the maintenance ends at {moment_text(self.until)}, not after it starts",
                "Give an `until` after `since`.",
            )
        return self


class AvailabilityTerms(Terms):
    """
    How the availability of a service is found from what is known of its components.

    Lengths are seconds. `interval` and `several_probes` are of probes alone; `total_users` is
    needed where outages are weighed by users. Without `components` every component that the
    data name is needed. `standing_maintenance` are weekly hours, in the zone of the level's
    calendar and on its holidays too, of which the agreement itself gives notice.
    """

    from_: Annotated[SignalKind, Field(alias="from")]
    interval: Interval | None = None
    several_probes: SeveralProbes | None = None
    maintenance_state: MaintenanceState | None = None
    components: Components | None = None
    formula: Formula
    maintenance: tuple[MaintenanceWindow, ...] = ()
    standing_maintenance: StandingHours = NO_HOURS
    notice_days: Annotated[StrictInt, Field(ge=0, le=365)] = 2
    minimum_outage: Length = 0
    weight: Weight = Weight.TIME
    total_users: Annotated[StrictInt, Field(ge=1, le=MOST_USERS)] | None = None
    least_measured: Part = Field(default="95%", validate_default=True)

    @property
    def users(self) -> int:
        """Return what one second counts for: the number of all users, or 1."""
        return self.total_users or 1

    @model_validator(mode="before")
    @classmethod
    def _fill_what_depends_on_the_data(cls, value: Any) -> Any:
        if not isinstance(value, Mapping):
            return value
        if value.get("from") == SignalKind.PROBES:
            return {"several_probes": SeveralProbes.DOWN_IF_ALL_FAIL, **value}
        if value.get("from") == SignalKind.STATES:
            return {"maintenance_state": MaintenanceState.NEEDS_NOTICE, **value}
        return value

    @model_validator(mode="after")
    def _fits_its_data(self) -> Self:
        if self.from_ is SignalKind.PROBES and self.interval is None:
            raise problem(
                "agreement.interval-missing",
                "availability from probes needs the interval for which a probe stands",
                'Add `interval: "60s"`.',
            )
        for key, kind in _ONLY_WITH.items():
            if getattr(self, key) is not None and self.from_ is not kind:
                raise problem(
                    "agreement.key-out-of-place",
                    f"`{key}` is about {kind}, and the data are {self.from_}",
                    f"Remove `{key}`.",
                    at=f".{key}",
                )
        if self.interval is not None and (self.interval > HOUR or HOUR % self.interval):
            raise problem(
                "agreement.interval-uneven",
                f"an hour is no whole number of intervals of {limit_text(self.interval)}",
                'Write an interval such as "30s", "60s", "5m" or "1h".',
                at=".interval",
            )
        return self

    @model_validator(mode="after")
    def _fits_its_weight(self) -> Self:
        if (self.weight is Weight.USERS) != (self.total_users is not None):
            raise problem(
                "agreement.users-unclear",
                "`weight: users` and `total_users` stand together or not at all",
                "Say how many users the service has and weigh by users, or leave both out.",
                at=".weight",
            )
        return self


_ONLY_WITH = {
    "interval": SignalKind.PROBES,
    "several_probes": SignalKind.PROBES,
    "maintenance_state": SignalKind.STATES,
}
