"""How many findings were open at some moments, by severity."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tallystick.engine.guardrails.finding import Severity

WEEKS = timedelta(weeks=11)
"""Up to this age findings are counted by weeks, from then on by months."""

MOST = 12
"""How many weeks or months are counted."""


@dataclass(frozen=True, slots=True)
class Span:
    """A finding from when to when; without an end it is open."""

    severity: Severity
    opened_at: datetime
    closed_at: datetime | None = None

    def open_at(self, moment: datetime) -> bool:
        """Return whether it was open at a moment; it is at its first, and not at its last."""
        return self.opened_at <= moment and (self.closed_at is None or moment < self.closed_at)


@dataclass(frozen=True, slots=True)
class Count:
    """How many were open at a moment; `window` names the week or month that it ends."""

    window: str
    at: datetime
    open: dict[Severity, int]

    @property
    def total(self) -> int:
        """Return how many were open, whatever their severity."""
        return sum(self.open.values())


def counts_of(spans: Iterable[Span], now: datetime) -> list[Count]:
    """
    Return the counts at the ends of the last weeks or months, in UTC; the last is of now.

    Nothing is counted before the first finding.
    """
    known = list(spans)
    if not known:
        return []
    first = min(span.opened_at for span in known)
    ends = _weeks(now) if now - first <= WEEKS else _months(now)
    moments = [(name, at) for name, at in ends if at >= first]
    return [
        Count(name, at, {each: _open(known, each, at) for each in Severity})
        for name, at in reversed(moments)
    ]


def _open(spans: Iterable[Span], severity: Severity, at: datetime) -> int:
    return sum(span.severity is severity and span.open_at(at) for span in spans)


def _weeks(now: datetime) -> Iterator[tuple[str, datetime]]:
    """Give now, then the ends of the weeks before, each with its name."""
    day = now.astimezone(UTC)
    monday = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(days=day.weekday())
    at = now
    for _ in range(MOST):
        year, week, _weekday = monday.isocalendar()
        yield f"{year}-W{week:02d}", at
        at, monday = monday - timedelta(microseconds=1), monday - timedelta(weeks=1)


def _months(now: datetime) -> Iterator[tuple[str, datetime]]:
    """Give now, then the ends of the months before, each with its name."""
    at = now.astimezone(UTC)
    for _ in range(MOST):
        yield f"{at:%Y-%m}", at
        at = datetime(at.year, at.month, 1, tzinfo=UTC) - timedelta(microseconds=1)
