"""What looks wrong in a calendar: each with a code, a sentence, and what to do about it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files

from tallystick.engine.service_levels.calendar_year import year_of, years_of
from tallystick.engine.service_levels.terms import Calendar


@dataclass(frozen=True, slots=True)
class Oddity:
    """Something that is allowed, and seldom meant."""

    code: str
    sentence: str
    remedy: str
    days: tuple[date, ...] = ()


def oddities_of(calendar: Calendar, first: date, until: date) -> list[Oddity]:
    """Return what looks wrong in a calendar over a term; `until` is the day after its last."""
    return [
        *_without_holidays(calendar, first, until),
        *_idle_holidays(calendar),
        *_foreign_zone(calendar),
        *_clock_changes(calendar, first, until),
    ]


def _without_holidays(calendar: Calendar, first: date, until: date) -> Iterator[Oddity]:
    if all(shifts == ((0, 86_400),) for shifts in calendar.hours):
        return
    named = {day.year for day in calendar.holidays}
    bare = [year for year in years_of(first, until) if year not in named]
    if bare:
        years = ", ".join(map(str, bare))
        yield Oddity(
            "calendar.no-holidays",
            f"No holiday is named in {years}.",
            "Add the public holidays of each year of the term, as dates.",
        )


def _idle_holidays(calendar: Calendar) -> Iterator[Oddity]:
    idle = tuple(day for day in calendar.holidays if not calendar.hours[day.weekday()])
    if idle:
        yield Oddity(
            "calendar.holiday-on-a-closed-day",
            f"{len(idle)} of {len(calendar.holidays)} holidays fall on days without hours and "
            "remove nothing.",
            "Nothing needs doing; check the year if they were meant for another one.",
            idle,
        )


def _foreign_zone(calendar: Calendar) -> Iterator[Oddity]:
    zones = _zones_by_country().get(calendar.country or "", frozenset())
    if calendar.country and calendar.zone not in zones:
        known = ", ".join(sorted(zones)) or "none"
        yield Oddity(
            "calendar.zone-of-another-country",
            f"The zone {calendar.zone} is not one of {calendar.country}.",
            f"Its zones are: {known}. Mend the zone or the country.",
        )


def _clock_changes(calendar: Calendar, first: date, until: date) -> Iterator[Oddity]:
    days = tuple(
        each.day
        for year in years_of(first, until)
        for each in year_of(calendar, year)
        if each.inside_hours and first <= each.day < until
    )
    if days:
        yield Oddity(
            "calendar.clock-change-inside-hours",
            f"The clock changes while the calendar is open on {days[0]:%-d %B %Y}"
            + (f" and on {len(days) - 1} more days." if len(days) > 1 else "."),
            "Nothing needs doing: those days are as long as they really were, an hour more or "
            "less. Make sure that both parties know.",
            days,
        )


@lru_cache(maxsize=1)
def _zones_by_country() -> dict[str, frozenset[str]]:
    """Return the zones of each country, as the time-zone database lists them (zone.tab)."""
    found: dict[str, set[str]] = {}
    text = files("tzdata").joinpath("zoneinfo/zone.tab").read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line.startswith("#"):
            country, _, zone = line.split("\t")[:3]
            found.setdefault(country, set()).add(zone)
    return {country: frozenset(zones) for country, zones in found.items()}
