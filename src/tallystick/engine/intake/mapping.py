"""A mapping document -> a checked Mapping: which column means what, and which value which state."""

import difflib
from enum import StrEnum
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import ErrorDetails, PydanticCustomError

from tallystick.engine.intake.mapping_fields import (
    Column,
    Encoding,
    Name,
    StateColumns,
    Words,
    Zone,
    misplaced,
)
from tallystick.engine.intake.shapes import FORMS, Form, Shape
from tallystick.engine.refusals import Refusal


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


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Columns(_Model):
    """The columns that carry an item's or a component's identity, its times and its state."""

    item: Column | None = None
    component: Column | None = None
    at: Column | None = None
    opened: Column | None = None
    responded: Column | None = None
    resolved: Column | None = None
    closed: Column | None = None
    hold_from: Column | None = None
    hold_until: Column | None = None
    since: Column | None = None
    until: Column | None = None
    state: StateColumns | None = None
    result: Column | None = None
    attempt: Column | None = None
    users: Column | None = None
    excused: Column | None = None

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

    zone: Zone | None = None
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
    states: Words = Field(default_factory=dict)
    results: Words = Field(default_factory=dict)
    excuses: Words = Field(default_factory=dict)

    @property
    def form(self) -> Form:
        """Return what a row of this shape has."""
        return FORMS[self.shape]

    @model_validator(mode="after")
    def _fits_its_shape(self) -> Self:
        _check_columns(self)
        for key in ("states", "results", "excuses"):
            _check_words(self, key)
        if self.columns.hold_until is not None and self.columns.hold_from is None:
            raise misplaced(
                "columns.hold_from", "a hold that ends needs the column where it starts"
            )
        if self.attributes and self.form.signals:
            raise misplaced("attributes", f"the rows of {self.shape} have no attributes")
        return self

    def document(self) -> dict[str, Any]:
        """Return the mapping as plain JSON values; `read_mapping` reads them back."""
        known = {key for key, _ in self.form.words.values()}
        foreign = {"results", "excuses"} - known
        return self.model_dump(mode="json", exclude_none=True, exclude=foreign)


def _check_columns(mapping: Mapping) -> None:
    for name in Columns.model_fields:
        mapped = getattr(mapping.columns, name) is not None
        if mapped and name not in mapping.form.columns:
            raise misplaced(f"columns.{name}", f"the shape {mapping.shape} has no column '{name}'")
        if not mapped and name in mapping.form.needed:
            raise misplaced(
                f"columns.{name}", f"the shape {mapping.shape} needs the column '{name}'"
            )


def _check_words(mapping: Mapping, key: str) -> None:
    """Check that a column of raw words has them mapped, and to words that its shape knows."""
    found = [(name, known) for name, (k, known) in mapping.form.words.items() if k == key]
    words: dict[str, str] = getattr(mapping, key)
    if not found:
        if words:
            raise misplaced(key, f"the shape {mapping.shape} has no {key}")
        return
    ((name, known),) = found
    if getattr(mapping.columns, name) is not None and not words:
        raise misplaced(key, f"the {name} column needs its values mapped to {key}")
    for raw, word in words.items():
        if word not in known:
            raise PydanticCustomError(
                "unknown_state",
                "no state",
                {
                    "place": f"{key}.{raw}",
                    "word": word,
                    "noun": f"no {key.removesuffix('s')}",
                    "remedy": f"Use one of: {', '.join(known)}.",
                },
            )


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
        noun, word = context.get("noun", noun), context.get("word", error["input"])
        place = context.get("place", place)
        return refusal(f"{word!r} is {noun}", place=place, remedy=context["remedy"])
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
