"""A column of raw times -> whole UTC seconds, each distinct text read once."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from enum import IntEnum
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from tallystick.engine.intake.columns import Clock
from tallystick.engine.intake.iso_times import plain_times
from tallystick.engine.intake.mapping import Time
from tallystick.engine.intake.offsets import offsets
from tallystick.engine.refusals import Refusal
from tallystick.engine.values import Instants

YEARS = (1970, 2100)
"""The years that a time may lie in, both included; others are slips, such as 0001 and 9999."""

_EDGES = (YEARS[0], YEARS[1] + 1)

MISSING: int = int(np.iinfo(np.int64).min)
"""The instant of an optional time that is empty."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ISO = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d([.,]\d+)?)?( ?(Z|[+-]\d\d(:?\d\d)?))?")
_NUMERIC = re.compile(
    r"(\d{1,4})([-/.])(\d{1,2})\2(\d{1,4})"
    r"(?:(?:[T,] *| +)(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d+)?)? *([AaPp][Mm])?)?"
    r" *(Z|UTC|GMT|[+-]\d\d:?\d\d)?"
)
_SIGNS = "-/."
_SERIAL = re.compile(r"\d{5}([.,]\d+)?")


class AmbiguousDateOrder(Refusal):
    """The dates read as day/month and as month/day, and nothing in the file decides."""

    code = "intake.ambiguous-date-order"


class ZoneNeeded(Refusal):
    """Times carry no offset, and the mapping names no zone."""

    code = "intake.zone-needed"


class Problem(IntEnum):
    """Why a text is not a time."""

    NONE = 0
    EMPTY = 1
    UNREADABLE = 2
    SERIAL = 3
    DATE_ONLY = 4
    OUT_OF_RANGE = 5


class _NotATime(Exception):
    def __init__(self, problem: Problem) -> None:
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Times:
    """Distinct texts read as times: `at[i]` holds where `problem[i]` is NONE."""

    at: Instants
    problem: NDArray[np.int8]


def date_order(columns: Mapping[str, Sequence[str]], time: Time) -> str:
    """
    Return "day-first" or "month-first" for dates such as 03/04/2025.

    The mapping's word wins. Otherwise one date of the file whose day is above 12 decides for
    all of it. Where no such date is written at all, the answer does not matter.

    Raises:
        AmbiguousDateOrder: if the file holds no evidence, or evidence for both.
    """
    if time.order or time.format:
        return time.order or "day-first"
    firsts, seconds, example = 0, 0, ("", "")
    for name, values in columns.items():
        for first, second, text in _open_dates(values):
            firsts, seconds = max(firsts, first), max(seconds, second)
            example = example if example[0] else (text, name)
    if example[0] and (firsts > 12) == (seconds > 12):
        raise AmbiguousDateOrder(
            f"{example[0]!r} can be read with the day or the month first, and the file "
            + ("writes some dates each way" if firsts > 12 else "does not tell which"),
            place=f"column {example[1]}",
            remedy="Set time.order in the mapping to day-first or month-first.",
        )
    return "month-first" if seconds > 12 else "day-first"


def telling_dates(values: Iterable[str]) -> tuple[str, ...]:
    """Return a few of many texts, which decide on the order of dates as all of them do."""
    dates = [*_open_dates(values)]
    if not dates:
        return ()
    return dates[0][2], max(dates)[2], max(dates, key=lambda date: date[1])[2]


def _open_dates(values: Iterable[str]) -> Iterable[tuple[int, int, str]]:
    for text in values:
        # Most files write the year first, which is soon seen.
        early = text[1:2] in _SIGNS or text[2:3] in _SIGNS
        found = _NUMERIC.fullmatch(text) if early else None
        if found and len(found[4]) == 4:
            yield int(found[1]), int(found[3]), text


def read_times(values: Sequence[str], time: Time, order: str, column: str) -> Times:
    """
    Return the instants of distinct texts, floored to whole seconds.

    Understood: the mapping's format, and ISO 8601 always; without a format also y/m/d, d/m/y
    and m/d/y with a time of day. A text without an offset is local time in the mapping's zone;
    in a gap or an overlap of that zone it follows RFC 5545 (offset before the gap, first of two).

    Raises:
        ZoneNeeded: if a text has no offset and the mapping names no zone.
    """
    zone = time.zone_info()
    at, plain = plain_times(values, zone, YEARS)
    problem = np.zeros(len(values), dtype=np.int8)
    for row in np.flatnonzero(~plain).tolist():
        text = values[row]
        try:
            moment = _moment(text, time.format, order)
            at[row] = _instant(moment, zone, text, column)
        except _NotATime as why:
            problem[row] = why.problem
    return Times(at, problem)


def _moment(text: str, form: str | None, order: str) -> datetime:
    if not text:
        raise _NotATime(Problem.EMPTY)
    try:
        if _ISO.fullmatch(text):
            return datetime.fromisoformat(text[:11] + text[11:].replace(" ", ""))
        if form:
            return datetime.strptime(text, form)  # noqa: DTZ007  (the zone is added below)
        return _numeric(text, order)
    except ValueError as problem:
        raise _NotATime(_diagnosis(text)) from problem


def _numeric(text: str, order: str) -> datetime:
    found = _NUMERIC.fullmatch(text)
    if found is None:
        raise ValueError(text)
    if found[5] is None:
        raise _NotATime(Problem.DATE_ONLY)
    if len(found[1]) == 4:
        year, month, day = found[1], found[3], found[4]
    elif order == "day-first":
        day, month, year = found[1], found[3], found[4]
    else:
        month, day, year = found[1], found[3], found[4]
    if len(year) != 4:
        raise ValueError(text)
    hour = _hour(int(found[5]), found[8])
    zone = _offset(found[9])
    return datetime(
        int(year), int(month), int(day), hour, int(found[6]), int(found[7] or 0), tzinfo=zone
    )


def _hour(hour: int, half: str | None) -> int:
    if half is None:
        return hour
    if not 1 <= hour <= 12:
        raise ValueError(f"{hour} {half}")
    return hour % 12 + (12 if half.lower() == "pm" else 0)


def _offset(text: str | None) -> timezone | None:
    if text is None:
        return None
    if text in {"Z", "UTC", "GMT"}:
        return UTC
    minutes = int(text[1:3]) * 60 + int(text[-2:])
    return timezone(timedelta(minutes=-minutes if text[0] == "-" else minutes))


def _diagnosis(text: str) -> Problem:
    if _SERIAL.fullmatch(text):
        return Problem.SERIAL
    return Problem.DATE_ONLY if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else Problem.UNREADABLE


def instants_of(clock: Clock, time: Time, column: str) -> Times:
    """
    Return the instants of points in time, one for each row, by the rules of `read_times`.

    Raises:
        ZoneNeeded: if they have no offset and the mapping names no zone.
    """
    first, last = (np.datetime64(f"{year}-01-01", "s").astype(np.int64) for year in _EDGES)
    outside = (clock.seconds < first) | (clock.seconds >= last)
    problem = np.select(
        [clock.missing, outside],
        [np.int8(Problem.EMPTY), np.int8(Problem.OUT_OF_RANGE)],
        np.int8(0),
    )
    good = problem == Problem.NONE
    at = np.where(good, clock.seconds, 0)
    zone = time.zone_info()
    if clock.zoned or not good.any():
        return Times(at, problem)
    if zone is None:
        raise _zone_needed(clock.text(int(np.argmax(good))), column)
    at[good] -= offsets(at[good], zone)
    return Times(at, problem)


def _zone_needed(text: str, column: str) -> ZoneNeeded:
    return ZoneNeeded(
        f"{text!r} does not say which time zone it is in",
        place=f"column {column}",
        remedy="Set time.zone in the mapping, such as Europe/Rome.",
    )


def _instant(moment: datetime, zone: ZoneInfo | None, text: str, column: str) -> int:
    if not YEARS[0] <= moment.year <= YEARS[1]:
        raise _NotATime(Problem.OUT_OF_RANGE)
    if moment.tzinfo is None:
        if zone is None:
            raise _zone_needed(text, column)
        moment = moment.replace(tzinfo=zone)
    since = moment - _EPOCH
    return since.days * 86_400 + since.seconds
