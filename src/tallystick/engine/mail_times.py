"""When a mail is due: at a pace, at a local hour in a zone, never in quiet hours."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

GAP = timedelta(minutes=5)
"""How long the first news waits for more, where mail goes out at once: a burst is one mail."""


class Pace(StrEnum):
    """How often somebody wants mail."""

    IMMEDIATE = "immediate"
    DAILY = "daily"
    WEEKLY = "weekly"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class MailTimes:
    """When somebody wants mail; `quiet` is two hours of the day, and may span midnight."""

    pace: Pace = Pace.DAILY
    zone: tzinfo = UTC
    hour: int = 7
    weekday: int = 0
    quiet: tuple[int, int] | None = None

    def is_due(self, oldest: datetime, as_of: datetime) -> bool:
        """Return whether news that has waited since `oldest` is to be mailed now."""
        if self.pace is Pace.NEVER or self.is_quiet(as_of):
            return False
        if self.pace is Pace.IMMEDIATE:
            return as_of - oldest >= GAP
        return self.last_slot(as_of) >= oldest

    def is_quiet(self, as_of: datetime) -> bool:
        """Return whether it is quiet where the person is."""
        return self.quiet is not None and in_quiet(as_of.astimezone(self.zone).hour, self.quiet)

    def last_slot(self, as_of: datetime) -> datetime:
        """Return the last moment, up to now, at which a daily or weekly mail was due."""
        today = as_of.astimezone(self.zone).date()
        days = (today - timedelta(days=back) for back in range(9))
        slots = (self._slot(day) for day in days if self._is_day(day))
        return next(each for each in slots if each <= as_of)

    def _is_day(self, day: date) -> bool:
        return self.pace is not Pace.WEEKLY or day.weekday() == self.weekday

    def _slot(self, day: date) -> datetime:
        # An hour that a day skips is taken at the offset from before the skip: right after it.
        # Of an hour that a day has twice, the first is meant.
        return datetime.combine(day, time(self.hour), self.zone).astimezone(UTC)


def in_quiet(hour: int, quiet: tuple[int, int]) -> bool:
    """Return whether an hour of the day lies in quiet hours, which may span midnight."""
    first, end = quiet
    return first <= hour < end if first < end else hour >= first or hour < end
