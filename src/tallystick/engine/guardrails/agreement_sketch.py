"""An agreement as far as it is written: guardrails name what is missing, so little is demanded."""

from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

from tallystick.engine.guardrails.documents import contradiction, near_word
from tallystick.engine.guardrails.fields import Day, Name, Text


class Sketch(BaseModel):
    """A part that keeps keys it does not know, and refuses those that look misspelt."""

    model_config = ConfigDict(extra="allow", frozen=True, populate_by_name=True)

    @model_validator(mode="before")
    @classmethod
    def refuse_misspelt_keys(cls, value: Any) -> Any:
        """Refuse a key that is nearly one that the format knows."""
        known = [field.alias or name for name, field in cls.model_fields.items()]
        for key in value if isinstance(value, dict) else ():
            near = None if key in known else near_word(str(key), known)
            if near:
                raise contradiction(
                    f"'{key}' is not a known key", at=str(key), remedy=f"Did you mean '{near}'?"
                )
        return value


class InForce(Sketch):
    """The days on which an agreement holds; `until` is the first day on which it does not."""

    from_: Day | None = Field(default=None, alias="from")
    until: Day | None = None


class CalendarSketch(Sketch):
    """Service hours as written; `holidays` are whole local days."""

    zone: Text = None
    hours: Any = None
    holidays: list[Day] = Field(default=[], max_length=4000)


class TargetSketch(Sketch):
    """One clause: which items it takes in, and the limit or due instant that holds for them."""

    when: dict[str, Any] | None = None
    limit: Text = None
    due: dict[str, Any] | None = None


class LevelSketch(Sketch):
    """One service level as written."""

    id: Name
    name: Text = None
    measure: Text = None
    calendar: Text = None
    clock: dict[str, Any] | None = None
    targets: list[TargetSketch] = Field(default=[], max_length=200)
    target: Text = None
    window: Text = None
    attribution: Text = None
    statistic: Text = None
    data_source: Text = None
    measured_by: Text = None

    @property
    def judges_items(self) -> bool:
        """Return whether each item is held to a limit; a mean or a volume has a target alone."""
        timed = self.measure in {None, "response-time", "resolution-time", "deadline"}
        return timed and self.statistic in {None, "share"}


class AgreementSketch(Sketch):
    """An agreement document, checked leniently."""

    agreement: int | None = None
    id: Text = None
    version: int | None = None
    title: Text = None
    client: Text = None
    provider: Text = None
    in_force: InForce | None = None
    zone: Text = None
    calendars: dict[str, CalendarSketch] = Field(default={}, max_length=200)
    service_levels: list[LevelSketch] = Field(default=[], max_length=500)

    @property
    def holidays(self) -> frozenset[date]:
        """Return the holidays of all calendars."""
        return frozenset(day for each in self.calendars.values() for day in each.holidays)

    def in_force_on(self, day: date) -> bool:
        """Return whether the agreement holds on a day; one without a first day never does."""
        term = self.in_force
        if term is None or term.from_ is None or day < term.from_:
            return False
        return term.until is None or day < term.until
