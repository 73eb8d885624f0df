"""Lines in one picture: a curve beside others, or a figure over time; the numbers follow."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.safestring import SafeString

from tallystick.web.components.draw import draw

Spot = tuple[str, str]
"""Where a point lies: per cent from the left, pixels from the top."""


@dataclass(frozen=True, slots=True)
class Series:
    """One line: `kind` is its class (trend, planned, target), `words` its name in the legend."""

    kind: str
    words: str
    spots: Sequence[Spot]

    @property
    def lines(self) -> list[tuple[Spot, Spot]]:
        """Return its stretches."""
        return list(pairwise(self.spots))


@dataclass(frozen=True, slots=True)
class AxisTick:
    """A word under the chart."""

    x: str
    words: str
    anchor: str = "middle"
    shown: str = "tick"


@dataclass(frozen=True, slots=True)
class LineChart:
    """Lines with a scale at the right and words beneath; the same numbers as a table."""

    title: str
    summary: str
    heights: Sequence[tuple[str, str]]
    ticks: Sequence[AxisTick]
    series: Sequence[Series]
    marks: Sequence[tuple[str, str, str]]
    heads: Sequence[str]
    rows: Sequence[tuple[str, Sequence[str]]]
    up: str = ""
    """What the heights count."""
    across: str = ""
    """What the widths count."""

    def __str__(self) -> SafeString:
        """Return the chart, its legend and its table."""
        return draw("line_chart", chart=self)

    __html__ = __str__
