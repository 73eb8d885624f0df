"""Issues of a quarter -> how many of them nobody had foreseen."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

_MONTHS = 3


@dataclass(frozen=True, slots=True)
class Happened:
    """An issue, and since when a risk of the register had foreseen it; None if none had."""

    key: str
    on: date
    foreseen_on: date | None

    @property
    def surprise(self) -> bool:
        """Return whether no risk foresaw it; one written down on the day itself did not."""
        return self.foreseen_on is None or self.foreseen_on >= self.on


@dataclass(frozen=True, slots=True)
class Surprises:
    """The issues between two days, both included, and those that were surprises, oldest first."""

    since: date
    until: date
    issues: int
    surprises: tuple[str, ...]

    @property
    def share(self) -> Fraction | None:
        """Return the part that were surprises; None where nothing happened."""
        return Fraction(len(self.surprises), self.issues) if self.issues else None


def surprises(issues: Iterable[Happened], *, since: date, until: date) -> Surprises:
    """Return how many issues came unforeseen (PRINCE2 lessons log: was it previously a risk?)."""
    some = sorted((each.on, each.key, each.surprise) for each in issues)
    within = [each for each in some if since <= each[0] <= until]
    return Surprises(since, until, len(within), tuple(key for _, key, new in within if new))


def quarter_of(day: date) -> tuple[date, date]:
    """Return the first and the last day of the quarter in which a day lies."""
    first = day.replace(month=(day.month - 1) // _MONTHS * _MONTHS + 1, day=1)
    ends = first.month + _MONTHS - 1
    last = date(first.year, ends, 31 if ends in (3, 12) else 30)
    return first, last
