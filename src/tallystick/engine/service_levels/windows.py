"""The months of an agreement's term as windows of instants, in the agreement's zone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tallystick.engine.refusals import Refusal
from tallystick.engine.service_levels.terms import Agreement
from tallystick.engine.service_levels.terms.zones import local_midnight

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)


class WindowRefused(Refusal):
    """The window is not a month of the agreement's term."""

    code = "window.unreadable"

    def __init__(self, message: str, *, code: str, place: str, remedy: str) -> None:
        super().__init__(message, place=place, remedy=remedy)
        self.code = code


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """A month, [start, end) in whole seconds UTC; cut short where the term begins or ends."""

    start: int
    end: int
    text: str

    def __post_init__(self) -> None:
        if not self.start < self.end:
            raise ValueError(f"a window ends after it starts, not {self.start} to {self.end}")


def windows_of(agreement: Agreement) -> tuple[Window, ...]:
    """Return every month of the term in order; they touch, and cover the term exactly."""
    term = agreement.in_force
    return tuple(
        Window(
            local_midnight(max(first, term.from_), agreement.zone),
            local_midnight(min(after, term.until), agreement.zone),
            f"{first:%Y-%m}",
        )
        for first, after in _months(term.from_, term.until)
    )


def read_window(text: str, agreement: Agreement) -> Window:
    """
    Return the window that a text such as `2012-03` names.

    Raises:
        WindowRefused: if the text is not a month, or not one of the agreement's term.
    """
    windows = windows_of(agreement)
    for window in windows:
        if window.text == text:
            return window
    if not _MONTH.fullmatch(text):
        raise WindowRefused(
            f"{text!r} is not a month",
            code="window.unreadable",
            place="window",
            remedy="Write year and month: 2012-03.",
        )
    raise WindowRefused(
        f"{agreement.id} version {agreement.version} is not in force in {text}",
        code="window.outside-term",
        place="window",
        remedy=f"Choose a month from {windows[0].text} to {windows[-1].text}.",
    )


def _months(from_: date, until: date) -> Iterator[tuple[date, date]]:
    first = from_.replace(day=1)
    while first < until:
        after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
        yield first, after
        first = after
