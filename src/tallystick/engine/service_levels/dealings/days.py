"""Limits in days of the calendar: the day of an instant, and the last of some days after it."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo


def local_day(at: datetime, zone: str) -> date:
    """Return the day of the calendar on which an instant falls in a zone."""
    return at.astimezone(ZoneInfo(zone)).date()


def last_day(begun: date, days: int) -> date:
    """Return the last of so many days after a day; the whole of it still counts."""
    return begun + timedelta(days=days)


def last_of_window(end: datetime, zone: str) -> date:
    """Return the last day of a window, whose end is the first instant that is not in it."""
    return local_day(end - timedelta(seconds=1), zone)
