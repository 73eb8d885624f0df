"""Conditions on the attributes of an item: one of some values, or a comparison with a number."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

from tallystick.engine.service_levels.terms.problems import problem

_COMPARISON = re.compile(r"(<=|>=|<|>)\s*(-?\d{1,12}(?:\.\d{1,6})?)", re.ASCII)
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Match:
    """What an attribute must be: one of `values`, or, if `sign` is given, a number beyond one."""

    values: tuple[str, ...] = ()
    sign: str = ""
    number: Fraction = Fraction(0)

    def accepts_number(self, value: Fraction) -> bool:
        """Return whether a number lies on the stated side of the one compared with."""
        return {
            "<": value < self.number,
            "<=": value <= self.number,
            ">": value > self.number,
            ">=": value >= self.number,
        }[self.sign]


Conditions = Annotated[
    tuple[tuple[str, Match], ...],
    BeforeValidator(lambda value: value if isinstance(value, tuple) else read_conditions(value)),
    PlainSerializer(lambda value: conditions_document(value)),
    WithJsonSchema(
        {
            "type": "object",
            "additionalProperties": {
                "anyOf": [
                    {"type": "array", "items": {"type": "string"}, "minItems": 1},
                    {"type": "string", "pattern": "^(<=|>=|<|>)"},
                ]
            },
            "examples": [{"priority": ["P1", "P2"]}, {"satisfaction": ">= 4"}],
        }
    ),
]
"""All must hold: attribute -> values, or attribute -> a comparison such as ">= 4"."""


def read_conditions(value: Any) -> tuple[tuple[str, Match], ...]:
    """Return the conditions that a document states, attribute by attribute."""
    if not isinstance(value, Mapping):
        raise problem(
            "agreement.not-keys",
            f"{str(value)[:80]!r} names no attribute",
            "Write attributes and values: {priority: [P1, P2]}.",
        )
    return tuple((_name(key), _read_match(key, stated)) for key, stated in value.items())


def conditions_document(conditions: tuple[tuple[str, Match], ...]) -> dict[str, Any]:
    """Return the one spelling of conditions."""
    return {name: match_document(match) for name, match in conditions}


def match_document(match: Match) -> Any:
    """Return the one spelling of what an attribute must be."""
    if not match.sign:
        return list(match.values)
    whole = match.number.denominator == 1
    text = str(match.number.numerator) if whole else f"{float(match.number):f}".rstrip("0")
    return f"{match.sign} {text}"


def _name(key: Any) -> str:
    if isinstance(key, str) and 0 < len(key.strip()) <= _LONGEST:
        return key.strip()
    raise problem(
        "agreement.not-text",
        f"{str(key)[:80]!r} is not the name of an attribute",
        "Write the attribute's name, in quotes if it looks like a number.",
        at=f".{key}",
    )


def _read_match(key: Any, stated: Any) -> Match:
    if isinstance(stated, str) and (found := _COMPARISON.fullmatch(stated.strip())):
        return Match(sign=found.group(1), number=Fraction(found.group(2)))
    if not isinstance(stated, list | tuple):
        raise problem(
            "agreement.not-a-list",
            f"{str(stated)[:80]!r} is neither a list of values nor a comparison",
            'Write a list, such as [P1, P2], or a comparison in quotes, such as ">= 4".',
            at=f".{key}",
        )
    if not stated:
        raise problem(
            "agreement.empty", "the list names no value", "Give at least one entry.", at=f".{key}"
        )
    return Match(tuple(_value(key, number, each) for number, each in enumerate(stated)))


def _value(key: Any, number: int, value: Any) -> str:
    if isinstance(value, str) and 0 < len(value.strip()) <= _LONGEST:
        return value.strip()
    raise problem(
        "agreement.not-text",
        f"{str(value)[:80]!r} is not a text of 1 to {_LONGEST} characters",
        "Write it as text, in quotes if it looks like a number.",
        at=f".{key}[{number}]",
    )
