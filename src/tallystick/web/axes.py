"""The vertical axis of a chart: from where to where it goes, and its ticks, in any unit."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import count

from tallystick.engine.service_levels.terms.goals import Direction, Goal, Unit
from tallystick.web.components.figures import amount
from tallystick.web.components.words import duration

PLOT_TOP, PLOT_BOTTOM, HEIGHT = 16, 196, 232
_MOST_TICKS = 5
_SECONDS = (
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 28_800,
    43_200, 86_400, 172_800, 360_000,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scale:
    """The vertical axis: figures of a unit from `low` to `high`, with a tick every `step`."""

    low: Fraction
    high: Fraction
    step: Fraction
    unit: Unit = Unit.SHARE

    def y(self, value: Fraction) -> str:
        """Return the height of a figure in pixels from the top; beyond the axis, at its end."""
        part = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return f"{float(PLOT_BOTTOM - part * (PLOT_BOTTOM - PLOT_TOP)):.1f}"

    def ticks(self, words: Callable[[Fraction], str] | None = None) -> list[tuple[str, str]]:
        """Return (height, label) of each tick; `words` takes the place of the usual one."""
        number = int((self.high - self.low) / self.step)
        values = [self.low + n * self.step for n in range(number + 1)]
        return [(self.y(value), (words or self.tick_words)(value)) for value in values]

    def tick_words(self, value: Fraction) -> str:
        """Return what stands beside a tick; whole hours where the ticks are hours."""
        if self.unit is Unit.SECONDS and not value:
            return f"0 {'h' if self.step >= 3600 else 'min' if self.step >= 60 else 's'}"
        return duration(int(value)) if self.unit is Unit.SECONDS else amount(value, self.unit)


def scale_for(values: Sequence[Fraction], goal: Goal) -> Scale:
    """
    Return an axis that leaves room around the values and the goal.

    Shares to be reached end at 100 % and start where they need to; others start at zero, but
    where all lie close together far above it. A chart that starts above zero says so in words.
    """
    shown = [*values, goal.value]
    if goal.unit is Unit.SHARE and goal.direction is Direction.AT_LEAST:
        return _downwards(min(shown))
    low, high = min(shown), max(shown)
    if high == low:
        high = high or Fraction(1)
    from_zero = low < high * Fraction(2, 3) or goal.unit is not Unit.NUMBER
    base = Fraction(0) if from_zero else low
    most = Fraction(1) if goal.unit is Unit.SHARE else None
    return _upwards(base, high, goal.unit, most)


def _downwards(lowest: Fraction) -> Scale:
    room = max((1 - lowest) * Fraction(6, 5), Fraction(1, 200))
    step = next(step for step in _shares() if room / step <= _MOST_TICKS)
    low = max(Fraction(0), 1 - step * (-(-room // step)))
    return Scale(low, Fraction(1), step)


def _upwards(base: Fraction, high: Fraction, unit: Unit, most: Fraction | None) -> Scale:
    room = (high - base) * Fraction(11, 10) or high or Fraction(1)
    steps = {Unit.SHARE: _shares(), Unit.SECONDS: _times(), Unit.NUMBER: _numbers()}[unit]
    step = next(step for step in steps if room / step <= _MOST_TICKS)
    low = base // step * step
    top = low + step * max(-(-(base + room - low) // step), 1)
    return Scale(low, top if most is None else min(top, most), step, unit)


def _shares() -> Iterator[Fraction]:
    yield from (Fraction(n, 1000) for n in (1, 2, 5, 10, 20, 50, 100, 200, 250))
    yield Fraction(1)


def _times() -> Iterator[Fraction]:
    yield from map(Fraction, _SECONDS)
    yield from (Fraction(360_000 * 2**power) for power in count(1))


def _numbers() -> Iterator[Fraction]:
    for power in count(-2):
        yield from (Fraction(10) ** power * part for part in (1, 2, 5))
