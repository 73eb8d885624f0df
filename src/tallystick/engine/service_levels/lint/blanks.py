"""What the parties have still to fill in: texts in angle brackets."""

from collections.abc import Iterator, Mapping
from typing import Any

from tallystick.engine.service_levels.lint.rule import Rule, Spot
from tallystick.engine.service_levels.lint.wording import Wording
from tallystick.engine.values import Severity


def _blanks(value: Any, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, each in value.items():
            yield from _blanks(each, f"{place}.{key}".removeprefix("."))
    elif isinstance(value, list | tuple):
        for index, each in enumerate(value):
            yield from _blanks(each, f"{place}[{index}]")
    elif isinstance(value, str) and value.startswith("<") and value.endswith(">"):
        yield place, value[1:-1]


def _look(wording: Wording) -> Iterator[Spot]:
    for place, wanted in _blanks(wording.document, ""):
        yield Spot(place, f"Still to be filled in: {wanted}.", f"Write {wanted}.")


RULES = (
    Rule(
        "document.blank",
        Severity.BLOCKER,
        "a text stands in angle brackets, as the blanks of a template do",
        "A blank that is signed is filled in later, by one of the two.",
        "Contract drafting",
        _look,
    ),
)
