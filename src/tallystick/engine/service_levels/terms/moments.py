"""Moments of a document: "2026-03-07T02:00" is local time, "2026-03-07T02:00+01:00" is not."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from tallystick.engine.service_levels.terms.problems import problem
from tallystick.engine.values import seconds


def read_moment(value: Any) -> datetime:
    """Return the moment that a text states; without an offset it is local where it is used."""
    found = value
    if isinstance(value, str) and len(value.strip()) > 10:
        try:
            found = datetime.fromisoformat(value.strip())
        except ValueError:
            found = None
    if not isinstance(found, datetime):
        raise problem(
            "agreement.moment-unreadable",
            f"{str(value)!r} is not a day with a time of day",
            "Write 2026-03-07T02:00, or 2026-03-07T02:00+01:00 with its offset.",
        )
    check_year(found)
    return found.replace(microsecond=0)


def check_year(day: date) -> None:
    """Raise a problem if a day lies beyond the years that calendars are computed for."""
    if not 1970 <= day.year <= 2200:
        raise problem(
            "agreement.date-out-of-range",
            f"the year {day.year} lies outside 1970 to 2200",
            "Check the year.",
        )


def moment_text(moment: datetime) -> str:
    """Return the one spelling of a moment."""
    return moment.isoformat(timespec="seconds")


def instant_in(moment: datetime, zone: str) -> int:
    """
    Return the instant of a moment, read in a zone if it has no offset of its own.

    A local time that the clock skips is read with the offset before the change; one that it
    repeats is the first of the two (RFC 5545, section 3.3.5).
    """
    return seconds(moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone)))
