"""Which limit of a service level applies to each item, by its last known attributes."""

import unicodedata

import numpy as np
from numpy.typing import NDArray

from tallystick.engine.refusals import Refusal
from tallystick.engine.service_levels.terms import LimitRule, ServiceLevel
from tallystick.engine.service_levels.terms.problems import did_you_mean
from tallystick.engine.values import Coded, Spans

Mask = NDArray[np.bool_]


class UnknownAttribute(Refusal):
    """A service level asks for an attribute that the data does not carry."""

    code = "measure.unknown-attribute"


def limits_of(spans: Spans, level: ServiceLevel) -> NDArray[np.int64]:
    """
    Return the limit in seconds of each item that has rows, first match first; 0 where none is.

    Raises:
        UnknownAttribute: if a limit asks for an attribute that the data does not carry.
    """
    starts = spans.starts
    limit = np.zeros(len(starts), dtype=np.int64)
    for index, rule in enumerate(level.targets):
        place = f"service level {level.id}: targets[{index}].when"
        limit[(limit == 0) & _matches(spans, starts, rule, place)] = rule.limit
    return limit


def _matches(spans: Spans, starts: NDArray[np.int64], rule: LimitRule, place: str) -> Mask:
    matches = np.ones(len(starts), dtype=np.bool_)
    for name, accepted in rule.when.items():
        if name not in spans.attributes:
            raise UnknownAttribute(
                f"the data carries no attribute {name!r}",
                place=f"{place}.{name}",
                remedy="Map a column to it. " + did_you_mean(name, list(spans.attributes)),
            )
        if len(starts):
            matches &= _last_is_one_of(spans.attributes[name], accepted, starts)
    return matches


def _last_is_one_of(column: Coded, accepted: tuple[str, ...], starts: NDArray[np.int64]) -> Mask:
    wanted = {_normal(text) for text in accepted}
    # One entry more than there are values: code -1, an item without a value, finds False.
    is_wanted = np.asarray([_normal(text) in wanted for text in column.values] + [False])
    row = np.where(column.codes >= 0, np.arange(len(column.codes)), -1)
    last = np.maximum.reduceat(row, starts)
    code = np.where(last >= 0, column.codes[np.maximum(last, 0)], -1)
    return np.asarray(is_wanted[code], dtype=np.bool_)


def _normal(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip()
