"""Working days: from Monday to Friday, without the holidays of an agreement's calendars."""

from collections.abc import Set
from datetime import date, timedelta

import numpy as np


def is_working_day(day: date, holidays: Set[date]) -> bool:
    """Return whether people are at work."""
    return day.weekday() < 5 and day not in holidays


def next_working_day(day: date, holidays: Set[date]) -> date:
    """Return the first working day after a day."""
    day += timedelta(days=1)
    while not is_working_day(day, holidays):
        day += timedelta(days=1)
    return day


def working_days(since: date, until: date, holidays: Set[date] = frozenset()) -> int:
    """Return the working days from a day up to another, which does not count; never below 0."""
    if until <= since:
        return 0
    return int(np.busday_count(since, until, holidays=sorted(holidays)))
