"""Start instants -> the instant due on the n-th working day of a calendar, at an hour."""

from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from tallystick.engine.service_levels.calendars import EPOCH
from tallystick.engine.service_levels.terms import Calendar
from tallystick.engine.service_levels.terms.hours import DAY
from tallystick.engine.service_levels.terms.targets import CLOSE
from tallystick.engine.service_levels.terms.zones import pieces
from tallystick.engine.values import FOREVER, Instants, seconds

Days = NDArray[np.int64]

_YEARS_ON = 4 * 366


def due_on_working_days(
    calendar: Calendar, begun: Instants, working_days: int, hour: int
) -> Instants:
    """
    Return when each start is due; FOREVER where the calendar has no such day within four years.

    Working day 0 is the day of the start if its hour still lies ahead, else the next day on which
    the calendar opens; working day n is the n-th such day after the day of the start.
    """
    first, last = _local_days(calendar.zone, np.asarray([begun.min(), begun.max()])).tolist()
    days = _open_days(calendar, first, last + _YEARS_ON + 2 * working_days)
    instants = np.append(
        np.asarray([_instant(calendar, int(day), hour) for day in days], np.int64), FOREVER
    )
    local = _local_days(calendar.zone, begun)
    if working_days:
        place = np.searchsorted(days, local, side="right") + working_days - 1
        return instants[np.minimum(place, len(days))]
    place = np.searchsorted(days, local, side="left")
    # The hour of the day of the start may have passed already.
    place = place + (instants[np.minimum(place, len(days))] <= begun)
    return instants[np.minimum(place, len(days))]


def _local_days(zone: str, instants: Instants) -> Days:
    stretch = pieces(zone, int(instants.min()), int(instants.max()) + 1)
    starts = np.asarray([piece.start for piece in stretch])
    offsets = np.asarray([piece.offset for piece in stretch])
    offset = offsets[np.searchsorted(starts, instants, side="right") - 1]
    return np.asarray((instants + offset) // DAY, dtype=np.int64)


def _open_days(calendar: Calendar, first: int, last: int) -> Days:
    days = np.arange(first, last, dtype=np.int64)
    opens = np.asarray([bool(shifts) for shifts in calendar.hours])
    holidays = np.asarray([(day - EPOCH).days for day in calendar.holidays], dtype=np.int64)
    return days[opens[(days + EPOCH.weekday()) % 7] & ~np.isin(days, holidays)]


@lru_cache(maxsize=16_384)
def _instant(calendar: Calendar, day: int, hour: int) -> int:
    shifts = calendar.hours[(day + EPOCH.weekday()) % 7]
    after = shifts[-1][1] if hour == CLOSE else hour
    local = datetime.combine(EPOCH + timedelta(days=day), datetime.min.time())
    return seconds((local + timedelta(seconds=after)).replace(tzinfo=ZoneInfo(calendar.zone)))
