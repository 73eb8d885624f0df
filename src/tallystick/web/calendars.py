"""Calendars of an agreement: a year with its hours, what looks wrong, and a draft of a change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import yaml
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tallystick.engine.service_levels.agreement import agreement_document, read_agreement
from tallystick.engine.service_levels.calendar_oddities import Oddity, oddities_of
from tallystick.engine.service_levels.calendar_year import years_of
from tallystick.engine.service_levels.terms import Agreement as Terms
from tallystick.engine.service_levels.terms import Calendar
from tallystick.engine.service_levels.terms.agreement import Term
from tallystick.records.agreements import Agreement, AgreementState
from tallystick.records.roles import Duty
from tallystick.web.agreement_words import calendar_words
from tallystick.web.calendar_years import days_table, year_calendar
from tallystick.web.components.words import day, duration, words
from tallystick.web.downloads import attached
from tallystick.web.forms.calendars import CalendarForm, initial_of
from tallystick.web.frames import frame
from tallystick.web.lookup import ViewerRequest, find


@dataclass(frozen=True, slots=True)
class Found:
    """A calendar that an address names, and the agreement it is of."""

    agreement: Agreement
    terms: Terms
    name: str

    @property
    def calendar(self) -> Calendar:
        """Return the calendar's terms."""
        return self.terms.calendars[self.name]

    @property
    def url(self) -> str:
        """Return the address of its page."""
        return reverse("calendar", args=[self.agreement.public_id, self.name])


def _found(request: ViewerRequest, agreement_id: str, name: str) -> Found:
    agreement = find(
        Agreement, request.viewer, agreement_id, "engagement__client", "engagement__provider"
    )
    terms = read_agreement(agreement.document)
    if name not in terms.calendars:
        raise Http404
    return Found(agreement, terms, name)


def _around(request: ViewerRequest, found: Found, *more: tuple[str, str]) -> dict[str, Any]:
    agreement, engagement = found.agreement, found.agreement.engagement
    above = (
        ("Agreement", reverse("agreements", args=[engagement.public_id])),
        (
            f"Version {agreement.version}",
            reverse("agreement", args=[agreement.public_id]),
        ),
        *more,
    )
    return frame(request, engagement, "agreements", *above) | {
        "agreement": agreement,
        "name": found.name,
        "title": f"Calendar: {words(found.name)}",
    }


def show(request: ViewerRequest, agreement_id: str, calendar_name: str) -> HttpResponse:
    """Show a year of a calendar, its weekly hours, and what looks wrong in it."""
    found = _found(request, agreement_id, calendar_name)
    term = found.terms.in_force
    years = years_of(term.from_, term.until)
    chosen = _year(request.GET.get("year", ""), years)
    year = year_calendar(found.name, found.calendar, chosen)
    table = days_table(year, request.GET)
    if table.wants_file:
        return table.file(f"{found.name}-{chosen}")
    shown = {
        "year": year,
        "years": [(str(each), f"?year={each}", each == chosen) for each in years],
        "table": table,
        "unfolded": bool(set(request.GET) - {"year"}),
        "draft": reverse("calendar_draft", args=[found.agreement.public_id, found.name]),
        "used_by": [each for each in found.terms.service_levels if each.calendar == found.name],
        **calendar_facts(found.name, found.calendar, term.from_, term.until),
    }
    return render(request, "calendars/show.html", _around(request, found) | shown)


def _year(asked: str, years: Sequence[int]) -> int:
    for each in years:
        if asked == str(each):
            return each
    this = datetime.now(UTC).year
    return this if this in years else years[0]


def calendar_facts(name: str, calendar: Calendar, first: date, until: date) -> dict[str, Any]:
    """Return what a page says of a calendar beside its year: its week, and what looks wrong."""
    said = calendar_words(name, calendar)
    return {
        "week": said.hours,
        "rules": [
            ("In force", f"{day(first)} up to {day(until)}, not included"),
            ("A week", said.weekly),
            ("Time zone", calendar.zone),
            ("Country of the holidays", calendar.country or "Not said"),
            ("A day is", duration(calendar.day) if calendar.day else "Not said"),
        ],
        "holidays": said.holidays,
        "holiday_count": said.holiday_count,
        "oddities": [odd_words(each) for each in oddities_of(calendar, first, until)],
    }


def odd_words(oddity: Oddity) -> dict[str, str]:
    """Return an oddity with its days in words."""
    return {
        "code": oddity.code,
        "sentence": oddity.sentence,
        "remedy": oddity.remedy,
        "days": ", ".join(day(each) for each in oddity.days),
    }


# --- a draft


def draft(request: ViewerRequest, agreement_id: str, calendar_name: str) -> HttpResponse:
    """Draft a change of a calendar and see the year it would make; nothing is stored."""
    found = _found(request, agreement_id, calendar_name)
    form = _form(request, found)
    valid = form.is_bound and form.is_valid()
    if valid and "yaml" in request.POST:
        return _yaml_file(found.name, calendar_text(form))
    around = _around(request, found, (f"Calendar: {words(found.name)}", found.url))
    shown: dict[str, Any] = {
        "form": form,
        "back": found.url,
        "may_record": request.viewer.may(Duty.RECORD_AGREEMENT),
        "may_draft": request.viewer.may(Duty.DRAFT_AGREEMENT),
        # Once there is something to record, previewing again is the lesser act.
        "preview_kind": "quiet" if valid else "primary",
    }
    if valid:
        shown |= _preview(form)
    status = 422 if form.is_bound and not valid else 200
    return render(request, "calendars/draft.html", around | shown, status=status)


def _form(request: ViewerRequest, found: Found) -> CalendarForm:
    versions = Agreement.objects.visible_to(request.viewer).filter(
        engagement=found.agreement.engagement
    )
    stored = list(versions.values_list("version", "state", "in_force_until"))
    next_version = max(version for version, _, _ in stored) + 1
    held = [until for _, state, until in stored if state == AgreementState.IN_FORCE]
    term = found.terms.in_force
    starts_on = max(held, default=term.until)
    initial = initial_of(found.calendar, starts_on, _as_long_after(starts_on, term))
    given = [request.POST] if request.method == "POST" else []
    return CalendarForm(found.name, found.terms, next_version, *given, initial=initial)


def _as_long_after(first: date, term: Term) -> date:
    """Return when a version ends that lasts as long as a term: in whole years where that does."""
    years = term.until.year - term.from_.year
    if (term.from_.month, term.from_.day) != (term.until.month, term.until.day) or first.day > 28:
        return first + (term.until - term.from_)
    return first.replace(year=first.year + years)


def _preview(form: CalendarForm) -> dict[str, Any]:
    given = form.cleaned_data
    drafted = form.drafted
    whole = agreement_document(drafted) if drafted else {}
    return {
        "year": year_calendar(form.name, form.calendar, form.shown_year),
        "part": calendar_text(form),
        "whole": yaml.safe_dump(whole, sort_keys=False, allow_unicode=True),
        **calendar_facts(form.name, form.calendar, given["starts_on"], given["ends_on"]),
    }


def calendar_text(form: CalendarForm) -> str:
    """Return the calendar of a valid form as the part of an agreement, in YAML."""
    spelled = form.calendar.model_dump(mode="json", by_alias=True, exclude_none=True)
    part = {"calendars": {form.name: spelled}}
    return yaml.safe_dump(part, sort_keys=False, allow_unicode=True)


def _yaml_file(name: str, text: str) -> HttpResponse:
    response = HttpResponse(text, content_type="application/yaml; charset=utf-8")
    return attached(response, f"{name}.yaml")
