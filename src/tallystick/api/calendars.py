"""Calendars of an agreement: the days of a year, and what looks wrong."""

from datetime import UTC, date, datetime

from django.http import Http404
from ninja import Query
from pydantic import Field

from tallystick.api.lookup import ViewerRequest, find
from tallystick.api.routing import Operations
from tallystick.api.values import In, Out
from tallystick.engine.service_levels.agreement import read_agreement
from tallystick.engine.service_levels.calendar_oddities import oddities_of
from tallystick.engine.service_levels.calendar_year import YearDay, year_of, years_of
from tallystick.engine.service_levels.terms.hours import hours_document
from tallystick.records.agreements import Agreement

operations = Operations(tags=["Agreements"])


class CalendarAsked(In):
    """Which year."""

    year: int | None = Field(
        None, ge=1970, le=2199, description="By default the present one, or the first of the term."
    )


class DayOut(Out):
    """One local day; `clock_moves` is by how many seconds the clock is put forward."""

    day: date
    open_seconds: int
    is_holiday: bool
    clock_moves: int
    inside_hours: bool = Field(description="Whether the clock moves while the calendar is open.")


class OddityOut(Out):
    """Something that is allowed, and seldom meant, over the term of the agreement."""

    code: str
    sentence: str
    remedy: str
    days: list[date]


class CalendarYear(Out):
    """A calendar over one year."""

    name: str
    agreement: str
    zone: str
    country: str | None
    day_seconds: int | None = Field(description="How long a day is where a limit is in days.")
    hours: dict[str, list[str]] = Field(description="The shifts by the day they start on.")
    holidays: list[date] = Field(description="Of all years.")
    year: int
    years: list[int] = Field(description="Those that the agreement's term touches.")
    open_seconds: int = Field(description="Of the whole year.")
    days: list[DayOut]
    oddities: list[OddityOut]


def _day(each: YearDay) -> DayOut:
    return DayOut(
        day=each.day,
        open_seconds=each.open,
        is_holiday=each.is_holiday,
        clock_moves=each.clock_moves,
        inside_hours=each.inside_hours,
    )


@operations.reads("/agreements/{agreement_id}/calendars/{calendar_name}", "calendar", CalendarYear)
def calendar(
    request: ViewerRequest, agreement_id: str, calendar_name: str, asked: Query[CalendarAsked]
) -> CalendarYear:
    """Return a calendar over one year, day by day, and what looks wrong in it."""
    agreement = find(Agreement, request.viewer, agreement_id)
    terms = read_agreement(agreement.document)
    if calendar_name not in terms.calendars:
        raise Http404
    found, term = terms.calendars[calendar_name], terms.in_force
    years = years_of(term.from_, term.until)
    this = datetime.now(UTC).year
    year = asked.year or (this if this in years else years[0])
    days = [_day(each) for each in year_of(found, year)]
    return CalendarYear(
        name=calendar_name,
        agreement=agreement.public_id,
        zone=found.zone,
        country=found.country,
        day_seconds=found.day,
        hours=hours_document(found.hours),
        holidays=list(found.holidays),
        year=year,
        years=list(years),
        open_seconds=sum(each.open_seconds for each in days),
        days=days,
        oddities=[
            OddityOut(
                code=each.code, sentence=each.sentence, remedy=each.remedy, days=list(each.days)
            )
            for each in oddities_of(found, term.from_, term.until)
        ],
    )
