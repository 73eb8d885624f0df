"""An early-warning indicator and its values -> whether it has tripped, and since when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from operator import ge, gt, le, lt

from tallystick.engine.refusals import Refusal
from tallystick.engine.risk.refused import exact
from tallystick.engine.values import Number

MOST_CONSECUTIVE = 1_000


class SignRefused(Refusal):
    """An indicator asks for no value at all, or has two values of one day."""

    code = "risk.sign-refused"


class Comparison(StrEnum):
    """On which side of the threshold a value warns."""

    ABOVE = "above"
    AT_LEAST = "at-least"
    BELOW = "below"
    AT_MOST = "at-most"


_WARNS = {
    Comparison.ABOVE: gt,
    Comparison.AT_LEAST: ge,
    Comparison.BELOW: lt,
    Comparison.AT_MOST: le,
}


class SignState(StrEnum):
    """What an indicator says today."""

    NO_DATA = "no-data"
    ARMED = "armed"
    TRIPPED = "tripped"


@dataclass(frozen=True, slots=True)
class WarningSign:
    """
    So many values in a row on the wrong side of a threshold mean that a risk is coming true.

    Raises:
        FigureNotFinite: if the threshold is no number.
        SignRefused: if fewer than 1 or more than 1,000 values in a row are asked for.
    """

    comparison: Comparison
    threshold: Number
    consecutive: int = 1

    def __post_init__(self) -> None:
        exact(self.threshold, "threshold")
        if not 1 <= self.consecutive <= MOST_CONSECUTIVE:
            raise SignRefused(
                f"{self.consecutive} values in a row cannot be waited for.",
                place="consecutive",
                remedy="Take 1, or as many as rule out an accident.",
            )


@dataclass(frozen=True, slots=True)
class SignRead:
    """
    What an indicator says, and since when it has tripped.

    `run` is how many of the last values warn in a row; `last` the day of the last value.
    """

    state: SignState
    since: date | None = None
    run: int = 0
    last: date | None = None


def read_sign(sign: WarningSign, values: Iterable[tuple[date, Number]], *, as_of: date) -> SignRead:
    """
    Return what an indicator says of the values up to a day; one good value arms it again.

    It tripped on the day of the value that made the row long enough, not on the first of the row.

    Raises:
        FigureNotFinite: if a value is no number.
        SignRefused: if a day has two values.
    """
    known = _in_order(values, as_of)
    warns, threshold = _WARNS[sign.comparison], Fraction(sign.threshold)
    row: list[date] = []
    for day, value in known:
        if warns(value, threshold):
            row.append(day)
        else:
            row.clear()
    if not known:
        return SignRead(SignState.NO_DATA)
    last = known[-1][0]
    if len(row) < sign.consecutive:
        return SignRead(SignState.ARMED, None, len(row), last)
    return SignRead(SignState.TRIPPED, row[sign.consecutive - 1], len(row), last)


def _in_order(values: Iterable[tuple[date, Number]], as_of: date) -> list[tuple[date, Fraction]]:
    known: dict[date, Fraction] = {}
    for day, value in values:
        if day in known:
            raise SignRefused(
                f"The {day} has two values.", place=f"values.{day}", remedy="Keep one of them."
            )
        known[day] = exact(value, f"values.{day}")
    return sorted((day, value) for day, value in known.items() if day <= as_of)
