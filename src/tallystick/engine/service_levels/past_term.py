"""An agreement -> the same as if it had been in force in the past, when data were collected."""

from datetime import date
from typing import Any

from tallystick.engine.service_levels.calendar_year import years_of
from tallystick.engine.service_levels.terms import Agreement, Calendar, Term
from tallystick.engine.values import moment

MOST_MONTHS = 24
"""How far back a history is asked, at most: what is older tells little of what is to come."""


def past_term(since: int, until: int) -> Term:
    """Return the whole months that hold what happened in [since, until), the newest of them."""
    first, last = moment(since).date().replace(day=1), moment(max(until - 1, since)).date()
    months = last.year * 12 + last.month - 1
    earliest = _month(months - MOST_MONTHS + 1)
    return Term.model_validate({"from": max(first, earliest), "until": _month(months + 1)})


def in_the_past(terms: Agreement, term: Term, *, holidays_of: Agreement | None = None) -> Agreement:
    """
    Return the agreement as if it had been in force for a term.

    What it says of months of its own, exceptional charges and a start-up, is left out. A
    calendar that names no holiday in a year of the term takes those of the calendar of the same
    name in `holidays_of`.
    """
    lent = holidays_of.calendars if holidays_of else {}
    changed: dict[str, Any] = {
        "in_force": term,
        "calendars": {
            name: _with_holidays(each, lent.get(name), term)
            for name, each in terms.calendars.items()
        },
        "service_levels": tuple(
            level.model_copy(update={"reporting_only_until": None})
            for level in terms.service_levels
        ),
    }
    if terms.charges:
        changed["charges"] = terms.charges.model_copy(update={"exceptions": ()})
    return terms.model_copy(update=changed)


def _with_holidays(calendar: Calendar, other: Calendar | None, term: Term) -> Calendar:
    named = {day.year for day in calendar.holidays}
    bare = set(years_of(term.from_, term.until)) - named
    lent = [day for day in (other.holidays if other else ()) if day.year in bare]
    return calendar.model_copy(update={"holidays": tuple(sorted({*calendar.holidays, *lent}))})


def _month(number: int) -> date:
    return date(number // 12, number % 12 + 1, 1)
