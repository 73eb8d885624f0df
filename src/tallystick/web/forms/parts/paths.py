"""Values in a document that may be unfinished: read, written and taken out by their path."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from itertools import pairwise
from typing import Any

Path = Sequence[str | int]


def value_at(document: Any, path: Path) -> Any:
    """Return what stands at a path; None where nothing does, or something of another shape."""
    for step in path:
        if isinstance(step, int):
            if not isinstance(document, list) or not 0 <= step < len(document):
                return None
            document = document[step]
        elif isinstance(document, Mapping):
            document = document.get(step)
        else:
            return None
    return document


def with_value(document: Mapping[str, Any], path: Path, value: Any) -> dict[str, Any]:
    """Return the document with a value at a path; what has another shape on the way gives way."""
    changed = deepcopy(dict(document))
    owner: Any = changed
    for step, after in pairwise(path):
        inner = value_at(owner, [step])
        if not isinstance(inner, list if isinstance(after, int) else Mapping):
            inner = {}
            owner[step] = inner
        owner = inner
    owner[path[-1]] = value
    return changed


def without(document: Mapping[str, Any], path: Path) -> dict[str, Any]:
    """Return the document without what stands at a path, and without what is empty then."""
    changed = deepcopy(dict(document))
    owner = value_at(changed, path[:-1])
    if isinstance(owner, dict) and path[-1] in owner:
        del owner[path[-1]]
        if not owner and len(path) > 1:
            return without(changed, path[:-1])
    return changed


def merged(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """Return both mappings as one, mappings in them too; the other's values win."""
    both = dict(one)
    for key, value in other.items():
        inner = both.get(key)
        if isinstance(inner, Mapping) and isinstance(value, Mapping):
            both[key] = merged(inner, value)
        else:
            both[key] = value
    return both
