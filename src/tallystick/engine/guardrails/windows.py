"""Measurements of a snapshot, by service level and month."""

from datetime import date, timedelta
from fractions import Fraction

from tallystick.engine.guardrails.snapshot import Measured, Snapshot

Placed = tuple[int, Measured]
"""A measurement with its position in the snapshot."""


def month_number(window: str) -> int:
    """Return a month as a number that grows by one each month."""
    year, month = window.split("-")
    return int(year) * 12 + int(month) - 1


def month_of(day: date) -> int:
    """Return the month of a day as a number that grows by one each month."""
    return day.year * 12 + day.month - 1


def month_text(number: int) -> str:
    """Return the month of a number: "2027-03"."""
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def day_after(window: str) -> date:
    """Return the first day after a window: a year, quarter, month, week or day."""
    year, _, rest = window.partition("-")
    if not rest:
        return date(int(year) + 1, 1, 1)
    if rest.startswith("W"):
        return date.fromisocalendar(int(year), int(rest[1:]), 1) + timedelta(days=7)
    if rest.startswith("Q"):
        return _first_of(int(year) * 12 + int(rest[1:]) * 3)
    if len(rest) == len("03-01"):
        return date.fromisoformat(window) + timedelta(days=1)
    return _first_of(month_number(window) + 1)


def _first_of(number: int) -> date:
    return date(number // 12, number % 12 + 1, 1)


def by_level(snapshot: Snapshot, as_of: date) -> dict[str, list[Placed]]:
    """Return the measurements of windows that are over on a day, oldest first, per level."""
    levels: dict[str, list[Placed]] = {}
    for placed in enumerate(snapshot.measurements):
        if day_after(placed[1].window) <= as_of:
            levels.setdefault(placed[1].service_level, []).append(placed)
    for series in levels.values():
        series.sort(key=lambda placed: placed[1].window)
    return levels


def with_something_due(series: list[Placed]) -> list[Placed]:
    """Return the shares of windows in which at least one item fell due."""
    return [each for each in series if each[1].denominator > 0 and each[1].unit == "share"]


def attained(measured: Measured) -> Fraction:
    """Return the exact share within the limit; something must have fallen due."""
    return Fraction(measured.numerator, measured.denominator)


def percent(share: Fraction) -> str:
    """Return a share for people: two decimals at most, never rounded up to 100 %."""
    hundredths = share * 10_000
    text = f"{hundredths.numerator // hundredths.denominator / 100:.2f}".rstrip("0").rstrip(".")
    return f"{text} %"
