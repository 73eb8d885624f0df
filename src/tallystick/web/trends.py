"""A figure over time against what is expected, as a chart; in any unit."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.safestring import SafeString

from tallystick.engine.service_levels.outlook.control_chart import Chart
from tallystick.engine.service_levels.terms.goals import Goal, Unit
from tallystick.engine.service_levels.window_words import window_words
from tallystick.web.axes import PLOT_BOTTOM, PLOT_TOP, Scale, scale_for
from tallystick.web.components.draw import draw
from tallystick.web.components.figures import amount, figure, goal_words, minimum_words
from tallystick.web.components.status import word_of

Point = tuple[str, Fraction | None, str]
"""A window such as "2026-03", its figure (None where there is none to show), and its verdict."""

_SHAPES = {
    "met": "circle", "missed": "diamond", "below-expected": "triangle", "pending": "ring",
}  # fmt: skip
_LABELS_NARROW, _LABELS_WIDE = 5, 12
_APART = 15
"""Pixels by which two labels stand apart, so that neither hides the other."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One point of a chart, ready to draw; `signalled` if it belongs to a signal."""

    label: str
    tick: str
    x: str
    y: str
    value: Fraction | None
    text: str
    verdict: str
    shape: str
    tick_class: str
    signalled: bool = False

    @property
    def words(self) -> str:
        """Say what the point shows."""
        shown = "" if self.value is None else f"{self.text}, "
        return f"{self.label}: {shown}{word_of(self.verdict).lower()}"


@dataclass(frozen=True, slots=True)
class Line:
    """A level line across the chart, with the label beside it and in the legend."""

    kind: str
    y: str
    label_y: str
    at_end: bool
    words: str


@dataclass(frozen=True, slots=True)
class Band:
    """The natural limits of the figures, between which chance moves them."""

    top: str
    height: str
    words: str


@dataclass(frozen=True, slots=True)
class TrendChart:
    """A figure over time against its target; the same numbers stand in a table beneath."""

    title: str
    goal: Goal
    minimum: Goal | None
    scale: Scale
    marks: tuple[Mark, ...]
    band: Band | None
    shows_table: bool

    def __str__(self) -> SafeString:
        """Return the chart, its legend and its table."""
        return draw("trend_chart", chart=self)

    __html__ = __str__

    @property
    def levels(self) -> list[Line]:
        """Return the lines of what is expected, and of the minimum if there is one."""
        stated = [("expected", self.goal), ("minimum", self.minimum)]
        found: list[Line] = []
        for kind, goal in stated:
            if goal is not None:
                y = self.scale.y(goal.value)
                said = goal_words(goal) if kind == "expected" else minimum_words(goal)
                words = f"{kind.capitalize()} {said}"
                label_y = self._label_y(float(y), kind == "minimum")
                found.append(Line(kind, y, label_y, self._has_room_at_end(float(label_y)), words))
        return found

    def _has_room_at_end(self, y: float) -> bool:
        """Return whether the marks at the right leave a label more room than those at the left."""
        reach = max(len(self.marks) // 5, 1)
        sides = (self.marks[:reach], self.marks[-reach:])
        left, right = (min((abs(float(m.y) - y) for m in side), default=0) for side in sides)
        return right > left

    def _label_y(self, y: float, below: bool) -> str:
        if below:
            return f"{min(y + _APART, PLOT_BOTTOM - 4):.1f}"
        return f"{y - 6 if y > PLOT_TOP + _APART else y + _APART:.1f}"

    @property
    def target_y(self) -> str:
        """Return the height of the line of what is expected."""
        return self.scale.y(self.goal.value)

    @property
    def goal_text(self) -> str:
        """Return what is expected."""
        return goal_words(self.goal)

    @property
    def lines(self) -> list[tuple[Mark, Mark]]:
        """Return the stretches between neighbouring windows that both have a figure."""
        pairs = zip(self.marks, self.marks[1:], strict=False)
        return [(a, b) for a, b in pairs if a.value is not None and b.value is not None]

    @property
    def low_words(self) -> str:
        """Return where the axis starts; empty if at zero."""
        return amount(self.scale.low, self.scale.unit) if self.scale.low else ""

    @property
    def verdicts(self) -> list[Mark]:
        """Return one mark for each verdict shown, for the legend."""
        return list({mark.verdict: mark for mark in self.marks}.values())

    @property
    def has_signal(self) -> bool:
        """Return whether a point belongs to a signal."""
        return any(mark.signalled for mark in self.marks)

    @property
    def summary(self) -> str:
        """Say in a sentence or two what the chart shows."""
        known = [mark for mark in self.marks if mark.value is not None]
        shown = [mark for mark in known if mark.verdict != "pending"]
        if not shown:
            return "There is no figure yet for a window that is over."
        values = {mark.value or Fraction(0): mark for mark in reversed(shown)}
        worst = values[self._worst(list(values))]
        missed = sum(mark.verdict == "missed" for mark in shown)
        below = sum(mark.verdict == "below-expected" for mark in shown)
        said = f"{len(shown)} measured, {missed} missed"
        said += f", {below} below expected" if below else ""
        return (
            f"{said}; expected {self.goal_text}. Worst: {worst.text} ({worst.label}); "
            f"latest: {shown[-1].text} ({shown[-1].label})."
        )

    def _worst(self, values: Sequence[Fraction]) -> Fraction:
        worst = values[0]
        for value in values:
            worst = value if self.goal.worse(value, worst) else worst
        return worst


def trend_chart(
    points: Sequence[Point],
    goal: Goal,
    title: str,
    *,
    minimum: Goal | None = None,
    control: Chart | None = None,
    skipped: int = 0,
    shows_table: bool = True,
) -> TrendChart:
    """
    Return a chart of figures over time; `shows_table=False` where a table stands beside it.

    `control` has one value for each point with a figure, after the first `skipped` ones that are
    not drawn: its limits are drawn as a band, and the points of its signals are ringed.
    """
    known = [value for _, value, _ in points if value is not None]
    limits = _shown_limits(control, goal)
    bounds = [*known, *(limits or ()), *([minimum.value] if minimum else [])]
    scale = scale_for(bounds, goal)
    signalled = _signalled(points, control, skipped)
    marks = tuple(
        _mark(n, len(points), point, scale, goal, n in signalled) for n, point in enumerate(points)
    )
    band = _band(limits, scale, goal) if limits else None
    return TrendChart(title, goal, minimum, scale, marks, band, shows_table)


def _shown_limits(control: Chart | None, goal: Goal) -> tuple[Fraction, Fraction] | None:
    if control is None or control.limits is None:
        return None
    if goal.unit is Unit.SHARE:
        return control.limits.shown_for_share()
    return max(control.limits.lower, Fraction(0)), control.limits.upper


def _band(limits: tuple[Fraction, Fraction], scale: Scale, goal: Goal) -> Band:
    low, high = limits
    top, bottom = scale.y(high), scale.y(low)
    words = f"Natural limits {figure(low, goal)} to {figure(high, goal)}"
    return Band(top, f"{float(bottom) - float(top):.1f}", words)


def _signalled(points: Sequence[Point], control: Chart | None, skipped: int) -> set[int]:
    """Return which points the values of signals stand for."""
    if control is None:
        return set()
    places = [n for n, (_, value, _) in enumerate(points) if value is not None]
    return {
        places[value - skipped]
        for signal in control.signals
        for value in range(signal.first, signal.last + 1)
        if 0 <= value - skipped < len(places)
    }


def _mark(n: int, count: int, point: Point, scale: Scale, goal: Goal, signalled: bool) -> Mark:
    label, value, verdict = point
    return Mark(
        label=window_words(label),
        tick=window_words(label, short=True),
        x=f"{(n + 0.5) / count * 100:.2f}%",
        y=scale.y(value) if value is not None else str(PLOT_BOTTOM),
        value=value,
        text=figure(value, goal),
        verdict=verdict,
        shape="none" if value is None else _SHAPES.get(verdict, "circle"),
        tick_class=_tick_class(n, count),
        signalled=signalled,
    )


def _tick_class(n: int, count: int) -> str:
    # Labels count back from the newest, which a reader looks for first.
    back = count - 1 - n
    wide = -(-count // _LABELS_WIDE)
    narrow = wide * -(-count // (_LABELS_NARROW * wide))
    if back % narrow == 0:
        return "tick"
    return "tick tick-minor" if back % wide == 0 else ""
