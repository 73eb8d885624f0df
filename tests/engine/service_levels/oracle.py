"""
A slow second opinion: walks through an item's life minute by minute.

It reads the raw document of a calendar with its own few lines and shares no code with the
engine. All instants must be whole minutes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

NAMES = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
PATIENCE = 30 * 1440

CLOCKS = {
    "response-time": (["new"], ["in-progress", "resolved", "closed", "cancelled"]),
    "resolution-time": (["new", "in-progress"], ["resolved", "closed", "cancelled"]),
}

Change = tuple[int, str]


@dataclass
class Answer:
    """What the walk found, in seconds; `due` is None if the walker lost patience."""

    counted: int
    paused: int
    done: int | None
    due: int | None
    verdict: str


class Walker:
    """Walks along one calendar, stated as in a document with single day names as keys."""

    def __init__(self, calendar: dict[str, Any]) -> None:
        self.zone = ZoneInfo(calendar["zone"])
        self.hours = calendar["hours"]
        self.holidays = set(calendar["holidays"])
        self.seen: dict[int, bool] = {}

    def is_open(self, instant: int) -> bool:
        """Return whether the minute that starts at an instant counts."""
        if instant not in self.seen:
            self.seen[instant] = self._look(datetime.fromtimestamp(instant, tz=self.zone))
        return self.seen[instant]

    def _look(self, local: datetime) -> bool:
        for days_ago in (0, 1):
            day = local.date() - timedelta(days=days_ago)
            minute = local.hour * 60 + local.minute + 1440 * days_ago
            if day.isoformat() in self.holidays:
                continue
            for shift in self.hours.get(NAMES[day.weekday()], []):
                start, end = (int(text[:2]) * 60 + int(text[3:]) for text in shift.split("-"))
                if start <= minute < (end if end > start else end + 1440):
                    return True
        return False

    def walk(self, measure: str, changes: Sequence[Change], limit: int, as_of: int) -> Answer:
        """Return the outcome of an item as of an instant."""
        known = [change for change in changes if change[0] <= as_of]
        done = _done(measure, known)
        end = as_of if done is None else done
        counted, paused, due = 0, 0, None
        for minute in range(known[0][0], end, 60):
            state = [name for instant, name in known if instant <= minute][-1]
            counts = self.is_open(minute)
            counted += 60 * (counts and state in CLOCKS[measure][0])
            paused += 60 * (counts and state == "on-hold")
            due = minute + 60 if due is None and counted == limit else due
        return Answer(
            counted=counted,
            paused=paused,
            done=done,
            due=due if due is not None else self._walk_on(end, limit - counted),
            verdict=_verdict(known[-1][1], done, counted, limit),
        )

    def _walk_on(self, minute: int, left: int) -> int | None:
        for instant in range(minute, minute + PATIENCE * 60, 60):
            left -= 60 * self.is_open(instant)
            if left == 0:
                return instant + 60
        return None


def _done(measure: str, known: Sequence[Change]) -> int | None:
    stops = CLOCKS[measure][1]
    if measure == "response-time":
        return next((instant for instant, name in known if name in stops), None)
    done = None
    for instant, name in reversed(known):
        if name not in stops:
            break
        done = instant
    return done


def _verdict(final: str, done: int | None, counted: int, limit: int) -> str:
    if final == "cancelled":
        return "excluded"
    if counted > limit:
        return "missed"
    return "pending" if done is None else "met"
