"""Time zones of the IANA database: known names, local midnights, pieces of constant offset."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from tallystick.engine.service_levels.terms.problems import did_you_mean, problem
from tallystick.engine.values import seconds

DAY = 86_400
_MACHINE_NAMES = frozenset({"localtime", "Factory", "posixrules"})


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of instants [start, end) over which local time is UTC plus `offset` seconds."""

    start: int
    end: int
    offset: int


def read_zone(value: object) -> str:
    """Return the name if it is a zone of the IANA database that means the same everywhere."""
    if isinstance(value, str) and value in _zone_names():
        return value
    raise problem(
        "agreement.unknown-zone",
        f"{value!r} is not a time zone of the IANA database",
        did_you_mean(value, sorted(_zone_names())) + " Names look like Europe/Rome.",
    )


def local_midnight(day: date, zone: str) -> int:
    """
    Return the instant at which a local day begins.

    A midnight that the clock skips or repeats is read with the offset in force before the
    change, so it is the first of two (RFC 5545, section 3.3.5).
    """
    return seconds(datetime.combine(day, time(), tzinfo=ZoneInfo(zone)))


@lru_cache(maxsize=256)
def pieces(zone: str, start: int, end: int) -> tuple[Piece, ...]:
    """Return the pieces of constant offset that make up [start, end), in order."""
    edges = [(start, _offset(zone, start)), *_changes(zone, start, end)]
    ends = [instant for instant, _ in edges[1:]] + [end]
    return tuple(
        Piece(since, until, offset) for (since, offset), until in zip(edges, ends, strict=True)
    )


@lru_cache(maxsize=1)
def _zone_names() -> frozenset[str]:
    return frozenset(available_timezones()) - _MACHINE_NAMES


def _changes(zone: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    known, before = start, _offset(zone, start)
    for sample in [*range(start + DAY, end, DAY), end - 1]:
        after = _offset(zone, sample)
        while before != after:
            # Two changes within a day are found one after the other.
            known = _first_change(zone, known, sample)
            before = _offset(zone, known)
            yield known, before
        known = sample


def _first_change(zone: str, low: int, high: int) -> int:
    offset = _offset(zone, low)
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(zone, middle) == offset:
            low = middle
        else:
            high = middle
    return high


def _offset(zone: str, instant: int) -> int:
    offset = datetime.fromtimestamp(instant, tz=ZoneInfo(zone)).utcoffset() or timedelta()
    return offset.days * DAY + offset.seconds
