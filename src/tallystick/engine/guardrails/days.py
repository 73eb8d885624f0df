"""Days between days; nothing here leaves the calendar, however far away a day is."""

from datetime import date, timedelta

HALF_A_YEAR = 183
QUARTER = 92
YEAR = 365


def past(day: date | None, as_of: date) -> bool:
    """Return whether something that carries a day has happened by then."""
    return day is not None and day <= as_of


def waited(since: date, as_of: date) -> int:
    """Return the days since a day; below nothing if it is still to come."""
    return (as_of - since).days


def earlier(day: date, days: int) -> date:
    """Return the day so many days before, or the first of all days."""
    return date.min if (day - date.min).days < days else day - timedelta(days=days)


def within(day: date, as_of: date, days: int) -> bool:
    """Return whether a day lies in the last so many days, today included."""
    return 0 <= (as_of - day).days < days
