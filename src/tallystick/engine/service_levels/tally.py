"""What outcomes add up to -> one measurement per window."""

from collections.abc import Iterator

import numpy as np

from tallystick.engine.service_levels.judge import Judgement, judge
from tallystick.engine.service_levels.kernel.judging import MILLION
from tallystick.engine.service_levels.measurement import Measurement, Verdict
from tallystick.engine.service_levels.outcomes import Outcomes
from tallystick.engine.service_levels.summary import Summary, summary_of
from tallystick.engine.service_levels.terms import Agreement, MeasureKind, ServiceLevel
from tallystick.engine.service_levels.terms.statistics import StatisticKind
from tallystick.engine.service_levels.terms.zones import local_midnight
from tallystick.engine.service_levels.windows import Window, windows_of

Figure = tuple[int, int, int]
"""Numerator, denominator, and how many items stand behind them."""


def tally(
    outcomes: Outcomes,
    level: ServiceLevel,
    agreement: Agreement,
    as_of: int,
    *,
    window: Window | None = None,
) -> list[Measurement]:
    """
    Return the measurements of the windows of the term that had begun by `as_of`, in order.

    With `window` (from `read_window`), return that one's alone, begun or not. Met and missed
    items make the denominator of a share, met ones its numerator; excluded and relieved items
    are in neither, and pending ones are told apart.
    """
    summary = summary_of(outcomes, level, windows_of(agreement, level.window), as_of)
    return measurements_of(summary, level, agreement, as_of, window=window)


def measurements_of(
    summary: Summary,
    level: ServiceLevel,
    agreement: Agreement,
    as_of: int,
    *,
    window: Window | None = None,
) -> list[Measurement]:
    """Return what `tally` gives, of outcomes that were summed before."""
    return [
        _measurement(summary, level, agreement, index, each)
        for index, each in chosen_windows(windows_of(agreement, level.window), as_of, window)
    ]


def chosen_windows(
    windows: tuple[Window, ...], as_of: int, window: Window | None
) -> Iterator[tuple[int, Window]]:
    """Give the windows that had begun, or the one that is asked for, with their positions."""
    for index, each in enumerate(windows):
        if each == window if window else each.start <= as_of:
            yield index, each


def _measurement(
    summary: Summary, level: ServiceLevel, agreement: Agreement, index: int, window: Window
) -> Measurement:
    first = index - level.window.reach + 1
    over = slice(max(first, 0), index + 1)
    numerator, denominator, count = _figure(summary, level, over, index)
    verdict, why = begun_only(level, index) or judge(level, numerator, denominator, count)
    return Measurement(
        service_level=level.id,
        window=window.text,
        numerator=numerator,
        denominator=denominator,
        pending=int(summary.pending[over].sum()),
        target=level.target,
        verdict=verdict,
        count=count,
        minimum=level.minimum,
        excluded=int(summary.excluded[over].sum()),
        relieved=int(summary.relieved[over].sum()),
        why=why,
        reporting_only=is_start_up(level, agreement, window),
    )


def begun_only(level: ServiceLevel, index: int) -> Judgement | None:
    """Return why a rolling window is not measured whose first periods lie before the term."""
    if index + 1 >= level.window.reach:
        return None
    why = f"{index + 1} of {level.window.reach} {level.window.period}s have begun"
    return Verdict.NOT_MEASURED, why


def is_start_up(level: ServiceLevel, agreement: Agreement, window: Window) -> bool:
    """Return whether the verdict on a window has no consequence yet."""
    until = level.reporting_only_until
    return until is not None and window.start < local_midnight(until, agreement.zone)


def _figure(summary: Summary, level: ServiceLevel, over: slice, index: int) -> Figure:
    if level.measure is MeasureKind.BACKLOG:
        return int(summary.open[index]), 1, int(summary.open[index])
    counted, total = int(summary.counted[over].sum()), int(summary.total[over].sum())
    if level.measure is MeasureKind.VOLUME:
        return counted, 1, counted
    if level.statistic.kind in {StatisticKind.MEDIAN, StatisticKind.PERCENTILE}:
        return _ranked(summary, level, over)
    if level.of or level.statistic.kind is StatisticKind.MEAN:
        return _in_its_unit(level, total, counted, counted)
    met, missed = int(summary.met[over].sum()), int(summary.missed[over].sum())
    missed -= int(summary.carried[over][1:].sum())
    return met, met + missed, met + missed


def _in_its_unit(level: ServiceLevel, total: int, over: int, count: int) -> Figure:
    if level.of is None:
        return total, over, count
    whole, rest = divmod(total, MILLION)
    return (total, over * MILLION, count) if rest else (whole, over, count)


def _ranked(summary: Summary, level: ServiceLevel, over: slice) -> Figure:
    inside = (summary.places >= over.start) & (summary.places < over.stop)
    values = np.sort(summary.values[inside])
    count = len(values)
    if not count:
        return 0, 0, 0
    if level.statistic.kind is StatisticKind.MEDIAN:
        pair = int(values[(count - 1) // 2]) + int(values[count // 2])
        return _in_its_unit(level, pair, 2, count)
    rank = level.statistic.rank * count
    place = max(-(-rank.numerator // rank.denominator), 1) - 1
    return _in_its_unit(level, int(values[place]), 1, count)
