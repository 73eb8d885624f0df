"""Dates as an iCalendar text (RFC 5545): what a calendar program subscribes to, or is sent."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress, vText

PRODUCT = "-//Tallystick//Tallystick//EN"
_HOUR = timedelta(hours=1)
_FIRST, _LAST = date(1970, 1, 1), date(2199, 12, 31)
"""Between these days the changes of a zone's clocks are written out."""


@dataclass(frozen=True, slots=True)
class Dated:
    """
    Something with a date: a whole day, or an instant in a zone with its end.

    `key` stays the same for as long as it is the same thing; `sequence` grows with each change,
    and `changed_at` is when the last one was made.
    """

    key: str
    title: str
    starts: date | datetime
    changed_at: datetime
    ends: datetime | None = None
    zone: str = "UTC"
    sequence: int = 0
    cancelled: bool = False
    context: str = ""
    route: str = ""
    page_key: str = ""

    @property
    def at_an_hour(self) -> bool:
        """Return whether it is an instant, not a whole day."""
        return isinstance(self.starts, datetime)


@dataclass(frozen=True, slots=True)
class Shown:
    """A date with the whole address of its page."""

    dated: Dated
    address: str


def feed(shown: Sequence[Shown], domain: str) -> bytes:
    """Return all dates as one calendar, in the order of their days."""
    calendar = _calendar()
    calendar.add("x-wr-calname", "Tallystick")
    calendar.add("refresh-interval", timedelta(hours=4), parameters={"VALUE": "DURATION"})
    for each in sorted(shown, key=lambda one: (_day(one.dated.starts), one.dated.key)):
        calendar.add_component(_event(each, domain))
    return _finished(calendar, [each.dated for each in shown])


def invitation(each: Shown, domain: str, organizer: str, attendee: tuple[str, str]) -> bytes:
    """Return one date as an invitation to one person, or as its cancellation."""
    calendar = _calendar()
    calendar.add("method", "CANCEL" if each.dated.cancelled else "REQUEST")
    event = _event(each, domain)
    event.add("organizer", vCalAddress(f"mailto:{organizer}"))
    name, address = attendee
    guest = vCalAddress(f"mailto:{address}")
    guest.params["CN"] = vText(name)
    guest.params["PARTSTAT"] = vText("NEEDS-ACTION")
    guest.params["RSVP"] = vText("FALSE")
    event.add("attendee", guest, encode=False)
    calendar.add_component(event)
    return _finished(calendar, [each.dated])


def _calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    return calendar


def _event(each: Shown, domain: str) -> Event:
    dated = each.dated
    event = Event()
    event.add("uid", f"{dated.key.replace(':', '.')}@{domain}")
    event.add("dtstamp", dated.changed_at.astimezone(UTC).replace(microsecond=0))
    event.add("sequence", dated.sequence)
    event.add("summary", f"{dated.title}, {dated.context}" if dated.context else dated.title)
    event.add("url", each.address)
    if dated.cancelled:
        event.add("status", "CANCELLED")
    if isinstance(dated.starts, datetime):
        event.add("dtstart", _local(dated.starts, dated.zone))
        event.add("dtend", _local(dated.ends or dated.starts + _HOUR, dated.zone))
    else:
        event.add("dtstart", dated.starts)
        # A day that only reminds does not make anybody busy.
        event.add("transp", "TRANSPARENT")
    return event


def _local(at: datetime, zone: str) -> datetime:
    whole = at.replace(microsecond=0)
    return whole.astimezone(UTC) if zone == "UTC" else whole.astimezone(ZoneInfo(zone))


def _finished(calendar: Calendar, dates: Iterable[Dated]) -> bytes:
    # A whole day has no zone, however far away it is; what has one lies in the calendar's range.
    instants = [each.starts for each in dates if isinstance(each.starts, datetime)]
    days = [min(max(_day(each), _FIRST), _LAST) for each in instants] or [date(2000, 1, 1)]
    around = timedelta(days=400)
    calendar.add_missing_timezones(min(days) - around, max(days) + around)
    written: bytes = calendar.to_ical()
    return written


def _day(starts: date | datetime) -> date:
    return starts.date() if isinstance(starts, datetime) else starts
