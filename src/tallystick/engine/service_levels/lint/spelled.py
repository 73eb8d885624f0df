"""An agreement -> its document, with each default written out that the lint calls unsaid."""

import re
from copy import deepcopy
from typing import Any

from tallystick.engine.service_levels.agreement import agreement_document
from tallystick.engine.service_levels.lint.check import lint
from tallystick.engine.service_levels.terms import Agreement
from tallystick.engine.service_levels.terms.base import WITH_DEFAULTS

_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


def spelled_out(terms: Agreement) -> dict[str, Any]:
    """
    Return a document that says what holds, also where the format decided it.

    A stored document leaves defaults out, so nobody can tell from it what was said. To begin a
    new version with, what holds is written where the lint would call it unsaid.
    """
    document = agreement_document(terms)
    whole = terms.model_dump(mode="json", by_alias=True, exclude_none=True, context=WITH_DEFAULTS)
    spelled = deepcopy(document)
    for finding in lint(document):
        steps = _steps(finding.place)
        value = _follow(whole, steps)
        if value is not None:
            _add(spelled, steps, value)
    return spelled


def _add(document: Any, steps: list[str | int], value: Any) -> None:
    *way, last = steps
    for step in way:
        document = document[step] if isinstance(step, int) else document.setdefault(step, {})
    if isinstance(document, dict):
        document.setdefault(last, value)


def _steps(place: str) -> list[str | int]:
    return [int(number) if number else key for key, number in _STEP.findall(place)]


def _follow(document: Any, steps: list[str | int]) -> Any:
    for step in steps:
        try:
            document = document[step]
        except (KeyError, IndexError, TypeError):
            return None
    return document
