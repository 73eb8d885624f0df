"""Conditions of an agreement against rows of a history: which rows meet them."""

import re
import unicodedata
from collections.abc import Callable, Collection
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from tallystick.engine.refusals import Refusal
from tallystick.engine.service_levels.kernel.known import Known, Mask, Rows
from tallystick.engine.service_levels.terms.clock import Condition
from tallystick.engine.service_levels.terms.matches import Match
from tallystick.engine.service_levels.terms.problems import did_you_mean
from tallystick.engine.values import STATES

# No powers of ten: a short text such as 1e99999999 would fill the memory.
_NUMBER = re.compile(r"[+-]?\d{1,15}(?:[.,]\d{1,9})?", re.ASCII)


class UnknownAttribute(Refusal):
    """A service level asks for an attribute that the data does not carry."""

    code = "measure.unknown-attribute"


def rows_meeting(
    known: Known, conditions: tuple[tuple[str, Match], ...], rows: Rows | slice, place: str
) -> Mask:
    """
    Return which of some rows meet all conditions, by the attributes in force there.

    Raises:
        UnknownAttribute: if a condition asks for an attribute that the data does not carry.
    """
    size = known.rows if isinstance(rows, slice) else len(rows)
    met = np.ones(size, dtype=np.bool_)
    for name, match in conditions:
        column = attribute_values(known, name, place)
        accepted = np.asarray([_accepts(match, text) for text in column] + [False])
        met &= accepted[known.in_force(name)[rows]]
    return np.asarray(met, dtype=np.bool_)


def attribute_values(known: Known, name: str, place: str) -> tuple[str, ...]:
    """Return the values that an attribute takes; raise UnknownAttribute if there is none."""
    attributes = known.spans.attributes
    if name in attributes:
        return attributes[name].values
    raise unknown_attribute(name, place, attributes)


def unknown_attribute(name: str, place: str, carried: Collection[str]) -> UnknownAttribute:
    """Return the refusal of an attribute that is asked for at a place and not carried."""
    return UnknownAttribute(
        f"the data carries no attribute {name!r}",
        place=f"{place}.{name}",
        remedy="Map a column to it. " + did_you_mean(name, list(carried)),
    )


def rows_in(known: Known, conditions: tuple[Condition, ...], place: str) -> Mask | None:
    """Return which rows meet one of the conditions of a clock; None where there are none."""
    if not conditions:
        return None
    bare = [STATES.index(state) for each in conditions if not each.when for state in each.states]
    met = _states(bare)[known.spans.state]
    for each in conditions:
        if each.when:
            there = _states([STATES.index(state) for state in each.states or STATES])
            within = rows_meeting(known, each.when, slice(None), place)
            met |= within & there[known.spans.state]
    return met


def _states(codes: list[int]) -> Mask:
    chosen = np.zeros(len(STATES), dtype=np.bool_)
    chosen[codes] = True
    return chosen


def _accepts(match: Match, text: str) -> bool:
    if match.sign:
        number = number_of(text)
        return number is not None and match.accepts_number(number)
    return _normal(text) in {_normal(value) for value in match.values}


def _normal(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip()


def number_of(text: str) -> Fraction | None:
    """Return the number that a text such as `4`, `4.5` or `4,5` states; None if it states none."""
    found = _NUMBER.fullmatch(text.strip())
    return Fraction(found.group().replace(",", ".")) if found else None


def by_value(
    values: tuple[str, ...], read: Callable[[str], int | None], none: int
) -> NDArray[np.int64]:
    """Return what each value of an attribute reads as; the last entry answers for no value."""
    found = [read(text) for text in values]
    return np.asarray([none if each is None else each for each in found] + [none], dtype=np.int64)
