"""Templates whose blanks are filled in, and ways to spoil them one key at a time."""

import re
from collections.abc import Callable
from typing import Any

from tallystick.engine.documents import parse_document
from tallystick.engine.service_levels.templates.texts import template_text

Document = dict[str, Any]
Spoil = Callable[[Document], None]


def filled_text(name: str) -> str:
    """Return the text of a template as the parties would sign it."""
    return re.sub(r'"<([a-z].+)>"', r'"The \1"', template_text(name))


def filled_in(name: str) -> Document:
    """Return a template as the parties would sign it."""
    document: Document = parse_document(filled_text(name), name)
    return document


def _at(document: Any, path: str) -> tuple[Any, Any]:
    *steps, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    for step in steps:
        document = document[step]
    return document, last


def without(path: str) -> Spoil:
    """Return what takes one key out of a document."""

    def spoil(document: Document) -> None:
        owner, key = _at(document, path)
        del owner[key]

    return spoil


def given(path: str, value: Any) -> Spoil:
    """Return what writes one key of a document anew."""

    def spoil(document: Document) -> None:
        owner, key = _at(document, path)
        owner[key] = value

    return spoil


def several(*spoils: Spoil) -> Spoil:
    """Return what changes a document in several ways, one after the other."""

    def spoil(document: Document) -> None:
        for each in spoils:
            each(document)

    return spoil
