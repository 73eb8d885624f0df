"""Counts of several kinds over time, as columns; each kind has its own width and tone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.safestring import SafeString

from tallystick.engine.service_levels.terms.goals import Direction, Goal, Unit
from tallystick.engine.service_levels.window_words import window_words
from tallystick.web.axes import Scale, scale_for
from tallystick.web.components.draw import draw
from tallystick.web.components.status import word_of
from tallystick.web.counts import of_kind

Column = tuple[str, Mapping[str, int]]
"""A window such as "2026-03", and how many of each kind there were at its end."""

_WIDEST = 10
"""The most of the chart's width, in percent, that a column takes: two weeks are no two walls."""

_NONE = Goal(Fraction(0), Unit.NUMBER, Direction.AT_MOST)


@dataclass(frozen=True, slots=True)
class Block:
    """One kind in one column, ready to draw."""

    kind: str
    x: str
    width: str
    y: str
    height: str
    words: str


@dataclass(frozen=True, slots=True)
class Tick:
    """What stands under a column, where there is room."""

    x: str
    words: str
    shown: str


@dataclass(frozen=True, slots=True)
class ColumnsChart:
    """Columns of counts, the gravest kind at the bottom; the same numbers follow as a table."""

    title: str
    kinds: Sequence[str]
    columns: Sequence[Column]
    scale: Scale
    blocks: Sequence[Block]
    ticks: Sequence[Tick]

    def __str__(self) -> SafeString:
        """Return the chart, its legend and its table."""
        return draw("columns_chart", chart=self)

    __html__ = __str__

    @property
    def legend(self) -> list[tuple[str, str]]:
        """Return each kind with its word."""
        return [(kind, word_of(kind)) for kind in self.kinds]

    @property
    def rows(self) -> list[tuple[str, list[int]]]:
        """Return the numbers of the table: a window, then each kind."""
        return [
            (window_words(window), [counts.get(kind, 0) for kind in self.kinds])
            for window, counts in self.columns
        ]

    @property
    def summary(self) -> str:
        """Say what there is now, and what most there was."""
        if not self.columns:
            return "Nothing has been counted yet."
        totals = [sum(counts.values()) for _, counts in self.columns]
        now = self.columns[-1][1]
        parts = [of_kind(now[kind], word_of(kind).lower()) for kind in self.kinds if now.get(kind)]
        said = f"Now {', '.join(parts) or 'none'}"
        most = window_words(self.columns[totals.index(max(totals))][0])
        return f"{said}; at most {max(totals)}, in {most}."


def columns_chart(columns: Sequence[Column], kinds: Sequence[str], title: str) -> ColumnsChart:
    """Return counts over time as columns; `kinds` stand on each other in the order given."""
    totals = [Fraction(sum(counts.get(kind, 0) for kind in kinds)) for _, counts in columns]
    # At least up to four, so that no tick stands between two counts.
    scale = scale_for([*totals, Fraction(4)], _NONE)
    blocks = [
        block
        for place, (window, counts) in enumerate(columns)
        for block in _blocks(place, len(columns), window, counts, kinds, scale)
    ]
    ticks = [_tick(place, len(columns), window) for place, (window, _) in enumerate(columns)]
    return ColumnsChart(title, kinds, columns, scale, blocks, ticks)


def _blocks(
    place: int,
    count: int,
    window: str,
    counts: Mapping[str, int],
    kinds: Sequence[str],
    scale: Scale,
) -> list[Block]:
    found, below = [], 0
    for rank, kind in enumerate(kinds):
        number = counts.get(kind, 0)
        if not number:
            continue
        top, bottom = scale.y(Fraction(below + number)), scale.y(Fraction(below))
        # Kinds differ in width too, so that they read without colour.
        width = min(100 / count, _WIDEST) * (0.8 - 0.2 * rank)
        middle = (place + 0.5) / count * 100
        found.append(
            Block(
                kind=kind,
                x=f"{middle - width / 2:.3f}%",
                width=f"{width:.3f}%",
                y=top,
                height=f"{float(bottom) - float(top):.1f}",
                words=f"{window_words(window)}: {number} {word_of(kind).lower()}",
            )
        )
        below += number
    return found


def _tick(place: int, count: int, window: str) -> Tick:
    # Labels count back from the newest, which a reader looks for first.
    every = -(-count // 6)
    back = count - 1 - place
    shown = "tick" if back % (2 * every) == 0 else "tick tick-minor" if back % every == 0 else ""
    return Tick(f"{(place + 0.5) / count * 100:.2f}%", window_words(window, short=True), shown)
