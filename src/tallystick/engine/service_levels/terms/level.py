"""One clause: what is measured, on which calendar, against which limits and target."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import ConfigDict, Field, StrictInt, model_validator

from tallystick.engine.service_levels.terms.availability import AvailabilityTerms
from tallystick.engine.service_levels.terms.base import Terms, may_be_absent
from tallystick.engine.service_levels.terms.clock import Clock, Cycles
from tallystick.engine.service_levels.terms.consequences import Ratchet, Repetition, Severity
from tallystick.engine.service_levels.terms.fields import Day, Line, Paragraph, Slug, Target
from tallystick.engine.service_levels.terms.level_checks import check_level
from tallystick.engine.service_levels.terms.level_credit import LevelCredit
from tallystick.engine.service_levels.terms.matches import Conditions
from tallystick.engine.service_levels.terms.periods import Period, WindowRule, Windows
from tallystick.engine.service_levels.terms.rounding import Rounding
from tallystick.engine.service_levels.terms.statistics import Statistic, Statistics
from tallystick.engine.service_levels.terms.targets import LimitRule
from tallystick.engine.service_levels.terms.volume import LowVolume, NothingDue


class MeasureKind(StrEnum):
    """What a service level measures."""

    RESPONSE_TIME = "response-time"
    RESOLUTION_TIME = "resolution-time"
    DEADLINE = "deadline"
    AVAILABILITY = "availability"
    RATIO = "ratio"
    SCORE = "score"
    VOLUME = "volume"
    BACKLOG = "backlog"

    @property
    def is_timed(self) -> bool:
        """Return whether each item is judged by its clock against a limit or a due instant."""
        return self in {self.RESPONSE_TIME, self.RESOLUTION_TIME, self.DEADLINE}


class LevelClass(StrEnum):
    """Whether a level carries a credit, or is reported without one (contract practice)."""

    CRITICAL = "critical-service-level"
    KEY = "key-measurement"


class Attribution(StrEnum):
    """Which instant of an item puts it into a window."""

    DUE = "due"
    OPENED = "opened"
    DONE = "done"
    RESOLVED = "resolved"
    CLOSED = "closed"


class Overdue(StrEnum):
    """In which windows an item counts as missed that stays open past its due instant."""

    ONCE = "once"
    EACH_WINDOW = "each-window"


_STOPPING = ["resolved", "closed", "cancelled"]
_UNTIL_RESOLVED: Mapping[str, Any] = {
    "runs": ["new", "in-progress"],
    "pauses": ["on-hold"],
    "stops": _STOPPING,
}
CLOCKS: Mapping[str, Mapping[str, Any]] = {
    MeasureKind.RESPONSE_TIME: {
        "runs": ["new"],
        "pauses": ["on-hold"],
        "stops": ["in-progress", *_STOPPING],
    },
} | {kind: _UNTIL_RESOLVED for kind in MeasureKind if kind is not MeasureKind.RESPONSE_TIME}
"""The clock of each kind of measure; a clock in a document replaces it key by key."""

_CYCLES: Mapping[str, Cycles] = {
    MeasureKind.RESPONSE_TIME: Cycles.FIRST,
    # A reopened item was not open in the time between.
    MeasureKind.BACKLOG: Cycles.EACH,
}

ATTRIBUTIONS: Mapping[str, str] = {
    MeasureKind.RATIO: Attribution.DONE.value,
    MeasureKind.SCORE: Attribution.DONE.value,
    MeasureKind.VOLUME: Attribution.OPENED.value,
}
"""The attribution of a kind of measure where it is not `due`."""


class ServiceLevel(Terms):
    """
    One clause: what is measured, on which calendar, against which limits and target.

    `id` is its name in statements, `name` the one for people. `applies_to` are conditions on the
    items it is about; without it, every item. `calendar` is the name of one of the agreement's.
    `good` are the conditions that a good item meets, of a ratio. `statistic` is `share`, `mean`,
    `median` or such as `p95`. `window` is `month`, `quarter` or such as `rolling-3-months`.
    `data_source` and `measured_by` say where figures come from, and from whom.
    `of` sums an attribute whose values lie between 0 and a thousand million; any other is no value.
    `target` is the expected level. Where a `minimum` is stated, a figure between the two is below
    expected and not missed. Up to the day `reporting_only_until` windows are reported without
    consequence (start-up). With `overdue: each-window` an item counts as missed in every window
    until it is done, but for those after its due window if it is done within `overdue_grace` days.
    `availability` says how the time of a service is told up from down; no other measure has it.
    """

    model_config = ConfigDict(
        json_schema_extra=may_be_absent("clock", "attribution"), validate_default=True
    )

    always_spelled = frozenset({"window"})

    id: Slug
    name: Line
    class_: Annotated[LevelClass, Field(alias="class")] = LevelClass.KEY
    measure: MeasureKind
    applies_to: Conditions = ()
    calendar: Slug
    clock: Clock
    targets: tuple[LimitRule, ...] = ()
    good: Conditions = ()
    of: Line | None = None
    availability: AvailabilityTerms | None = None
    statistic: Statistics = Statistic()
    target: Target
    minimum: Target | None = None
    window: Windows = WindowRule(Period.MONTH)
    attribution: Attribution
    overdue: Overdue = Overdue.ONCE
    overdue_grace: Annotated[StrictInt, Field(ge=0, le=366)] = 28
    reporting_only_until: Day | None = None
    low_volume: LowVolume = LowVolume()
    rounding: Rounding | None = None
    nothing_due: NothingDue = NothingDue.NEITHER
    credit: LevelCredit | None = None
    severity: Severity | None = None
    repetition: Repetition | None = None
    ratchet: Ratchet | None = None
    data_source: Paragraph | None = None
    measured_by: Line | None = None

    @model_validator(mode="before")
    @classmethod
    def _fill_by_measure(cls, value: Any) -> Any:
        measure = value.get("measure") if isinstance(value, Mapping) else None
        if not isinstance(measure, str) or measure not in set(MeasureKind):
            return value
        stated = value.get("clock", {})
        usual = ATTRIBUTIONS.get(measure, Attribution.DUE.value)
        if value.get("statistic", "share") != "share":
            usual = Attribution.DONE.value  # without a limit nothing is due
        filled = {"attribution": usual, **value}
        if isinstance(stated, Mapping):
            filled["clock"] = {**CLOCKS[measure], **stated}
        return filled

    @property
    def cycles(self) -> Cycles:
        """Return which cycles of the clock are judged: as stated, or as usual for the measure."""
        if self.clock.cycles:
            return self.clock.cycles
        return _CYCLES.get(self.measure, Cycles.CUMULATIVE)

    @model_validator(mode="after")
    def _check(self) -> Self:
        check_level(self)
        return self
