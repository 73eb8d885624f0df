"""Agreement -> its JSON Schema, in which each key says what the docstrings say of it."""

import re
from collections.abc import Mapping
from typing import Any

from tallystick.engine.service_levels.terms import Agreement

_SENTENCE = re.compile(r"(?<=[.:;])\s+(?=[A-Z`])")


def agreement_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of an agreement document."""
    schema = Agreement.model_json_schema(by_alias=True, mode="validation")
    parts = schema["$defs"]
    for part in (schema, *parts.values()):
        for key, stated in part.get("properties", {}).items():
            said = _said_of(key, part.get("description", "")) or _said_by(stated, parts)
            if said and "description" not in stated:
                stated["description"] = said
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _said_of(key: str, docstring: str) -> str:
    """Return the sentences of a part's docstring that name a key."""
    paragraphs = [" ".join(each.split()) for each in docstring.split("\n\n")]
    sentences = [one for each in paragraphs for one in _SENTENCE.split(each)]
    named = re.compile(rf"`{re.escape(key)}[`:]")
    found = [
        # A sentence that ends in a colon is about what follows it.
        f"{each} {after}" if each.endswith(":") else each
        for each, after in zip(sentences, [*sentences[1:], ""], strict=True)
        if named.search(each)
    ]
    return re.sub(r";$", ".", " ".join(found))


def _said_by(stated: Mapping[str, Any], parts: Mapping[str, Any]) -> str:
    """Return the first paragraph of the part that a key leads to."""
    branches = [stated, *stated.get("anyOf", ()), stated.get("items", {})]
    for each in branches:
        name = each.get("$ref", "").rpartition("/")[2]
        if description := parts.get(name, {}).get("description", ""):
            return " ".join(str(description).split("\n\n")[0].split())
    return ""
