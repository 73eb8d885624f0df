"""Bars beneath each other, each with its words beside it: parts of a worth, or changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.safestring import SafeString

from tallystick.web.components.draw import draw

TONES = 6
"""So many fills there are; parts are told apart by their numbers, not by these."""
_ROOM = 4.5
"""Per cent of the width from which a number has room in its part."""


@dataclass(frozen=True, slots=True)
class BarPart:
    """One part of a bar, in per cent of the chart's width."""

    x: float
    width: float
    tone: str
    label: str
    words: str

    @property
    def middle(self) -> float:
        """Return where its label stands."""
        return self.x + self.width / 2


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar with its words."""

    name: str
    figure: str
    detail: str
    parts: Sequence[BarPart]


@dataclass(frozen=True, slots=True)
class BarList:
    """Bars beneath each other; the same figures stand in words beside or beneath them."""

    title: str
    bars: Sequence[Bar]
    legend: Sequence[tuple[str, str, str]] = ()
    heads: Sequence[str] = ()
    rows: Sequence[tuple[str, Sequence[str]]] = ()
    axis: float | None = None

    def __str__(self) -> SafeString:
        """Return the bars, their legend and their table."""
        return draw("bar_list", chart=self)

    __html__ = __str__


def stacked(
    title: str,
    amounts: Sequence[tuple[str, Mapping[str, Fraction]]],
    rows: Sequence[tuple[str, Sequence[Fraction]]],
) -> BarList:
    """
    Return bars of parts of 1, by kind; the kinds are numbered in their order.

    `rows` are the table beneath: a name, and an amount for each bar.
    """
    kinds = list(amounts[0][1]) if amounts else []
    bars = []
    for name, parts in amounts:
        x, drawn = 0.0, []
        for place, (kind, part) in enumerate(parts.items()):
            width = float(100 * part)
            label = str(place + 1) if width >= _ROOM else ""
            words = f"{kind}: {width:.1f} points"
            drawn.append(BarPart(round(x, 3), round(width, 3), str(place % TONES), label, words))
            x += width
        bars.append(Bar(name, _points(sum(parts.values(), Fraction(0))), "", drawn))
    together = [sum(column, Fraction(0)) for column in zip(*(row for _, row in rows), strict=True)]
    return BarList(
        title,
        bars,
        legend=[(str(n + 1), str(n % TONES), kind) for n, kind in enumerate(kinds)],
        heads=[name for name, _ in amounts],
        rows=[(name, [_points(each) for each in row]) for name, row in [*rows, ("All", together)]],
    )


def _points(share: Fraction) -> str:
    """Write a part of 1 in points of 100; once, from the exact sum, as the order writes it."""
    return f"{float(100 * share):.1f}"


def changes(title: str, amounts: Sequence[tuple[str, str, str, Fraction | None]]) -> BarList:
    """Return bars that start in the middle: (name, figure, detail, change), None for no bar."""
    most = max((abs(each) for _, _, _, each in amounts if each is not None), default=Fraction(1))
    bars = []
    for name, figure, detail, change in amounts:
        parts = []
        if change is not None:
            length = max(50 * float(abs(change) / most) if most else 0, 0.6)
            x = 50 - length if change < 0 else 50
            parts = [BarPart(round(x, 3), round(length, 3), "change", "", f"{name}: {figure}")]
        bars.append(Bar(name, figure, detail, parts))
    return BarList(title, bars, axis=50)
