"""The oracle's conditions, and what meets them; shares no code with the engine."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, Protocol


class Stated(Protocol):
    """A state with the attributes in force."""

    state: str
    attributes: dict[str, str]


def any_holds(conditions: Sequence[Any], moment: Stated) -> bool:
    """Return whether one of some conditions of a clock holds."""
    for each in conditions:
        stated = {"state": [each]} if isinstance(each, str) else dict(each)
        states = stated.pop("state", [moment.state])
        states = [states] if isinstance(states, str) else states
        if moment.state in states and matches(stated, moment.attributes):
            return True
    return False


def matches(conditions: Mapping[str, Any], attributes: Mapping[str, str]) -> bool:
    """Return whether attributes are all that some conditions ask for."""
    return all(_accepts(match, attributes.get(name, "")) for name, match in conditions.items())


def _accepts(match: Any, text: str) -> bool:
    if not isinstance(match, str):
        return text in match
    sign, number = match.split()
    if not text.replace(".", "").isdigit():
        return False
    value, bound = Fraction(text), Fraction(number)
    return {"<": value < bound, "<=": value <= bound, ">": value > bound, ">=": value >= bound}[
        sign
    ]
