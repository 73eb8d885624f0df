"""The oracle's calendar: asks of each minute whether it counts; shares no code with the engine."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

NAMES = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
PATIENCE = 60 * 86_400


class Hours:
    """One calendar, stated as in a document with single day names as keys, or `always`."""

    def __init__(self, calendar: Mapping[str, Any]) -> None:
        self.zone = ZoneInfo(calendar["zone"])
        hours = calendar["hours"]
        self.hours = {name: ["00:00-24:00"] for name in NAMES} if hours == "always" else hours
        self.holidays = set(calendar["holidays"])
        self._seen: dict[int, bytes] = {}

    def is_open(self, instant: int) -> bool:
        """Return whether the minute that starts at an instant counts."""
        return bool(self._hour(instant // 3600)[instant // 60 % 60])

    def open_minutes(self, since: int, until: int) -> int:
        """Return how many minutes between two instants count."""
        if since // 3600 == until // 3600:
            return sum(self.is_open(minute) for minute in range(since, until, 60))
        first, last = -(-since // 3600), until // 3600
        rest = [*range(since, first * 3600, 60), *range(last * 3600, until, 60)]
        return sum(map(self.is_open, rest)) + sum(sum(self._hour(h)) for h in range(first, last))

    def after(self, instant: int, minutes: int) -> int | None:
        """Return when so many minutes more have counted, at least one; None beyond patience."""
        for minute in range(instant, instant + PATIENCE, 60):
            minutes -= self.is_open(minute)
            if not minutes:
                return minute + 60
        return None

    def due_on(self, begun: int, working_days: int, at: str) -> int:
        """Return when an item is due by a number of working days and an hour."""
        day = datetime.fromtimestamp(begun, tz=self.zone).date()
        if working_days == 0 and self._works(day) and self._hour_of(day, at) > begun:
            return self._hour_of(day, at)
        left = max(working_days, 1)
        while left:
            day += timedelta(days=1)
            left -= self._works(day)
        return self._hour_of(day, at)

    def due_by(self, text: str, at: str) -> int | None:
        """Return the instant that a text promises; None if it names none."""
        try:
            stated = datetime.fromisoformat(text)
        except ValueError:
            return None
        if "T" not in text:
            hour = 1440 if at == "close" else int(at[:2]) * 60 + int(at[3:])
            stated += timedelta(minutes=hour)
        return int(stated.replace(tzinfo=self.zone).timestamp())

    def _works(self, day: date) -> bool:
        shifts = self.hours.get(NAMES[day.weekday()])
        return bool(shifts) and day.isoformat() not in self.holidays

    def _hour_of(self, day: date, at: str) -> int:
        if at == "close":
            shift = max(self.hours[NAMES[day.weekday()]])
            opens, at = shift.split("-")
            day += timedelta(days=at <= opens)
        day += timedelta(days=at == "24:00")
        hour, minute = int(at[:2]) % 24, int(at[3:])
        local = datetime(day.year, day.month, day.day, hour, minute, tzinfo=self.zone)
        return int(local.timestamp())

    def _hour(self, hour: int) -> bytes:
        if hour not in self._seen:
            minutes = range(hour * 3600, hour * 3600 + 3600, 60)
            self._seen[hour] = bytes(self._look(minute) for minute in minutes)
        return self._seen[hour]

    def _look(self, instant: int) -> bool:
        local = datetime.fromtimestamp(instant, tz=self.zone)
        for days_ago in (0, 1):
            day = local.date() - timedelta(days=days_ago)
            minute = local.hour * 60 + local.minute + 1440 * days_ago
            if not self._works(day):
                continue
            for shift in self.hours[NAMES[day.weekday()]]:
                start, end = (int(text[:2]) * 60 + int(text[3:]) for text in shift.split("-"))
                if start <= minute < (end if end > start else end + 1440):
                    return True
        return False


@dataclass
class Count:
    """What was counted under a limit of working time and a cap, and when the first ran out."""

    rule: int | None
    limit: int
    cap: int
    counted: int = 0
    paused: int = 0
    elapsed: int = 0
    due: int | None = None
    late: bool = False
    lost: bool = False

    def run(self, hours: Hours, since: int, until: int, worked: int) -> None:
        """Count a stretch in which the clock runs."""
        if self.limit and 0 < self.limit - self.counted <= worked:
            self._owe(hours.after(since, (self.limit - self.counted) // 60))
        if self.cap and 0 < self.cap - self.elapsed <= until - since:
            self._owe(since + self.cap - self.elapsed)
        self.counted += worked
        self.elapsed += until - since

    def run_on(self, hours: Hours, instant: int) -> None:
        """Find when what is left would run out, if the clock ran on from an instant."""
        if self.counted < self.limit:
            self._owe(hours.after(instant, (self.limit - self.counted) // 60))
        if self.elapsed < self.cap:
            self._owe(instant + self.cap - self.elapsed)
        over = self.limit and self.counted > self.limit
        self.late = bool(over or (self.cap and self.elapsed > self.cap))

    def _owe(self, due: int | None) -> None:
        if due is not None:
            self.due = due if self.due is None else min(due, self.due)
