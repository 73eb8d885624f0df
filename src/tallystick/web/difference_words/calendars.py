"""One clause of a calendar in words, to be compared with another version's."""

from collections.abc import Sequence
from datetime import date

from tallystick.engine.service_levels.terms import Calendar
from tallystick.web.agreement_words.calendars import calendar_words
from tallystick.web.components.words import day, duration
from tallystick.web.counts import listed
from tallystick.web.difference_words.values import NOTHING


def calendar_value(field: str, name: str, calendar: Calendar) -> str:
    """Return what a calendar says under a key; "nothing" where it says nothing."""
    if field == "hours":
        hours = calendar_words(name, calendar).hours
        return "; ".join(f"{days} {shifts}" for days, shifts in hours)
    if field == "day":
        return duration(calendar.day) if calendar.day else NOTHING
    return str(getattr(calendar, field, None) or NOTHING)


def holidays_words(old: Sequence[date], new: Sequence[date]) -> str:
    """Say which holidays came and which went."""
    came = listed([day(each) for each in new if each not in old])
    went = listed([day(each) for each in old if each not in new])
    said = [f"Holidays added: {came}."] if came else []
    said += [f"Holidays taken out: {went}."] if went else []
    return " ".join(said)
