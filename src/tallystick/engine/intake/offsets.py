"""What a clock on the wall showed in a zone -> its offset from UTC, for many readings at once."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

_DAY = 86_400
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def offsets(wall: NDArray[np.int64], zone: ZoneInfo) -> NDArray[np.int64]:
    """
    Return the offset from UTC, in seconds, of each reading in seconds since 1970.

    In a gap or an overlap of the zone it follows RFC 5545: the offset before the gap, the first
    of two.
    """
    if not len(wall):
        return wall
    first = int(wall.min()) // _DAY
    day = wall // _DAY - first
    days = np.flatnonzero(np.bincount(day))
    midnight = (days + first) * _DAY
    starts, ends = (
        np.array([_offset_at(each, zone) for each in edge.tolist()])
        for edge in (midnight, midnight + _DAY - 1)
    )
    # A zone changes its offset on few days; on all others it is the same from end to end.
    table = np.zeros(int(days[-1]) + 1, dtype=np.int64)
    changes = np.zeros(len(table), dtype=np.bool_)
    table[days], changes[days] = starts, starts != ends
    offset = table[day]
    for row in np.flatnonzero(changes[day]).tolist():
        offset[row] = _offset_at(int(wall[row]), zone)
    return offset


def _offset_at(wall: int, zone: ZoneInfo) -> int:
    moment = (_EPOCH + timedelta(seconds=wall)).replace(tzinfo=zone)
    offset = moment.utcoffset() or timedelta()
    return offset.days * _DAY + offset.seconds
