"""A share over time against its target, as a chart and as a sparkline."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.safestring import SafeString

from tallystick.web.components.draw import draw
from tallystick.web.components.status import word_of
from tallystick.web.components.words import percent, target_percent

Point = tuple[str, Fraction | float | None, str]
"""A label such as "2026-03", the share attained (0 to 1; None where nothing was due), a verdict."""

PLOT_TOP, PLOT_BOTTOM, HEIGHT = 16, 196, 232
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_SHAPES = {"met": "circle", "missed": "diamond", "pending": "ring"}
_STEPS = tuple(Fraction(n, 1000) for n in (1, 2, 5, 10, 20, 50, 100, 200, 250))
_MOST_TICKS = 5
_LABELS_NARROW, _LABELS_WIDE = 5, 12


@dataclass(frozen=True, slots=True)
class Scale:
    """The vertical axis: shares from `low` to `high`, with a tick every `step`."""

    low: Fraction
    high: Fraction
    step: Fraction

    def y(self, share: Fraction) -> str:
        """Return the height of a share in pixels from the top."""
        part = (share - self.low) / (self.high - self.low)
        return f"{float(PLOT_BOTTOM - part * (PLOT_BOTTOM - PLOT_TOP)):.1f}"

    def ticks(self) -> list[tuple[str, str]]:
        """Return (height, label) of each tick."""
        count = int((self.high - self.low) / self.step)
        shares = [self.low + n * self.step for n in range(count + 1)]
        return [(self.y(share), target_percent(share)) for share in shares]


def scale_for(shares: Sequence[Fraction], target: Fraction) -> Scale:
    """
    Return an axis up to 100 % that leaves room below the lowest value.

    It starts above zero where all values lie high: the chart says so in words.
    """
    lowest = min([*shares, target])
    room = max((1 - lowest) * Fraction(6, 5), Fraction(1, 200))
    step = next((s for s in _STEPS if room / s <= _MOST_TICKS), _STEPS[-1])
    low = max(Fraction(0), 1 - step * (-(-room // step)))
    return Scale(low, Fraction(1), step)


@dataclass(frozen=True, slots=True)
class Mark:
    """One point of a chart, ready to draw."""

    label: str
    tick: str
    x: str
    y: str
    share: Fraction | None
    verdict: str
    shape: str
    tick_class: str

    @property
    def words(self) -> str:
        """Say what the point shows."""
        if self.share is None:
            return f"{self.label}: {word_of(self.verdict).lower()}"
        return f"{self.label}: {percent(self.share)}, {word_of(self.verdict).lower()}"


@dataclass(frozen=True, slots=True)
class TrendChart:
    """A share over time against its target; the same numbers stand in a table beneath."""

    title: str
    target: Fraction
    scale: Scale
    marks: tuple[Mark, ...]
    shows_table: bool

    def __str__(self) -> SafeString:
        """Return the chart, its legend and its table."""
        return draw("trend_chart", chart=self)

    __html__ = __str__

    @property
    def target_y(self) -> str:
        """Return the height of the target line."""
        return self.scale.y(self.target)

    @property
    def target_label_y(self) -> str:
        """Return the height of the target's label: above its line where there is room."""
        line = float(self.target_y)
        return f"{line - 6 if line > PLOT_TOP + 16 else line + 16:.1f}"

    @property
    def target_words(self) -> str:
        """Return the target in per cent."""
        return target_percent(self.target)

    @property
    def lines(self) -> list[tuple[Mark, Mark]]:
        """Return the stretches between neighbouring months that both have a value."""
        pairs = zip(self.marks, self.marks[1:], strict=False)
        return [(a, b) for a, b in pairs if a.share is not None and b.share is not None]

    @property
    def low_words(self) -> str:
        """Return where the axis starts."""
        return target_percent(self.scale.low)

    @property
    def verdicts(self) -> list[Mark]:
        """Return one mark for each verdict shown, for the legend."""
        return list({mark.verdict: mark for mark in self.marks}.values())

    @property
    def summary(self) -> str:
        """Say in a sentence or two what the chart shows."""
        shown = [mark for mark in self.marks if mark.share is not None]
        if not shown:
            return "Nothing was due in any of these months."
        low = min(shown, key=lambda mark: mark.share or Fraction(0))
        missed = sum(mark.verdict == "missed" for mark in shown)
        return (
            f"{len(shown)} measured, {missed} below the target of {self.target_words}. "
            f"Lowest: {percent(low.share)} ({low.label}); latest: {percent(shown[-1].share)} "
            f"({shown[-1].label})."
        )


def trend_chart(
    points: Sequence[Point], target: Fraction | float, title: str, *, shows_table: bool = True
) -> TrendChart:
    """Return a chart of shares over time; `shows_table=False` where a table stands beside it."""
    shares = [_exact(value) for _, value, _ in points]
    goal = _exact(target) or Fraction(0)
    scale = scale_for([share for share in shares if share is not None], goal)
    marks = tuple(
        _mark(n, len(points), label, share, verdict, scale)
        for n, ((label, _, verdict), share) in enumerate(zip(points, shares, strict=True))
    )
    return TrendChart(title, goal, scale, marks, shows_table)


def _exact(value: Fraction | float | None) -> Fraction | None:
    return None if value is None else Fraction(value).limit_denominator(10**9)


def _mark(
    n: int, count: int, label: str, share: Fraction | None, verdict: str, scale: Scale
) -> Mark:
    return Mark(
        label=label,
        tick=_short(label),
        x=f"{(n + 0.5) / count * 100:.2f}%",
        y=scale.y(share) if share is not None else str(PLOT_BOTTOM),
        share=share,
        verdict=verdict,
        shape="none" if share is None else _SHAPES.get(verdict, "circle"),
        tick_class=_tick_class(n, count),
    )


def _tick_class(n: int, count: int) -> str:
    # Labels count back from the newest, which a reader looks for first.
    back = count - 1 - n
    wide = -(-count // _LABELS_WIDE)
    narrow = wide * -(-count // (_LABELS_NARROW * wide))
    if back % narrow == 0:
        return "tick"
    return "tick tick-minor" if back % wide == 0 else ""


def _short(label: str) -> str:
    year, _, month = label.partition("-")
    if len(year) == 4 and year.isdigit() and month.isdigit() and 1 <= int(month) <= 12:
        return f"{_MONTHS[int(month) - 1]} {year[2:]}"
    return label


@dataclass(frozen=True, slots=True)
class Sparkline:
    """A trend for a table cell: 96 by 24 pixels, said in words to screen readers."""

    chart: TrendChart

    def __str__(self) -> SafeString:
        """Return the sparkline."""
        return draw("sparkline", spark=self)

    __html__ = __str__

    def _place(self, mark: Mark) -> tuple[float, float]:
        part = (float(mark.y) - PLOT_TOP) / (PLOT_BOTTOM - PLOT_TOP)
        return float(mark.x.rstrip("%")) * 0.92 + 2, 3 + part * 18

    @property
    def path(self) -> str:
        """Return the line; months without value interrupt it."""
        parts, pen = [], "M"
        for mark in self.chart.marks:
            x, y = self._place(mark)
            if mark.share is not None:
                parts.append(f"{pen}{x:.1f} {y:.1f}")
            pen = "M" if mark.share is None else "L"
        return "".join(parts)

    @property
    def target_y(self) -> str:
        """Return the height of the target line."""
        part = (float(self.chart.target_y) - PLOT_TOP) / (PLOT_BOTTOM - PLOT_TOP)
        return f"{3 + part * 18:.1f}"

    @property
    def last(self) -> tuple[str, str, str] | None:
        """Return x, y and shape of the newest value."""
        shown = [mark for mark in self.chart.marks if mark.share is not None]
        if not shown:
            return None
        x, y = self._place(shown[-1])
        return f"{x:.1f}", f"{y:.1f}", shown[-1].verdict


def sparkline(points: Sequence[Point], target: Fraction | float) -> Sparkline:
    """Return a sparkline of shares over time."""
    return Sparkline(trend_chart(points, target, "Trend"))
