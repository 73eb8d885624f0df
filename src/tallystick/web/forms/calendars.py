"""The form that drafts a calendar: its hours day by day, holidays, zone, and from when it holds."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms

from tallystick.engine.service_levels.agreement import (
    AgreementRefused,
    Problem,
    agreement_document,
    read_agreement,
)
from tallystick.engine.service_levels.terms import Agreement
from tallystick.engine.service_levels.terms.calendar import Calendar
from tallystick.engine.service_levels.terms.hours import DAY, WEEKDAYS, WeeklyHours, hours_document
from tallystick.engine.service_levels.terms.quantities import limit_text
from tallystick.web.agreement_words.calendars import DAY_NAMES
from tallystick.web.forms.days import DayField

LONGEST_TERM = 30
"""Years for which a draft is drawn and searched for oddities at most."""

_TYPED = {
    "agreement.hours-unreadable": "Write 24-hour times with a comma between two shifts: "
    "08:00-12:30, 13:30-18:00.",
}
"""Remedies that differ where hours are typed into a field, not written into a document."""

_AROUND_THE_CLOCK = (((0, DAY),),) * 7


class CalendarFields(forms.Form):
    """What is typed of one calendar, wherever it is written."""

    always = forms.BooleanField(label="Around the clock, every day", required=False)
    mon, tue, wed, thu, fri, sat, sun = (
        forms.CharField(label=name, required=False, max_length=200) for name in DAY_NAMES
    )
    holidays = forms.CharField(
        label="Holidays",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "class": "code"}),
        help_text="One day a line, such as 2026-12-25. The shifts that start on it do not count.",
    )
    zone = forms.CharField(
        label="Time zone", max_length=80, help_text="A name of the IANA database: Europe/Rome."
    )
    country = forms.CharField(
        label="Country of the holidays",
        required=False,
        max_length=2,
        help_text="Two letters, such as IT. The zone is checked against it.",
    )
    day = forms.CharField(
        label="A day is",
        required=False,
        max_length=20,
        help_text="Where a limit is stated in days: 8h of working time, or 24h.",
    )

    @property
    def week(self) -> list[forms.BoundField]:
        """Return the fields of the seven days."""
        return [self[weekday] for weekday in WEEKDAYS]


class CalendarForm(CalendarFields):
    """
    A draft of one calendar of an agreement, judged as a part of its next version.

    Nothing here is stored: a valid form holds the whole next document, to be recorded or not.
    """

    starts_on = DayField(
        label="The new version holds from",
        help_text="Versions may not overlap: at the earliest, the day on which the last one ends.",
        words={"required": "Give the first day of the new version."},
    )
    ends_on = DayField(
        label="Up to, not including",
        words={"required": "Give the day after the last one of the new version."},
    )
    year = forms.IntegerField(label="Year to show", required=False, min_value=1970, max_value=2199)

    def __init__(
        self, name: str, terms: Agreement, version: int, *given: Any, **options: Any
    ) -> None:
        super().__init__(*given, **options)
        self.name = name
        self.terms = terms
        self.version = version
        self.drafted: Agreement | None = None
        self.elsewhere: tuple[Problem, ...] = ()

    @property
    def calendar(self) -> Calendar:
        """Return the calendar that a valid form states."""
        if self.drafted is None:
            raise ValueError("only a valid form states a calendar")
        return self.drafted.calendars[self.name]

    @property
    def shown_year(self) -> int:
        """Return the year to draw for a valid form."""
        chosen: int | None = self.cleaned_data["year"]
        first: date = self.cleaned_data["starts_on"]
        return chosen or first.year

    def clean(self) -> dict[str, Any]:
        """Judge the whole next document; what is refused stands beside its field."""
        given = super().clean() or {}
        if self.errors:
            return given
        if given["ends_on"] - given["starts_on"] > timedelta(days=LONGEST_TERM * 366):
            self.add_error("ends_on", f"No version holds longer than {LONGEST_TERM} years.")
            return given
        try:
            self.drafted = read_agreement(next_document(self.terms, self.version, self))
        except AgreementRefused as refused:
            self._place(refused.problems)
        return given

    def _place(self, problems: tuple[Problem, ...]) -> None:
        elsewhere = []
        for problem in problems:
            field = self._field_of(problem.place)
            if field:
                remedy = _TYPED.get(problem.code, problem.remedy)
                self.add_error(
                    field, f"{problem.message[:1].upper()}{problem.message[1:]}. {remedy}"
                )
            else:
                elsewhere.append(problem)
        if elsewhere:
            self.elsewhere = tuple(elsewhere)
            self.add_error(None, "The rest of the agreement does not go with it; see below.")

    def _field_of(self, place: str) -> str:
        if place.startswith("in_force"):
            return "ends_on"
        inside = place.removeprefix(f"calendars.{self.name}.")
        if inside == place:
            return ""
        key, _, rest = inside.partition(".")
        day = re.match(r"[a-z]+", rest)
        if key.startswith("hours"):
            return day.group() if day and day.group() in WEEKDAYS else "mon"
        key = key.partition("[")[0]
        return key if key in self.fields else ""


def next_document(terms: Agreement, version: int, form: CalendarForm) -> dict[str, Any]:
    """Return the agreement's document with the calendar of a form, as the next version."""
    given = form.cleaned_data
    document = agreement_document(terms)
    calendars = document["calendars"] | {form.name: calendar_part(given)}
    term = {"from": given["starts_on"].isoformat(), "until": given["ends_on"].isoformat()}
    return document | {"version": version, "in_force": term, "calendars": calendars}


def calendar_part(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was typed as the part of a document; whoever reads it judges it."""
    hours = {
        weekday: [shift.strip() for shift in given[weekday].split(",")]
        for weekday in WEEKDAYS
        if given[weekday].strip()
    }
    part: dict[str, Any] = {
        "zone": given["zone"].strip(),
        "hours": "always" if given["always"] else hours,
        "holidays": re.split(r"[\s,;]+", given["holidays"].strip()) if given["holidays"] else [],
    }
    optional = {"country": given["country"].strip().upper(), "day": given["day"].strip()}
    return part | {key: value for key, value in optional.items() if value}


def week_fields(hours: WeeklyHours) -> dict[str, Any]:
    """Return weekly hours as the fields of seven days show them."""
    always = hours == _AROUND_THE_CLOCK
    stated = {} if always else hours_document(hours)
    return {
        "always": always,
        **{weekday: ", ".join(shifts) for weekday, shifts in stated.items()},
    }


def initial_of(calendar: Calendar, starts_on: date, ends_on: date) -> dict[str, Any]:
    """Return what the form holds before anybody types: the calendar as it is agreed."""
    return {
        **week_fields(calendar.hours),
        "holidays": "\n".join(day.isoformat() for day in calendar.holidays),
        "zone": calendar.zone,
        "country": calendar.country or "",
        "day": limit_text(calendar.day) if calendar.day else "",
        "starts_on": starts_on,
        "ends_on": ends_on,
        "year": starts_on.year,
    }
