"""The values of an objective over time, with its plan, its target and where it is heading."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import count, pairwise

from django.utils.safestring import SafeString

from tallystick.engine.objectives import Aim, Planned, Projection
from tallystick.engine.service_levels.terms.goals import Unit
from tallystick.records.objective_figures import Fared, Value
from tallystick.records.objectives import Objective
from tallystick.web.axes import PLOT_TOP, Scale
from tallystick.web.components.draw import draw
from tallystick.web.components.words import day
from tallystick.web.objective_words import fared_sentences, figure

_TICKS = 4


@dataclass(frozen=True, slots=True)
class Spot:
    """A point of the chart, in per cent from the left and pixels from the top."""

    x: str
    y: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Tick:
    """What stands under the chart at a day."""

    x: str
    words: str
    anchor: str
    shown: str


@dataclass(frozen=True, slots=True)
class ObjectiveChart:
    """Values, plan, target and band; the same numbers follow as a table."""

    title: str
    objective: Objective
    seen: Fared
    scale: Scale
    first: date
    last: date

    def __str__(self) -> SafeString:
        """Return the chart, its legend and its table."""
        return draw("objective_chart", chart=self)

    __html__ = __str__

    @property
    def aim(self) -> Aim:
        """Return the aim, which every chart has."""
        assert self.seen.aim is not None  # noqa: S101  (for the type checker)
        return self.seen.aim

    def _part(self, on: date) -> float:
        return (on - self.first).days / (self.last - self.first).days * 100

    def _spot(self, on: date, value: Fraction, words: str = "") -> Spot:
        return Spot(f"{self._part(on):.2f}%", self.scale.y(value), words)

    @property
    def marks(self) -> list[Spot]:
        """Return the values that were measured."""
        return [
            self._spot(each.on, each.value, f"{day(each.on)}: {self._worded(each.value)}")
            for each in self.seen.values
        ]

    @property
    def lines(self) -> list[tuple[Spot, Spot]]:
        """Return the stretches between neighbouring values."""
        return list(pairwise(self.marks))

    @property
    def plan(self) -> list[tuple[Spot, Spot]]:
        """Return the stretches of the plan, from baseline to target."""
        return list(pairwise(self._spot(each.on, Fraction(each.value)) for each in self._way))

    @property
    def _way(self) -> list[Planned]:
        aim = self.aim
        named = {each.on for each in self.objective.planned}
        ends = [Planned(aim.baseline_on, aim.baseline), Planned(aim.due_on, aim.target)]
        return sorted([*self.objective.planned, *(each for each in ends if each.on not in named)])

    @property
    def target_y(self) -> str:
        """Return the height of the target."""
        return self.scale.y(Fraction(self.aim.target))

    @property
    def target_words(self) -> str:
        """Return what the line of the target is called."""
        return f"Target {self._worded(Fraction(self.aim.target))}"

    @property
    def fan(self) -> str:
        """Return the corners of the band, from the newest value to the due day; or nothing."""
        heading, values = self.seen.projection, self.seen.values
        if not isinstance(heading, Projection) or not values or values[-1].on >= self.aim.due_on:
            return ""
        start, end = self._part(values[-1].on), self._part(self.aim.due_on)
        begin = self.scale.y(values[-1].value)
        low, high = (self.scale.y(Fraction(v)) for v in (heading.value.low, heading.value.high))
        return f"{start:.2f},{begin} {end:.2f},{low} {end:.2f},{high}"

    @property
    def middle(self) -> tuple[Spot, Spot] | None:
        """Return the line from the newest value to where it is probably on the due day."""
        heading, values = self.seen.projection, self.seen.values
        if not self.fan or not isinstance(heading, Projection):
            return None
        end = self._spot(self.aim.due_on, Fraction(heading.value.middle))
        return self._spot(values[-1].on, values[-1].value), end

    @property
    def ticks(self) -> list[Tick]:
        """Return the days under the chart."""
        span = (self.last - self.first).days
        found = []
        for place in range(_TICKS):
            on = self.first + timedelta(days=span * place // (_TICKS - 1))
            anchor = "start" if not place else "end" if place == _TICKS - 1 else "middle"
            shown = "tick" if place in (0, _TICKS - 1) else "tick tick-minor"
            found.append(Tick(f"{self._part(on):.2f}%", f"{on:%b %y}", anchor, shown))
        return found

    @property
    def rows(self) -> list[tuple[str, str]]:
        """Return the numbers of the table, the newest first."""
        return [(day(each.on), self._worded(each.value)) for each in reversed(self.seen.values)]

    @property
    def summary(self) -> str:
        """Say what the chart shows."""
        return " ".join(fared_sentences(self.objective, self.seen))

    def _worded(self, value: Fraction) -> str:
        return figure(value, self.objective.unit)

    @property
    def plot_top(self) -> int:
        """Return where the plot begins."""
        return PLOT_TOP


def objective_chart(objective: Objective, seen: Fared) -> ObjectiveChart | None:
    """Return the chart of an objective that has an aim; None where nothing can be drawn."""
    aim = seen.aim
    if aim is None:
        return None
    values = [Fraction(aim.baseline), Fraction(aim.target), *(e.value for e in seen.values)]
    values += [Fraction(each.value) for each in objective.planned]
    if isinstance(seen.projection, Projection):
        values += [Fraction(seen.projection.value.low), Fraction(seen.projection.value.high)]
    last = max([aim.due_on, *(each.on for each in seen.values)])
    title = objective.measure or "Progress"
    return ObjectiveChart(title, objective, seen, _scale(values), aim.baseline_on, last)


def _scale(values: Sequence[Fraction]) -> Scale:
    """Return an axis around all values, from zero where that does not press them together."""
    low, high = min(values), max(values)
    base = Fraction(0) if 0 <= low <= high - low else low
    room = high - base or Fraction(1)
    step = next(
        size
        for power in count(-6)
        for size in (Fraction(10) ** power * part for part in (1, 2, 5))
        if room / size <= 4
    )
    start = base // step * step
    top = start + step * max(-(-(high - start) // step), 1)
    return Scale(start, top, step, Unit.NUMBER)


__all__ = ["ObjectiveChart", "Value", "objective_chart"]
