"""Small charts as own SVG: a trend, a sparkline, an item's time as a strip, a bar of shares."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from django.utils.safestring import SafeString

from tallystick.web.columns_chart import ColumnsChart, columns_chart
from tallystick.web.components.draw import draw
from tallystick.web.components.status import word_of
from tallystick.web.components.words import duration, moment_text
from tallystick.web.histograms import Histogram, histogram
from tallystick.web.sparklines import Sparkline, sparkline
from tallystick.web.trends import Point, TrendChart, trend_chart

__all__ = [
    "ColumnsChart",
    "Histogram",
    "Interval",
    "Point",
    "Shares",
    "Sparkline",
    "Strip",
    "TrendChart",
    "bar",
    "columns_chart",
    "histogram",
    "interval_strip",
    "sparkline",
    "trend_chart",
]


class Interval(Protocol):
    """A stretch of an item's life; the engine's `working.Interval` is one."""

    @property
    def since(self) -> int:
        """Return the instant at which it starts."""
        ...

    @property
    def until(self) -> int:
        """Return the instant at which it ends."""
        ...

    @property
    def kind(self) -> str:
        """Return how it counts: counted or paused, up or down, out-of-hours."""
        ...


# How high a part stands, so that the strip reads without colour.
_HEIGHTS = {
    "counted": (0, 32), "paused": (12, 20), "dropped": (18, 14), "holiday": (24, 8),
    "stopped": (30, 2),
    "down": (0, 32), "unmeasured": (12, 20), "too-short": (18, 14), "excused": (18, 14),
    "maintenance": (18, 14),
}  # fmt: skip
_LOWEST = (26, 6)


@dataclass(frozen=True, slots=True)
class Part:
    """One stretch of a strip, ready to draw."""

    x: str
    width: str
    y: int
    height: int
    kind: str
    words: str


def _legend(totals: Sequence[tuple[str, int]]) -> list[tuple[str, str, int]]:
    return [(kind, word_of(kind), total) for kind, total in totals]


@dataclass(frozen=True, slots=True)
class Strip:
    """An item's time from left to right, and what each kind of it adds up to."""

    title: str
    parts: tuple[Part, ...]
    totals: tuple[tuple[str, int], ...]
    ends: tuple[str, str]
    instants: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> SafeString:
        """Return the strip and its legend."""
        return draw("interval_strip", strip=self)

    __html__ = __str__

    @property
    def legend(self) -> list[tuple[str, str, int]]:
        """Return each kind with its word and what it amounts to."""
        return _legend(self.totals)

    @property
    def summary(self) -> str:
        """Say what each kind of time adds up to, and which instants are marked."""
        kinds = [f"{word}: {duration(total)}" for _, word, total in self.legend]
        return "; ".join([*kinds, *(words for _, words in self.instants)])


def interval_strip(
    intervals: Sequence[Interval],
    title: str = "How the time counts",
    zone: str = "UTC",
    *,
    instants: Sequence[tuple[str, int]] = (),
) -> Strip:
    """
    Return the intervals in proportion to the clock, in the order given.

    `instants`, (name, instant) pairs such as the one that was due, are marked where they lie
    within.
    """
    if not intervals:
        return Strip(title, (), (), ("", ""))
    start, end = intervals[0].since, max(i.until for i in intervals)
    span = max(1, end - start)
    parts = tuple(
        _part(i, (i.since - start) / span, (i.until - i.since) / span, zone) for i in intervals
    )
    ends = (moment_text(start, zone), moment_text(end, zone))
    marks = tuple(
        (f"{(at - start) / span * 100:.3f}%", f"{name} {moment_text(at, zone)}")
        for name, at in instants
        if start < at < end
    )
    return Strip(title, parts, _totals(intervals), ends, marks)


def _part(interval: Interval, x: float, width: float, zone: str) -> Part:
    y, height = _HEIGHTS.get(interval.kind, _LOWEST)
    return Part(
        x=f"{x * 100:.3f}%",
        width=f"{width * 100:.3f}%",
        y=y,
        height=height,
        kind=interval.kind,
        words=f"{word_of(interval.kind)}: {duration(interval.until - interval.since)}, "
        f"from {moment_text(interval.since, zone)}",
    )


def _totals(intervals: Sequence[Interval]) -> tuple[tuple[str, int], ...]:
    totals: dict[str, int] = {}
    for interval in intervals:
        length = interval.until - interval.since
        totals[str(interval.kind)] = totals.get(str(interval.kind), 0) + length
    return tuple(totals.items())


@dataclass(frozen=True, slots=True)
class Shares:
    """Whole amounts of several kinds side by side."""

    title: str
    parts: tuple[Part, ...]
    totals: tuple[tuple[str, int], ...]

    def __str__(self) -> SafeString:
        """Return the bar and its legend."""
        return draw("bar", bar=self)

    __html__ = __str__

    @property
    def legend(self) -> list[tuple[str, str, int]]:
        """Return each kind with its word and what it amounts to."""
        return _legend(self.totals)

    @property
    def summary(self) -> str:
        """Say what each kind amounts to."""
        return "; ".join(f"{word}: {duration(total)}" for _, word, total in self.legend)


def bar(amounts: Sequence[tuple[str, int]], title: str) -> Shares:
    """Return (kind, seconds) pairs as one bar of their shares, in the order given."""
    whole = sum(amount for _, amount in amounts) or 1
    parts, left = [], 0
    for kind, amount in amounts:
        y, height = _HEIGHTS.get(kind, _LOWEST)
        words = f"{word_of(kind)}: {duration(amount)}"
        x, width = f"{left / whole * 100:.3f}%", f"{amount / whole * 100:.3f}%"
        parts.append(Part(x, width, y, height, kind, words))
        left += amount
    return Shares(title, tuple(parts), tuple(amounts))
