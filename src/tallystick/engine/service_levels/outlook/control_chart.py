"""Figures of successive windows -> an XmR chart: their natural limits, and signals of a change."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from tallystick.engine.service_levels.terms.goals import Direction

FEWEST = 6
"""Values below which no limits are drawn: they would say more about chance than the process."""

SPREAD = Fraction(266, 100)
"""3 / d2 with d2 = 1.128: three sigma from the mean of moving ranges of two."""


class Side(StrEnum):
    """Where a signal lies: above or below the mean; for a trend, where it leads."""

    ABOVE = "above"
    BELOW = "below"


class Pattern(StrEnum):
    """
    What makes a signal.

    The first four are the Western Electric rules (Statistical Quality Control Handbook, 1956),
    with sigma = mean moving range / 1.128; the trend is Nelson's third test (Journal of Quality
    Technology 16, 1984).
    """

    BEYOND_LIMITS = "beyond-limits"  # one value beyond three sigma
    TWO_OF_THREE = "two-of-three"  # two of three in a row beyond two sigma, on one side
    FOUR_OF_FIVE = "four-of-five"  # four of five in a row beyond one sigma, on one side
    RUN_OF_EIGHT = "run-of-eight"  # eight in a row on one side of the mean
    TREND_OF_SIX = "trend-of-six"  # six in a row, each above (or each below) the one before


_ZONES = {
    Pattern.BEYOND_LIMITS: (1, 1, 3),
    Pattern.TWO_OF_THREE: (2, 3, 2),
    Pattern.FOUR_OF_FIVE: (4, 5, 1),
    Pattern.RUN_OF_EIGHT: (8, 8, 0),
}
"""How many, of how many in a row, lie beyond how many sigmas."""

_TREND = 6

USUAL = (Pattern.BEYOND_LIMITS, Pattern.RUN_OF_EIGHT, Pattern.TREND_OF_SIX)
"""Wheeler's two for an XmR chart (Understanding Variation, 1993), and the trend."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The natural process limits, exact: mean -/+ 2.66 mean moving ranges."""

    mean: Fraction
    moving_range: Fraction

    @property
    def lower(self) -> Fraction:
        """Return the lower natural process limit; it may lie where no value can."""
        return self.at(Side.BELOW, 3)

    @property
    def upper(self) -> Fraction:
        """Return the upper natural process limit; it may lie where no value can."""
        return self.at(Side.ABOVE, 3)

    def at(self, side: Side, sigmas: int) -> Fraction:
        """Return the line that lies some sigmas from the mean."""
        distance = SPREAD * self.moving_range * sigmas / 3
        return self.mean + distance if side is Side.ABOVE else self.mean - distance

    def beyond(self, value: Fraction, side: Side, sigmas: int) -> bool:
        """Return whether a value lies further out than a line; on it is not beyond."""
        line = self.at(side, sigmas)
        return value > line if side is Side.ABOVE else value < line

    def shown_for_share(self) -> tuple[Fraction, Fraction]:
        """Return lower and upper limit as a chart of shares shows them: within 0 and 1."""
        return max(self.lower, Fraction(0)), min(self.upper, Fraction(1))


@dataclass(frozen=True, slots=True)
class Signal:
    """A pattern that chance alone seldom makes, in the values `first` to `last`, both counted."""

    pattern: Pattern
    side: Side
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Chart:
    """Values in order of time, their limits (None below six values), and the signals in them."""

    values: tuple[Fraction, ...]
    limits: Limits | None
    signals: tuple[Signal, ...]


def control_chart(
    values: Sequence[Fraction],
    *,
    baseline: int | None = None,
    patterns: Iterable[Pattern] = USUAL,
) -> Chart:
    """
    Return the XmR chart of figures in order of time; leave out windows in which nothing was due.

    Limits come from the first `baseline` values, all of them by default: fix it after a change
    that was made on purpose, so that later values are judged by what was agreed as normal.

    Raises:
        ValueError: if a baseline has fewer than six values, or more than there are.
    """
    if baseline is not None and not FEWEST <= baseline <= len(values):
        raise ValueError(f"a baseline has {FEWEST} to {len(values)} values, not {baseline}")
    known = tuple(values)
    if len(known) < FEWEST:
        return Chart(known, None, ())
    limits = limits_of(known[:baseline])
    found = [signal for pattern in patterns for signal in _signals(pattern, known, limits)]
    return Chart(known, limits, tuple(sorted(found, key=lambda each: (each.last, each.first))))


def limits_of(values: Sequence[Fraction]) -> Limits:
    """
    Return the natural process limits of two or more values.

    Raises:
        ValueError: if there are fewer than two: nothing moves.
    """
    if len(values) < 2:
        raise ValueError("limits need two values or more")
    ranges = [abs(after - before) for before, after in pairwise(values)]
    return Limits(
        Fraction(sum(values, Fraction(0)), len(values)),
        Fraction(sum(ranges, Fraction(0)), len(ranges)),
    )


def drifting(chart: Chart, met: Sequence[bool], direction: Direction) -> tuple[Signal, ...]:
    """
    Return the signals that make a chart "green but drifting".

    Every window is met, and a signal on the wrong side of the goal reaches the newest one; one
    that is over no longer drifts. Empty otherwise.

    Raises:
        ValueError: if `met` does not say of each value whether its window was met.
    """
    if len(met) != len(chart.values):
        raise ValueError("there is one verdict for each value")
    wrong = Side.BELOW if direction is Direction.AT_LEAST else Side.ABOVE
    newest = len(chart.values) - 1
    if not all(met):
        return ()
    return tuple(each for each in chart.signals if each.side is wrong and each.last == newest)


def _signals(pattern: Pattern, values: tuple[Fraction, ...], limits: Limits) -> list[Signal]:
    if pattern is Pattern.TREND_OF_SIX:
        return [found for side in Side for found in _trends(values, side)]
    return [found for side in Side for found in _in_zone(pattern, values, limits, side)]


def _in_zone(
    pattern: Pattern, values: tuple[Fraction, ...], limits: Limits, side: Side
) -> Iterator[Signal]:
    wanted, span, sigmas = _ZONES[pattern]
    line = limits.at(side, sigmas)
    beyond = [value > line if side is Side.ABOVE else value < line for value in values]
    for last in range(len(values)):
        first = max(0, last - span + 1)
        # The newest value is one of them, else one signal would be told twice.
        if beyond[last] and sum(beyond[first : last + 1]) >= wanted:
            yield Signal(pattern, side, first, last)


def _trends(values: tuple[Fraction, ...], side: Side) -> Iterator[Signal]:
    for first in range(len(values) - _TREND + 1):
        steps = [after - before for before, after in pairwise(values[first : first + _TREND])]
        if min(steps) > 0 if side is Side.ABOVE else max(steps) < 0:
            yield Signal(Pattern.TREND_OF_SIX, side, first, first + _TREND - 1)
