"""Outcomes -> what they add up to in each period; summaries of parts add up to that of all."""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from tallystick.engine.service_levels.outcomes import (
    ITEM_VERDICTS,
    NO_WINDOW,
    REASONS,
    ItemVerdict,
    Outcomes,
    Reason,
)
from tallystick.engine.service_levels.terms import MeasureKind, ServiceLevel
from tallystick.engine.service_levels.terms.statistics import StatisticKind
from tallystick.engine.service_levels.windows import Window, edges_of

Counts = NDArray[np.int64]

RANKED = frozenset({StatisticKind.MEDIAN, StatisticKind.PERCENTILE})


@dataclass(frozen=True, slots=True, eq=False)
class Summary:
    """
    Counts of items by period, one entry each; `total` is the sum of what the items count with.

    `carried` are the missed items that were already missed in the period before, so a rolling
    window counts each once. `open` are the items open at the end of each period, or at the
    instant of measuring. `places` and `values` are the period and the figure of each counted
    item, kept where a percentile needs them and else empty.
    """

    met: Counts
    missed: Counts
    carried: Counts
    pending: Counts
    excluded: Counts
    relieved: Counts
    counted: Counts
    total: Counts
    open: Counts
    places: NDArray[np.int32]
    values: Counts

    def __add__(self, other: "Summary") -> "Summary":
        """Return the summary of both parts together."""
        added = {name: getattr(self, name) + getattr(other, name) for name in _ADDED}
        joined = {
            name: np.concatenate([getattr(self, name), getattr(other, name)]) for name in _JOINED
        }
        return Summary(**added, **joined)


_JOINED = ("places", "values")
_ADDED = tuple(field.name for field in fields(Summary) if field.name not in _JOINED)


def summary_of(
    outcomes: Outcomes, level: ServiceLevel, windows: tuple[Window, ...], as_of: int
) -> Summary:
    """Return what outcomes add up to in each of the level's periods."""
    size = len(windows)
    by_verdict = _counts(outcomes, size)
    counted = outcomes.verdict == ITEM_VERDICTS.index(ItemVerdict.COUNTED)
    relieved = _count(outcomes.window, outcomes.reason == REASONS.index(Reason.RELIEVED), size)
    carried = _carried(outcomes, size)
    figure = outcomes.value if level.of else outcomes.counted
    placed = counted & (outcomes.window != NO_WINDOW)
    ranked = placed if level.statistic.kind in RANKED else np.zeros_like(placed)
    return Summary(
        met=by_verdict[ItemVerdict.MET],
        missed=by_verdict[ItemVerdict.MISSED] + carried,
        carried=carried,
        pending=by_verdict[ItemVerdict.PENDING],
        excluded=by_verdict[ItemVerdict.EXCLUDED] - relieved,
        relieved=relieved,
        counted=by_verdict[ItemVerdict.COUNTED],
        total=_sum(outcomes.window[placed], figure[placed], size),
        open=_open_at_ends(outcomes, level, windows, as_of),
        places=outcomes.window[ranked],
        values=figure[ranked],
    )


def _counts(outcomes: Outcomes, size: int) -> dict[ItemVerdict, Counts]:
    """Return how many items have each verdict in each window."""
    kinds = len(ITEM_VERDICTS)
    # NO_WINDOW is -1: one row before the first, which is left out.
    cells = (outcomes.window.astype(np.int64) + 1) * kinds + outcomes.verdict
    table = np.bincount(cells, minlength=(size + 1) * kinds).reshape(size + 1, kinds)
    return {verdict: table[1:, code] for code, verdict in enumerate(ITEM_VERDICTS)}


def _count(window: NDArray[np.int32], chosen: NDArray[np.bool_], size: int) -> Counts:
    if not chosen.any():
        return np.zeros(size, dtype=np.int64)
    # A window of -1 would otherwise be counted as the last one.
    return np.bincount(window[chosen & (window != NO_WINDOW)], minlength=size).astype(np.int64)


def _carried(outcomes: Outcomes, size: int) -> Counts:
    """Return how many missed items each period takes over from the one before."""
    longer = np.flatnonzero(outcomes.last_window > outcomes.window)
    if not len(longer):
        return np.zeros(size, dtype=np.int64)
    begins = np.bincount(outcomes.window[longer] + 1, minlength=size + 2)
    ends = np.bincount(outcomes.last_window[longer] + 1, minlength=size + 2)
    return np.asarray(np.cumsum(begins - ends)[:size], dtype=np.int64)


def _sum(window: NDArray[np.int32], figure: Counts, size: int) -> Counts:
    # Added as integers: a sum of floats would not be exact.
    total = np.zeros(size, dtype=np.int64)
    np.add.at(total, window, figure)
    return total


def _open_at_ends(
    outcomes: Outcomes, level: ServiceLevel, windows: tuple[Window, ...], as_of: int
) -> Counts:
    if level.measure is not MeasureKind.BACKLOG:
        return np.zeros(len(windows), dtype=np.int64)
    # At the end of a window what happens then has not happened yet; at `as_of` it has.
    ends = np.minimum(edges_of(windows)[1:], as_of + 1)
    there = outcomes.verdict == ITEM_VERDICTS.index(ItemVerdict.COUNTED)
    opened, done = np.sort(outcomes.opened[there]), np.sort(outcomes.done[there])
    return np.searchsorted(opened, ends, side="left") - np.searchsorted(done, ends, side="left")
