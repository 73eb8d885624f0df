"""Outcomes of one service level -> how the figures of its items are spread, and percentiles."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from tallystick.engine.service_levels.outcomes import ItemVerdict, Outcomes
from tallystick.engine.service_levels.outlook.use import are, are_timed, used
from tallystick.engine.service_levels.terms import ServiceLevel
from tallystick.engine.service_levels.terms.goals import Direction, Goal
from tallystick.engine.service_levels.terms.statistics import StatisticKind

RANKS = tuple(Fraction(rank, 100) for rank in (50, 90, 95))
"""The percentiles that are given; nearest rank, as agreements have it."""

_TAIL = Fraction(98, 100)
"""What lies beyond this percentile, and beyond the mark, shares a bar: a tail hides the rest."""
_MOST_BARS = 24
_SECONDS = (60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 28_800, 57_600, 86_400)
_MILLION = 10**6


class Measured(StrEnum):
    """What is spread: working seconds, the part of its limit that an item used, or a value."""

    SECONDS = "seconds"
    LIMIT = "limit"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Bar:
    """
    How many figures lie between two edges; `until` is None for the one with the tail.

    A figure on an edge lies on the side that keeps a limit or a target which is there.
    """

    since: Fraction
    until: Fraction | None
    count: int


@dataclass(frozen=True, slots=True)
class Spread:
    """
    The figures of decided items as bars that touch, from nothing or from the lowest on.

    A part of a limit is 1 at the limit. `mark` is the limit or the target.
    `beyond` is how many figures lie beyond the mark.
    """

    measured: Measured
    count: int
    bars: tuple[Bar, ...]
    percentiles: tuple[tuple[Fraction, Fraction], ...]
    mark: Fraction
    beyond: int


def spread_of(level: ServiceLevel, outcomes: Outcomes) -> Spread | None:
    """Return how decided items are spread; None where the level gives items no figure, or none."""
    decided = are(outcomes, ItemVerdict.MET) | are(outcomes, ItemVerdict.MISSED)
    if level.statistic.kind is not StatisticKind.SHARE or level.of:
        decided = are(outcomes, ItemVerdict.COUNTED)
    chosen = outcomes.some(decided)
    if not len(chosen):
        return None
    if level.of:
        return _spread(chosen.value, _MILLION, Measured.NUMBER, level.target)
    if not level.measure.is_timed:
        return None
    if level.statistic.kind is not StatisticKind.SHARE:
        return _spread(chosen.counted, 1, Measured.SECONDS, level.target)
    limits = np.unique(chosen.limit)
    if len(limits) == 1 and limits[0] > 0:
        return _spread(chosen.counted, 1, Measured.SECONDS, _limit(int(limits[0])))
    timed = chosen.some(are_timed(chosen))
    # In thousandths, rounded up: an item a second late lies beyond its limit.
    parts = np.ceil(used(timed) * 1000 - 1e-9).astype(np.int64)
    return _spread(parts, 1000, Measured.LIMIT, _limit(1)) if len(timed) else None


def _limit(mark: int) -> Goal:
    return Goal(Fraction(mark), direction=Direction.AT_MOST)


def _spread(figures: NDArray[np.int64], scale: int, measured: Measured, goal: Goal) -> Spread:
    ordered = np.sort(figures)
    percentiles = tuple((rank, Fraction(nearest(ordered, rank), scale)) for rank in RANKS)
    mark = goal.value * scale
    top = max(nearest(ordered, _TAIL), math.ceil(mark))
    # Scores such as 4.1 to 4.8 would all lie in one bar of an axis from nothing.
    base = int(ordered[0]) if measured is Measured.NUMBER else 0
    step = _step(top - base, scale, measured)
    first = base // step
    edges = np.arange(first, top // step + 2, dtype=np.int64) * step
    # Exactly at a limit is in time: figures are whole, so one less falls into the bar before.
    at_most = goal.direction is Direction.AT_MOST
    placed = np.maximum(ordered - at_most, edges[0])
    counts, _ = np.histogram(np.minimum(placed, edges[-1] - 1), bins=edges)
    tail = bool(placed[-1] >= edges[-1])
    return Spread(
        measured=measured,
        count=len(ordered),
        bars=_bars(edges.tolist(), counts.tolist(), scale, tail),
        percentiles=percentiles,
        mark=goal.value,
        beyond=int((ordered > math.floor(mark) if at_most else ordered < math.ceil(mark)).sum()),
    )


def nearest(ordered: NDArray[np.int64], rank: Fraction) -> int:
    """Return the nearest rank: the least figure that a share `rank` of them does not exceed."""
    return int(ordered[max(math.ceil(rank * len(ordered)), 1) - 1])


def _step(width: int, scale: int, measured: Measured) -> int:
    steps: Sequence[int] = _SECONDS
    if measured is Measured.LIMIT:
        steps = (50, 100, 200, 250, 500, 1000, 2000)
    elif measured is Measured.NUMBER:
        tens = [10**power for power in range(13)]
        steps = [ten * part for ten in tens for part in (1, 2, 5)]
    fitting = (step for step in steps if width // step < _MOST_BARS)
    return next(fitting, steps[-1] * math.ceil(max(width, 1) / (steps[-1] * _MOST_BARS)))


def _bars(edges: list[int], counts: list[int], scale: int, tail: bool) -> tuple[Bar, ...]:
    last = len(counts) - 1
    return tuple(
        Bar(
            Fraction(edges[place], scale),
            None if tail and place == last else Fraction(edges[place + 1], scale),
            count,
        )
        for place, count in enumerate(counts)
    )
