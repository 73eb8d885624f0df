"""A mapping document -> a checked Mapping: which column means what, and which value which state."""

import difflib
from enum import StrEnum
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo, available_timezones

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)
from pydantic_core import ErrorDetails, PydanticCustomError

from tallystick.engine.refusals import Refusal
from tallystick.engine.values import State

EVENT_COLUMNS = ("item", "at", "state")
ITEM_COLUMNS = (
    "item", "opened", "responded", "resolved", "closed", "hold_from", "hold_until", "state",
)  # fmt: skip
SAME = "same"
"""What a raw state maps to when its row is kept and leaves the item's state as it was."""


class Shape(StrEnum):
    """What one row of the file is: a change of an item, or an item with its dates."""

    EVENT_LOG = "event-log"
    ITEM_TABLE = "item-table"


class History(StrEnum):
    """What the rows of an item are: all that happened to it, or what is new since last time."""

    WHOLE = "whole"
    ADDITIONS = "additions"


class MappingRefused(Refusal):
    """The mapping document breaks a rule of its format; `place` is the path to the value."""

    code = "mapping.invalid"


class UnknownKey(MappingRefused):
    """The document has a key that the format does not know."""

    code = "mapping.unknown-key"


class UnknownZone(MappingRefused):
    """The time zone is not in the IANA database."""

    code = "mapping.unknown-zone"


class UnknownState(MappingRefused):
    """A raw value is mapped to a word that is no state."""

    code = "mapping.unknown-state"


def _misplaced(place: str, sentence: str) -> PydanticCustomError:
    return PydanticCustomError("misplaced", "{sentence}", {"place": place, "sentence": sentence})


def _plain_text(value: object) -> object:
    # YAML reads an unquoted 6 as a number, and yes, no, on and off as truth values; of those
    # what was written cannot be told any more.
    if isinstance(value, bool):
        raise _misplaced("states", "a raw value was read as true or false; put it in quotes")
    return str(value) if isinstance(value, int) else value


def _zone(name: str) -> str:
    if name not in available_timezones():
        near = difflib.get_close_matches(name, available_timezones(), n=3)
        remedy = f"Name an IANA zone such as {', '.join(near) or 'Europe/Rome'}."
        raise PydanticCustomError("unknown_zone", "no time zone", {"remedy": remedy})
    return name


def _state(value: str) -> str:
    allowed = [*State, SAME]
    if value not in allowed:
        remedy = f"Use one of: {', '.join(allowed)}."
        raise PydanticCustomError("unknown_state", "no state", {"remedy": remedy})
    return value


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


Column = Annotated[int, Field(ge=1)] | Annotated[str, Field(min_length=1)]
"""The text of a header, or the position of a column counted from 1."""

StateColumns = Column | Annotated[list[Column], Field(min_length=1, max_length=4)]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
RawState = Annotated[str, BeforeValidator(_plain_text), Field(min_length=1)]
Encoding = Literal[
    "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1250", "cp1251", "cp1252",
    "iso-8859-1", "iso-8859-2", "iso-8859-15", "cp437", "cp850", "mac-roman",
]  # fmt: skip


class Columns(_Model):
    """The columns that carry an item's identity, its times and its state."""

    item: Column
    at: Column | None = None
    opened: Column | None = None
    responded: Column | None = None
    resolved: Column | None = None
    closed: Column | None = None
    hold_from: Column | None = None
    hold_until: Column | None = None
    state: StateColumns | None = None

    def named(self) -> dict[str, Column]:
        """Return the single columns that are mapped, by our name; the state columns apart."""
        return {
            name: column
            for name in type(self).model_fields
            if name != "state" and (column := getattr(self, name)) is not None
        }

    def states(self) -> list[Column]:
        """Return the state columns in order; none where the state is not mapped."""
        if self.state is None:
            return []
        return list(self.state) if isinstance(self.state, list) else [self.state]


class Time(_Model):
    """How the file writes time."""

    zone: Annotated[str, AfterValidator(_zone)] | None = None
    format: Annotated[str, Field(pattern="%")] | None = None
    order: Literal["day-first", "month-first"] | None = None

    def zone_info(self) -> ZoneInfo | None:
        """Return the zone of times that carry no offset, if it was named."""
        return ZoneInfo(self.zone) if self.zone else None


class Mapping(_Model):
    """How to read the files of one source; format version 1."""

    mapping: Literal[1]
    shape: Annotated[Shape, Field(strict=False)]
    source: Annotated[str, Field(pattern=r"^[\w.-]{1,64}$")]
    history: Annotated[History, Field(strict=False)] = History.WHOLE
    encoding: Encoding | None = None
    delimiter: Literal[",", ";", "\t", "|"] | None = None
    sheet: str | None = None
    columns: Columns
    attributes: dict[Name, Column] = Field(default_factory=dict)
    time: Time = Time()
    states: dict[RawState, Annotated[str, AfterValidator(_state)]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _fits_its_shape(self) -> Self:
        allowed = EVENT_COLUMNS if self.shape is Shape.EVENT_LOG else ITEM_COLUMNS
        needed = EVENT_COLUMNS if self.shape is Shape.EVENT_LOG else ("item", "opened")
        for name in type(self.columns).model_fields:
            mapped = getattr(self.columns, name) is not None
            if mapped and name not in allowed:
                raise _misplaced(f"columns.{name}", f"an {self.shape} has no column '{name}'")
            if not mapped and name in needed:
                raise _misplaced(f"columns.{name}", f"an {self.shape} needs the column '{name}'")
        if self.columns.states() and not self.states:
            raise _misplaced("states", "the state column needs its values mapped to states")
        if self.columns.hold_until is not None and self.columns.hold_from is None:
            raise _misplaced(
                "columns.hold_from", "a hold that ends needs the column where it starts"
            )
        return self

    def document(self) -> dict[str, Any]:
        """Return the mapping as plain JSON values; `read_mapping` reads them back."""
        return self.model_dump(mode="json", exclude_none=True)


def read_mapping(document: object) -> Mapping:
    """
    Return the checked mapping of a document as YAML or JSON gives it.

    Raises:
        MappingRefused: with the path of the first value at fault, and what to write instead.
    """
    try:
        return Mapping.model_validate(document)
    except ValidationError as problem:
        raise _refusal(problem.errors()) from problem


def mapping_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a mapping document."""
    schema = Mapping.model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


_KINDS: dict[str, tuple[type[MappingRefused], str]] = {
    "unknown_zone": (UnknownZone, "no time zone"),
    "unknown_state": (UnknownState, "no state"),
}


def _refusal(errors: list[ErrorDetails]) -> MappingRefused:
    # A misspelt key also leaves the right one missing: the misspelling is the cause.
    errors.sort(key=lambda error: error["type"] != "extra_forbidden")
    error = errors[0]
    place = _path(error["loc"])
    context = error.get("ctx", {})
    if error["type"] == "extra_forbidden":
        return _unknown_key(error["loc"], place)
    if error["type"] in _KINDS:
        refusal, noun = _KINDS[error["type"]]
        return refusal(f"{error['input']!r} is {noun}", place=place, remedy=context["remedy"])
    if error["type"] == "misplaced":
        place = context["place"]
        return MappingRefused(error["msg"], place=place, remedy=f"Mend {place} in the mapping.")
    remedy = "Put text that looks like a number or a date in quotes; see the mapping format."
    text = error["msg"][:1].lower() + error["msg"][1:]
    return MappingRefused(text, place=place, remedy=remedy)


def _path(parts: tuple[int | str, ...]) -> str:
    # pydantic adds the kinds it tried ("constrained-str", "[key]"); they are no part of the path.
    kept = [part for part in parts if isinstance(part, int) or not _is_kind(part)]
    return ".".join(str(part) for part in kept) or "mapping"


def _is_kind(part: str) -> bool:
    return part in {"[key]", "int", "str"} or part.startswith(
        ("constrained-", "list[", "function-")
    )


def _unknown_key(parts: tuple[int | str, ...], place: str) -> UnknownKey:
    known: dict[str, type[BaseModel]] = {"": Mapping, "columns": Columns, "time": Time}
    names = list(known[str(parts[0]) if len(parts) > 1 else ""].model_fields)
    near = difflib.get_close_matches(str(parts[-1]), names, n=1)
    hint = f"Did you mean '{near[0]}'?" if near else f"Known here: {', '.join(names)}."
    return UnknownKey(f"unknown key '{parts[-1]}'", place=place, remedy=hint)
