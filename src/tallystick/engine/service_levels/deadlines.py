"""A calendar and working minutes -> the instant at which they are over, and what is left."""

from datetime import datetime

from tallystick.engine.service_levels.calendars import working_time
from tallystick.engine.service_levels.terms import Calendar
from tallystick.engine.values import FOREVER, moment, seconds

ROUND_THE_CLOCK = Calendar.model_validate({"zone": "UTC", "hours": "always"})
"""The calendar of a promise that names none: every minute counts."""


def due_after(calendar: Calendar, since: datetime, minutes: int) -> datetime | None:
    """
    Return when so many working minutes after an instant are over, to the second.

    None where the calendar never opens for so long. Holidays and changes of the clock count as
    they do for service levels: the same working time is asked.
    """
    begun = seconds(since)
    working = working_time(calendar, begun, begun, minutes * 60)
    due = int(working.instant_of(working.worked(begun) + minutes * 60))
    return None if due == FOREVER else moment(due)


def working_seconds_left(calendar: Calendar, now: datetime, due: datetime) -> int:
    """Return the working seconds until an instant; below nothing if it has passed."""
    at, end = seconds(now), seconds(due)
    working = working_time(calendar, min(at, end), max(at, end), 0)
    return int(working.worked(end) - working.worked(at))
