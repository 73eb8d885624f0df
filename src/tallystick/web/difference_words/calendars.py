"""One clause of a calendar in words, to be compared with another version's."""

from collections.abc import Sequence
from datetime import date

from tallystick.engine.service_levels.terms import Calendar
from tallystick.web.agreement_words.calendars import calendar_words
from tallystick.web.components.words import day, duration
from tallystick.web.counts import listed
from tallystick.web.difference_words.values import NOTHING

_MOST_NAMED = 8


def calendar_value(field: str, name: str, calendar: Calendar) -> str:
    """Return what a calendar says under a key; "nothing" where it says nothing."""
    if field == "hours":
        hours = calendar_words(name, calendar).hours
        return "; ".join(f"{days} {shifts}" for days, shifts in hours)
    if field == "day":
        return duration(calendar.day) if calendar.day else NOTHING
    return str(getattr(calendar, field, None) or NOTHING)


def holidays_words(old: Sequence[date], new: Sequence[date]) -> str:
    """Say which holidays came and which went; of many, how many and between which days."""
    came = [each for each in new if each not in old]
    went = [each for each in old if each not in new]
    said = [f"Holidays added: {_days(came)}."] if came else []
    said += [f"Holidays taken out: {_days(went)}."] if went else []
    return " ".join(said)


def _days(days: Sequence[date]) -> str:
    if len(days) <= _MOST_NAMED:
        return listed([day(each) for each in days])
    return f"{len(days)} days from {day(days[0])} to {day(days[-1])}"
