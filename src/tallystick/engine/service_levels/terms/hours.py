"""Weekly hours: {"mon-fri": ["08:00-12:30", "13:30-18:00"]} <-> shifts of seven days."""

import re
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from tallystick.engine.service_levels.terms.problems import did_you_mean, problem

DAY = 86_400
WEEK = 7 * DAY
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

Shift = tuple[int, int]
"""Seconds from the local midnight that a shift's day begins with; the end may pass 86,400."""

WeeklyHours = tuple[tuple[Shift, ...], ...]
"""The shifts of Monday to Sunday, by the day they start on."""

NO_HOURS: WeeklyHours = ((),) * 7

_SHIFT = re.compile(r"(\d{1,2}):(\d{2})\s?-\s?(\d{1,2}):(\d{2})", re.ASCII)


def read_hours(value: Any) -> WeeklyHours:
    """
    Return the weekly hours that a document states: shifts, or `always`.

    Raises:
        PydanticCustomError: as `read_shifts` does, and if there is no shift at all.
    """
    hours = (((0, DAY),),) * 7 if value == "always" else read_shifts(value)
    if not any(hours):
        raise problem(
            "agreement.calendar-without-hours",
            "the calendar has no hours, so no time would ever count",
            'State hours, such as mon-fri: ["08:00-18:00"], or `always`.',
        )
    return hours


def read_shifts(value: Any) -> WeeklyHours:
    """
    Return the weekly shifts that a document states.

    A shift that ends at or before its start ends the next day and belongs to the day it starts
    on. Two shifts that share a minute are refused, also across midnight and the week's end.
    """
    if not isinstance(value, Mapping):
        raise problem(
            "agreement.hours-unreadable",
            "the hours are no list of shifts by day",
            'Write days and shifts, such as mon-fri: ["08:00-18:00"]; of a calendar, or `always`.',
        )
    week: dict[int, tuple[Shift, ...]] = {}
    for key, texts in value.items():
        shifts = _read_shifts(key, texts)
        for day in _read_days(key):
            if day in week:
                raise _day_twice(key, day)
            week[day] = shifts
    hours = tuple(week.get(day, ()) for day in range(7))
    _refuse_overlaps(hours)
    return hours


def hours_document(hours: WeeklyHours) -> dict[str, list[str]]:
    """Return the one spelling of weekly hours: every working day by name."""
    return {
        name: [_shift_text(shift) for shift in shifts]
        for name, shifts in zip(WEEKDAYS, hours, strict=True)
        if shifts
    }


def _read_days(key: Any) -> list[int]:
    days: list[int] = []
    for part in str(key).split(","):
        ends = [_weekday(key, name) for name in part.strip().split("-")]
        if len(ends) > 2:
            raise problem(
                "agreement.unknown-day",
                f"{key!r} names no days",
                "Write a day, a range or a list: mon, mon-fri, or mon,wed.",
                at=f".{key}",
            )
        days += [(ends[0] + step) % 7 for step in range((ends[-1] - ends[0]) % 7 + 1)]
    return days


def _weekday(key: Any, name: str) -> int:
    if name.strip() not in WEEKDAYS:
        raise problem(
            "agreement.unknown-day",
            f"{name.strip()!r} is not a day of the week",
            did_you_mean(name.strip(), list(WEEKDAYS)),
            at=f".{key}",
        )
    return WEEKDAYS.index(name.strip())


def _read_shifts(key: Any, texts: Any) -> tuple[Shift, ...]:
    if not isinstance(texts, list | tuple):
        raise problem(
            "agreement.hours-unreadable",
            f"the shifts of {key!r} are not a list",
            'Write a list in brackets: ["08:00-18:00"].',
            at=f".{key}",
        )
    return tuple(sorted(_read_shift(text, f".{key}[{n}]") for n, text in enumerate(texts)))


def _read_shift(text: Any, at: str) -> Shift:
    found = _SHIFT.fullmatch(text.strip()) if isinstance(text, str) else None
    if found:
        from_hour, from_minute, until_hour, until_minute = map(int, found.groups())
        start, end = from_hour * 60 + from_minute, until_hour * 60 + until_minute
        if max(from_minute, until_minute) < 60 and start < 1440 and end <= 1440:
            return start * 60, (end if end > start else end + 1440) * 60
    raise problem(
        "agreement.hours-unreadable",
        f"{text!r} is not a shift",
        'Write start and end in 24-hour time and quotes: "08:00-18:00", "22:00-06:00".',
        at=at,
    )


def _day_twice(key: Any, day: int) -> Exception:
    return problem(
        "agreement.day-twice",
        f"the hours of {WEEKDAYS[day]} are stated twice",
        "Name each day once; put all its shifts into one list.",
        at=f".{key}",
    )


def _refuse_overlaps(hours: WeeklyHours) -> None:
    shifts = [
        (day * DAY + start, day * DAY + end)
        for day, of_day in enumerate(hours)
        for start, end in of_day
    ]
    # Sunday's night shift reaches into Monday: the week is closed into a ring.
    ring = [*shifts, *((start + WEEK, end + WEEK) for start, end in shifts[:1])]
    for (start, end), (next_start, _) in pairwise(ring):
        if next_start < end:
            day = WEEKDAYS[start // DAY]
            raise problem(
                "agreement.hours-overlap",
                f"the shift {_shift_text((start % DAY, end - start // DAY * DAY))} of {day} "
                f"overlaps the one that starts on {WEEKDAYS[next_start // DAY % 7]} "
                f"at {_clock(next_start % DAY)}",
                "Let the first end before the second starts.",
            )


def _shift_text(shift: Shift) -> str:
    start, end = shift
    return f"{_clock(start)}-{_clock(end if end <= DAY else end - DAY)}"


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds % 3600 // 60:02}"
