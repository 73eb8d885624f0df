"""The windows of an agreement's term as stretches of instants, in the agreement's zone."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from tallystick.engine.refusals import Refusal
from tallystick.engine.service_levels.outcomes import NO_WINDOW
from tallystick.engine.service_levels.terms import Agreement, ServiceLevel
from tallystick.engine.service_levels.terms.periods import Period, WindowRule
from tallystick.engine.service_levels.terms.zones import local_midnight
from tallystick.engine.values import Instants

_SHAPES: Mapping[Period, tuple[str, str]] = {
    Period.DAY: (r"\d{4}-\d{2}-\d{2}", "2012-03-05"),
    Period.WEEK: (r"\d{4}-W\d{2}", "2012-W10"),
    Period.MONTH: (r"\d{4}-(0[1-9]|1[0-2])", "2012-03"),
    Period.QUARTER: (r"\d{4}-Q[1-4]", "2012-Q1"),
    Period.YEAR: (r"\d{4}", "2012"),
}


class WindowRefused(Refusal):
    """The window is none of the agreement's term."""

    code = "window.unreadable"

    def __init__(self, message: str, *, code: str, place: str, remedy: str) -> None:
        super().__init__(message, place=place, remedy=remedy)
        self.code = code


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """
    A stretch [start, end) in whole seconds UTC; cut short where the term begins or ends.

    `text` is `2012-03-05`, `2012-W10` (ISO 8601), `2012-03`, `2012-Q1` or `2012`. A rolling
    window bears the name of the period that ends it.
    """

    start: int
    end: int
    text: str

    def __post_init__(self) -> None:
        if not self.start < self.end:
            raise ValueError(f"a window ends after it starts, not {self.start} to {self.end}")


MONTHS = WindowRule(Period.MONTH)


def windows_of(agreement: Agreement, rule: WindowRule = MONTHS) -> tuple[Window, ...]:
    """
    Return the periods of a rule over the term, in order; they touch, and cover the term exactly.

    Of a rolling rule these are its periods, not its windows: see `reach_of`.
    """
    term = agreement.in_force
    return _windows(term.from_, term.until, agreement.zone, rule.period)


@lru_cache(maxsize=64)
def _windows(from_: date, until: date, zone: str, period: Period) -> tuple[Window, ...]:
    return tuple(
        Window(
            local_midnight(max(first, from_), zone),
            local_midnight(min(after, until), zone),
            _name(first, period),
        )
        for first, after in _periods(from_, until, period)
    )


def edges_of(windows: tuple[Window, ...]) -> Instants:
    """Return the instants at which windows begin, and at last the one at which they end."""
    return np.asarray([window.start for window in windows] + [windows[-1].end], dtype=np.int64)


def place_in(instants: Instants, windows: tuple[Window, ...]) -> NDArray[np.int32]:
    """Return the position of the window of each instant; NO_WINDOW outside of all."""
    found = np.searchsorted(edges_of(windows), instants, side="right") - 1
    return np.asarray(np.where(found < len(windows), found, NO_WINDOW), dtype=np.int32)


def read_window(text: str, agreement: Agreement, level: ServiceLevel | None = None) -> Window:
    """
    Return the window that a text such as `2012-03` names, of a level or else a month.

    Raises:
        WindowRefused: if the text is no such window, or not one of the agreement's term.
    """
    rule = level.window if level else MONTHS
    windows = windows_of(agreement, rule)
    for window in windows:
        if window.text == text:
            return window
    shape, example = _SHAPES[rule.period]
    if not re.fullmatch(shape, text, re.ASCII):
        raise WindowRefused(
            f"{text!r} is not a {rule.period}",
            code="window.unreadable",
            place="window",
            remedy=f"Write it such as {example}.",
        )
    raise WindowRefused(
        f"{agreement.id} version {agreement.version} is not in force in {text}",
        code="window.outside-term",
        place="window",
        remedy=f"Choose a {rule.period} from {windows[0].text} to {windows[-1].text}.",
    )


def first_of(name: str, rule: WindowRule, agreement: Agreement) -> str:
    """Return the first of the periods that a window is made of; of the term, at the earliest."""
    names = [each.text for each in windows_of(agreement, rule)]
    return names[max(names.index(name) - rule.reach + 1, 0)] if name in names else name


def _periods(from_: date, until: date, period: Period) -> Iterator[tuple[date, date]]:
    first = _FIRST[period](from_)
    while first < until:
        after = _NEXT[period](first)
        yield first, after
        first = after


def _months_on(first: date, months: int) -> date:
    years, month = divmod(first.month - 1 + months, 12)
    return date(first.year + years, month + 1, 1)


_FIRST: Mapping[Period, Callable[[date], date]] = {
    Period.DAY: lambda day: day,
    Period.WEEK: lambda day: day - timedelta(days=day.weekday()),
    Period.MONTH: lambda day: day.replace(day=1),
    Period.QUARTER: lambda day: day.replace(day=1, month=(day.month - 1) // 3 * 3 + 1),
    Period.YEAR: lambda day: day.replace(day=1, month=1),
}
_NEXT: Mapping[Period, Callable[[date], date]] = {
    Period.DAY: lambda day: day + timedelta(days=1),
    Period.WEEK: lambda day: day + timedelta(days=7),
    Period.MONTH: lambda day: _months_on(day, 1),
    Period.QUARTER: lambda day: _months_on(day, 3),
    Period.YEAR: lambda day: _months_on(day, 12),
}


def _name(first: date, period: Period) -> str:
    if period is Period.WEEK:
        year, week, _ = first.isocalendar()
        return f"{year}-W{week:02}"
    if period is Period.QUARTER:
        return f"{first.year}-Q{(first.month + 2) // 3}"
    return first.isoformat()[: {Period.DAY: 10, Period.MONTH: 7, Period.YEAR: 4}[period]]
