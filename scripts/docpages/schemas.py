"""The JSON Schemas of the formats that go in and come out."""

import json
from collections.abc import Mapping
from importlib import import_module
from typing import Any

from tallystick.engine.guardrails.snapshot import snapshot_schema
from tallystick.engine.intake.mapping import mapping_schema
from tallystick.engine.service_levels.measurement import Verdict
from tallystick.engine.service_levels.schema import agreement_schema
from tallystick.engine.service_levels.terms.goals import Direction, Unit

DRAFT = "https://json-schema.org/draft/2020-12/schema"
WINDOW_EXAMPLES = ("2012", "2012-Q1", "2012-03", "2012-W10", "2012-03-05")
_COUNT = {"type": "integer", "minimum": 0}
_DIGEST = {"type": "string", "pattern": "^sha256:[0-9a-f]{64}$"}
_SHARE = {"type": "number", "minimum": 0, "maximum": 1}


def schemas() -> dict[str, str]:
    """Return every schema by the name of its file."""
    found: dict[str, Mapping[str, Any]] = {
        "agreement": agreement_schema(),
        "mapping": mapping_schema(),
        "engagement": snapshot_schema(),
        "measure-output": measure_output_schema(),
    }
    return {f"{name}.json": json.dumps(each, indent=2) + "\n" for name, each in found.items()}


def measure_output_schema() -> dict[str, Any]:
    """Return the schema of what `tallystick measure --format json` prints."""
    note = _credit_note()
    answer = _object(
        agreement=_object(id={"type": "string"}, hash=_DIGEST),
        imports={"type": "array", "items": _object(**_import())},
        measurements={"type": "array", "items": _object(**_measurement())},
    )
    answer["properties"]["credits"] = {
        "type": "array",
        "items": note,
        "description": "a note for each month that is over, if the agreement states credits",
    }
    return {
        "$schema": DRAFT,
        "title": "What `tallystick measure --format json` prints",
        **answer,
        "$defs": note.pop("$defs"),
    }


def _credit_note() -> dict[str, Any]:
    """Return the schema of a credit note: the REST interface gives the same."""
    shape = import_module("tallystick.api.credits").CreditNoteOut
    schema: dict[str, Any] = shape.model_json_schema(mode="serialization")
    for each in (schema, *schema["$defs"].values()):
        if "properties" in each:
            each["additionalProperties"] = False
    return schema


def _import() -> dict[str, Any]:
    counts = ("read", "accepted", "rejected", "unchanged")
    return {
        "digest": _DIGEST | {"description": "of the file's bytes as they were given"},
        **{name: _COUNT for name in counts},
    }


def _measurement() -> dict[str, Any]:
    figure = {"type": "number", "minimum": 0}
    absent = {"type": "null"}
    return {
        "service_level": {"type": "string", "description": "its id in the agreement"},
        "window": {"type": "string", "examples": list(WINDOW_EXAMPLES)},
        "numerator": _COUNT | {"description": "of a share, items that kept their limit"},
        "denominator": _COUNT | {"description": "of a share, items that were decided"},
        "attainment": {
            "anyOf": [_SHARE, absent],
            "description": "cut off after six decimals; null where nothing was due, or no share",
        },
        "target": figure,
        "verdict": {"enum": [verdict.value for verdict in Verdict]},
        "value": {"anyOf": [figure, absent], "description": "numerator / denominator, in `unit`"},
        "unit": {"enum": [unit.value for unit in Unit]},
        "direction": {"enum": [direction.value for direction in Direction]},
        "minimum": {"anyOf": [figure, absent]},
        "count": _COUNT | {"description": "items, probes or seconds behind the figure"},
        "pending": _COUNT | {"description": "items of the window that are not decided yet"},
        "excluded": _COUNT | {"description": "items without a limit, or cancelled"},
        "relieved": _COUNT | {"description": "items whose relief was approved"},
        "unmeasured": _COUNT | {"description": "seconds without valid data"},
        "why": {"type": "string", "description": "the rule that led to the verdict, if not plain"},
        "reporting_only": {"type": "boolean", "description": "start-up: without consequence"},
    }


def _object(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
