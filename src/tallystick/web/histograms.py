"""How the times of items are spread: bars, the limit as a line, and percentiles."""

from dataclasses import dataclass
from fractions import Fraction

from django.utils.safestring import SafeString

from tallystick.engine.service_levels.outlook.spread import Measured, Spread
from tallystick.engine.service_levels.terms.goals import Direction, Goal, Unit
from tallystick.web.components.draw import draw
from tallystick.web.components.figures import amount, figure
from tallystick.web.components.words import number
from tallystick.web.counts import counted

TOP, BOTTOM = 44, 196
_LABELS = 6


@dataclass(frozen=True, slots=True)
class BarMark:
    """One bar, ready to draw, with its words and its edges as text."""

    x: str
    width: str
    y: str
    height: str
    beyond: bool
    since: str
    until: str
    count: int

    @property
    def words(self) -> str:
        """Say what the bar shows."""
        reach = f"{self.since} to {self.until}" if self.until else f"{self.since} and more"
        return f"{reach}: {counted(self.count, 'item')}"


@dataclass(frozen=True, slots=True)
class Upright:
    """A vertical line with its label: the mark, or a percentile."""

    x: str
    label_y: int
    name: str
    words: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Histogram:
    """Bars with a line at the limit; the same numbers follow as a table."""

    title: str
    bars: tuple[BarMark, ...]
    mark: Upright
    percentiles: tuple[Upright, ...]
    ticks: tuple[tuple[str, str], ...]
    summary: str
    most: int

    def __str__(self) -> SafeString:
        """Return the chart, its legend and its table."""
        return draw("histogram", chart=self)

    __html__ = __str__


def histogram(spread: Spread, title: str, mark_name: str) -> Histogram:
    """Return the spread of items as a chart; `mark_name` says what the line stands for."""
    most = max(bar.count for bar in spread.bars)
    percentiles = tuple(
        _upright(spread, value, name, 12 + 11 * n) for n, (name, value) in enumerate(_named(spread))
    )
    return Histogram(
        title=title,
        bars=_bars(spread, most),
        mark=_upright(spread, spread.mark, mark_name, TOP - 4),
        percentiles=percentiles,
        ticks=_ticks(spread),
        summary=_summary(spread, mark_name),
        most=most,
    )


def _named(spread: Spread) -> list[tuple[str, Fraction]]:
    """Return the percentiles by name; those of one value share a line."""
    names: dict[Fraction, list[str]] = {}
    for rank, value in spread.percentiles:
        names.setdefault(value, []).append(f"p{int(rank * 100)}")
    return [(", ".join(found), value) for value, found in names.items()]


def words_of(spread: Spread, value: Fraction) -> str:
    """Write a figure of a spread: a time, a part of the limit, or a number."""
    if spread.measured is Measured.LIMIT:
        return f"{amount(value, Unit.SHARE)} of the limit"
    if spread.measured is Measured.SECONDS:
        return figure(value, Goal(value, Unit.SECONDS, Direction.AT_MOST))
    return amount(value, Unit.NUMBER)


def _edge(spread: Spread, value: Fraction) -> str:
    is_part = spread.measured is Measured.LIMIT
    return amount(value, Unit.SHARE) if is_part else words_of(spread, value)


def _part(spread: Spread, value: Fraction) -> float:
    """Return where a figure lies from left to right; what is beyond lies in the last bar."""
    first = spread.bars[0]
    width = (first.until or first.since + 1) - first.since
    place = (value - first.since) / width
    return float(min(place, len(spread.bars) - Fraction(1, 2)) / len(spread.bars))


def _bars(spread: Spread, most: int) -> tuple[BarMark, ...]:
    # Where little is good the bars from the mark on are beyond it, else those before it.
    up = spread.bars[0].since < spread.mark
    width = 100 / len(spread.bars)
    found = []
    for place, bar in enumerate(spread.bars):
        height = (BOTTOM - TOP) * bar.count / most
        found.append(
            BarMark(
                x=f"{place * width:.3f}%",
                width=f"{width:.3f}%",
                y=f"{BOTTOM - height:.1f}",
                height=f"{height:.1f}",
                beyond=up and bar.since >= spread.mark and spread.measured is not Measured.NUMBER,
                since=_edge(spread, bar.since),
                until="" if bar.until is None else _edge(spread, bar.until),
                count=bar.count,
            )
        )
    return tuple(found)


def _upright(spread: Spread, value: Fraction, name: str, label_y: int) -> Upright:
    part = _part(spread, value)
    is_part = spread.measured is Measured.LIMIT
    words = name if is_part and value == spread.mark else f"{name} {words_of(spread, value)}"
    anchor = "start" if part < 0.5 else "end"
    return Upright(f"{part * 100:.3f}%", label_y, name, words, anchor)


def _ticks(spread: Spread) -> tuple[tuple[str, str], ...]:
    every = -(-len(spread.bars) // _LABELS)
    return tuple(
        (f"{place / len(spread.bars) * 100:.3f}%", _edge(spread, bar.since))
        for place, bar in enumerate(spread.bars)
        if place % every == 0
    )


def _summary(spread: Spread, mark_name: str) -> str:
    ranks = [
        f"{int(rank * 100)}% within {words_of(spread, value)}" for rank, value in spread.percentiles
    ]
    if spread.measured is Measured.NUMBER:
        ranks = [
            f"{int(rank * 100)}% at {words_of(spread, value)} or less"
            for rank, value in spread.percentiles
        ]
    beyond = f"beyond the limit of {words_of(spread, spread.mark)}"
    if spread.measured is Measured.LIMIT:
        beyond = "beyond the limit"
    elif mark_name != "Limit":
        beyond = f"on the wrong side of {words_of(spread, spread.mark)}"
    return f"{counted(spread.count, 'item')}: {', '.join(ranks)}. {number(spread.beyond)} {beyond}."
