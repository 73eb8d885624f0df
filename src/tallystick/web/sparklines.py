"""A trend small enough for a cell of a table."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from tallystick.engine.service_levels.terms.goals import Goal
from tallystick.web.axes import PLOT_BOTTOM, PLOT_TOP
from tallystick.web.components.draw import draw
from tallystick.web.trends import Mark, Point, TrendChart, trend_chart


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
        """Return the line; windows without a figure interrupt it."""
        parts, pen = [], "M"
        for mark in self.chart.marks:
            x, y = self._place(mark)
            if mark.value is not None:
                parts.append(f"{pen}{x:.1f} {y:.1f}")
            pen = "M" if mark.value is None else "L"
        return "".join(parts)

    @property
    def target_y(self) -> str:
        """Return the height of the line of what is expected."""
        part = (float(self.chart.target_y) - PLOT_TOP) / (PLOT_BOTTOM - PLOT_TOP)
        return f"{3 + part * 18:.1f}"

    @property
    def last(self) -> tuple[str, str, str] | None:
        """Return x, y and verdict of the newest figure."""
        shown = [mark for mark in self.chart.marks if mark.value is not None]
        if not shown:
            return None
        x, y = self._place(shown[-1])
        return f"{x:.1f}", f"{y:.1f}", shown[-1].verdict


def sparkline(points: Sequence[Point], goal: Goal) -> Sparkline:
    """Return a sparkline of figures over time."""
    return Sparkline(trend_chart(points, goal, "Trend"))
