"""Answers of the mapping form <-> a mapping document."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tallystick.engine.intake.mapping import History
from tallystick.engine.intake.shapes import FORMS, Shape
from tallystick.web.forms.mapping_choices import REJECT, STATE_COLUMNS

MANNER = ("encoding", "delimiter", "sheet")


def state_field(raw: str) -> str:
    """Return the name of the field that says what a raw value means."""
    return f"means_{hashlib.sha256(raw.encode()).hexdigest()[:16]}"


@dataclass(frozen=True, slots=True)
class RawState:
    """A value of the state columns, and in how many rows it stands."""

    text: str
    rows: int

    @property
    def field(self) -> str:
        """Return the name of its field."""
        return state_field(self.text)


def document_of(
    cleaned: Mapping[str, Any], header: Sequence[str], raw: Sequence[RawState]
) -> dict[str, Any]:
    """Return the mapping document that the answers make."""
    shape = Shape(cleaned["shape"])
    of_items = FORMS[shape].signals is None
    (words,) = {key for key, _ in FORMS[shape].words.values()}
    document: dict[str, Any] = {
        "mapping": 1,
        "shape": cleaned["shape"],
        "source": cleaned["source"],
        "columns": _columns(cleaned, header, shape),
        "attributes": _attributes(cleaned, header) if of_items else {},
        "time": _filled(
            zone=cleaned["zone"], order=cleaned["order"], format=cleaned["time_format"]
        ),
        words: {
            value.text: cleaned[value.field]
            for value in raw
            if cleaned[value.field] not in {REJECT, ""}
        },
    }
    if shape is Shape.EVENT_LOG and cleaned["history"]:
        document["history"] = cleaned["history"]
    return document | _filled(**{name: cleaned[name] for name in MANNER})


def _columns(cleaned: Mapping[str, Any], header: Sequence[str], shape: Shape) -> dict[str, Any]:
    form = FORMS[shape]
    names = [name for name in form.columns if name not in STATE_COLUMNS]
    columns: dict[str, Any] = {
        name: _named(cleaned[name], header) for name in names if cleaned[name]
    }
    told = STATE_COLUMNS if "state" in form.columns else ()
    states = [_named(cleaned[name], header) for name in told if cleaned[name]]
    if states:
        columns["state"] = states if len(states) > 1 else states[0]
    return columns


def _attributes(cleaned: Mapping[str, Any], header: Sequence[str]) -> dict[str, str | int]:
    pairs = [
        (value, cleaned[name.replace("name", "column")])
        for name, value in cleaned.items()
        if name.startswith("attribute_name_")
    ]
    return {name: _named(column, header) for name, column in pairs if name and column}


def _named(position: str, header: Sequence[str]) -> str | int:
    """Return the column's header where that is its own; a later file may order its columns anew."""
    name = header[int(position) - 1]
    return name if name and header.count(name) == 1 else int(position)


def _filled(**values: str) -> dict[str, str]:
    return {name: value for name, value in values.items() if value}


def field_of(code: str, place: str) -> str:
    """Return the form's field for a place in a mapping, or for a refusal of the file's times."""
    if code == "intake.zone-needed" or place == "time.zone":
        return "zone"
    if code == "intake.ambiguous-date-order":
        return "order"
    return {"time.format": "time_format"}.get(place, place.removeprefix("columns."))


def answers_of(document: Mapping[str, Any], header: Sequence[str]) -> dict[str, Any]:
    """Return the form's values for a mapping document; columns that the file lacks stay empty."""
    columns = dict(document.get("columns", {}))
    states = columns.pop("state", [])
    columns |= zip(STATE_COLUMNS, states if isinstance(states, list) else [states], strict=False)
    answers: dict[str, Any] = {name: _position(column, header) for name, column in columns.items()}
    for number, (name, column) in enumerate(document.get("attributes", {}).items()):
        answers[f"attribute_name_{number}"] = name
        answers[f"attribute_column_{number}"] = _position(column, header)
    for key in ("states", "results", "excuses"):
        answers |= {state_field(raw): word for raw, word in document.get(key, {}).items()}
    time = document.get("time", {})
    answers |= {"zone": time.get("zone", ""), "order": time.get("order", "")}
    answers |= {name: document.get(name, "") for name in ("shape", "source", *MANNER)}
    answers["history"] = document.get("history", History.WHOLE.value)
    return answers | {"time_format": time.get("format", "")}


def _position(column: str | int, header: Sequence[str]) -> str:
    if isinstance(column, int):
        return str(column) if column <= len(header) else ""
    found = [number for number, name in enumerate(header, start=1) if name == column]
    return str(found[0]) if len(found) == 1 else ""


def fits(document: Mapping[str, Any], header: Sequence[str]) -> bool:
    """Return whether a file has every column that a mapping document names."""
    columns = dict(document.get("columns", {}))
    states = columns.pop("state", [])
    named = [*columns.values(), *(states if isinstance(states, list) else [states])]
    named += document.get("attributes", {}).values()
    return all(_position(column, header) for column in named)
