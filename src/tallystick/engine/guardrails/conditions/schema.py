"""The fields that a condition may name, read from the snapshot's own JSON Schema."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from tallystick.engine.guardrails.snapshot import snapshot_schema

Node = Mapping[str, Any] | None
"""The schema of a value; None where nothing is known about it."""

DERIVED = {
    "term_years": {"type": "array", "items": {"type": "string"}},
}
"""What conditions see beside the document: the years of the term, such as ["2027", "2028"]."""


@cache
def _whole() -> dict[str, Any]:
    return snapshot_schema()


def top_level() -> Node:
    """Return the schema of the snapshot as conditions see it."""
    return {**_whole(), "properties": {**_whole()["properties"], **DERIVED}}


def known_names(node: Node) -> list[str]:
    """Return the fields that the format names below a value."""
    return list((_plain(node) or {}).get("properties", {}))


def field_of(node: Node, name: str) -> tuple[bool, Node]:
    """Return whether a value may have a field, and the field's schema as far as it is known."""
    here = _plain(node)
    if here is None:
        return True, None
    if here["type"] != "object":
        return False, None
    named = here.get("properties", {})
    if name in named:
        return True, named[name]
    rest = here.get("additionalProperties", "properties" not in here)
    return bool(rest), rest if isinstance(rest, dict) else None


def item_of(node: Node) -> Node:
    """Return the schema of a list's items or a map's values."""
    here = _plain(node) or {}
    items = here.get("items", here.get("additionalProperties"))
    return items if isinstance(items, dict) else None


def loop_item_of(node: Node) -> Node:
    """Return the schema of what a loop binds: a list's items, a map's keys."""
    here = _plain(node) or {}
    items = here.get("items")
    if isinstance(items, dict):
        return items
    return {"type": "string"} if here.get("type") == "object" else None


def _plain(node: Node) -> Node:
    """Return a schema without references and without "or nothing"."""
    if node is None:
        return None
    if "$ref" in node:
        return _plain(_whole()["$defs"][node["$ref"].rsplit("/", 1)[-1]])
    for choice in ("anyOf", "oneOf", "allOf"):
        if choice in node:
            kept = [each for each in node[choice] if each.get("type") != "null"]
            return _plain(kept[0]) if len(kept) == 1 else None
    return node if "type" in node else None
