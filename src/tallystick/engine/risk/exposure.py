"""How risks were assessed, and when -> the exposure that was open on each day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from tallystick.engine.refusals import Refusal
from tallystick.engine.risk.refused import amount
from tallystick.engine.values import Number

MOST_DAYS = 3_660
"""Days of one series: ten years."""


class SpanRefused(Refusal):
    """A span of days ends before it begins, or is longer than ten years."""

    code = "risk.span-refused"


@dataclass(frozen=True, slots=True)
class Assessed:
    """
    What a risk was worth from a day on: its mean loss a year; None from the day it was closed.

    Raises:
        FigureNotFinite, AmountOutOfRange: if the loss is no number from 0 to 10^15.
    """

    risk: str
    on: date
    expected: Number | None

    def __post_init__(self) -> None:
        if self.expected is not None:
            amount(self.expected, "expected")


@dataclass(frozen=True, slots=True, order=True)
class OpenExposure:
    """What the open risks of a day came to, exactly, and how many they were."""

    on: date
    expected: Fraction
    risks: int


def exposure_by_day(history: Iterable[Assessed], *, since: date, until: date) -> list[OpenExposure]:
    """
    Return the open exposure of each day, both ends included.

    An assessment holds from its day until the next one of the same risk; of two on one day the
    later one in the history holds. What was assessed before the first day counts on it. Means
    may be added, whether risks go together or not; percentiles may not.

    Raises:
        SpanRefused: if the span ends before it begins, or is longer than ten years.
    """
    days = (until - since).days + 1
    if not 1 <= days <= MOST_DAYS:
        raise SpanRefused(
            f"From {since} to {until} are {max(days, 0)} days; 1 to {MOST_DAYS:,} can be shown.",
            place="until",
            remedy="Choose a span of at most ten years that ends after it begins.",
        )
    waiting = sorted(history, key=lambda each: each.on)[::-1]
    now: dict[str, Fraction] = {}
    whole = Fraction(0)
    found: list[OpenExposure] = []
    for number in range(days):
        day = since + timedelta(days=number)
        while waiting and waiting[-1].on <= day:
            each = waiting.pop()
            whole -= now.pop(each.risk, Fraction(0))
            if each.expected is not None:
                now[each.risk] = Fraction(each.expected)
                whole += now[each.risk]
        found.append(OpenExposure(day, whole, len(now)))
    return found
