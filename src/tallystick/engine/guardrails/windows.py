"""Measurements of a snapshot, by service level and month."""

from datetime import date
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


def by_level(snapshot: Snapshot, as_of: date) -> dict[str, list[Placed]]:
    """Return the measurements of months that are over on a day, oldest first, per level."""
    over = month_of(as_of)
    levels: dict[str, list[Placed]] = {}
    for placed in enumerate(snapshot.measurements):
        if month_number(placed[1].window) < over:
            levels.setdefault(placed[1].service_level, []).append(placed)
    for series in levels.values():
        series.sort(key=lambda placed: placed[1].window)
    return levels


def with_something_due(series: list[Placed]) -> list[Placed]:
    """Return the measurements in which at least one item fell due."""
    return [placed for placed in series if placed[1].denominator > 0]


def attained(measured: Measured) -> Fraction:
    """Return the exact share within the limit; something must have fallen due."""
    return Fraction(measured.numerator, measured.denominator)


def percent(share: Fraction) -> str:
    """Return a share for people: two decimals at most, never rounded up to 100 %."""
    hundredths = share * 10_000
    text = f"{hundredths.numerator // hundredths.denominator / 100:.2f}".rstrip("0").rstrip(".")
    return f"{text} %"
