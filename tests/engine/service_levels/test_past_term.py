"""The term of a rehearsal: whole months, the newest two years of them."""

from datetime import date

import pytest

from tallystick.engine.service_levels.agreement import agreement_document, read_agreement
from tallystick.engine.service_levels.past_term import MOST_MONTHS, in_the_past, past_term
from tests.engine.service_levels.builders import a_document, an_agreement, at


@pytest.mark.parametrize(
    ("since", "until", "first", "last"),
    [
        ("2026-03-04T10:00Z", "2026-04-10T00:00Z", date(2026, 3, 1), date(2026, 5, 1)),
        ("2026-12-31T10:00Z", "2027-01-01T00:00Z", date(2026, 12, 1), date(2027, 1, 1)),
        ("2019-12-31T10:00Z", "2026-01-15T00:00Z", date(2024, 2, 1), date(2026, 2, 1)),
        # Nothing but one change.
        ("2026-03-04T10:00Z", "2026-03-04T10:00Z", date(2026, 3, 1), date(2026, 4, 1)),
    ],
)
def test_a_term_is_the_whole_months_of_a_history(
    since: str, until: str, first: date, last: date
) -> None:
    term = past_term(at(since.replace("Z", "+00:00")), at(until.replace("Z", "+00:00")))

    assert (term.from_, term.until) == (first, last)
    assert (last.year - first.year) * 12 + last.month - first.month <= MOST_MONTHS


def test_only_the_term_and_what_is_about_its_months_changes() -> None:
    charges = {
        "currency": "EUR",
        "monthly": "100.00",
        "exceptions": [{"window": "2012-03", "amount": "1.00"}],
    }
    before = an_agreement(charges=charges)
    term = past_term(at("2010-03-04T10:00+00:00"), at("2010-04-01T00:00+00:00"))

    after = agreement_document(in_the_past(before, term))

    charges.pop("exceptions")
    in_force = {"from": "2010-03-01", "until": "2010-04-01"}
    assert after == agreement_document(
        read_agreement(a_document(charges=charges, in_force=in_force))
    )


def test_holidays_are_lent_for_years_without_any() -> None:
    def calendars(*days: str) -> dict[str, object]:
        return {"office": {"hours": "always", "holidays": list(days)}}

    draft = an_agreement(calendars=calendars("2012-01-06", "2010-12-25"))
    lender = an_agreement(calendars=calendars("2010-01-06", "2011-01-06", "2013-01-06"))
    term = past_term(at("2010-03-04T10:00+00:00"), at("2011-04-01T00:00+00:00"))

    found = in_the_past(draft, term, holidays_of=lender).calendars["office"].holidays

    assert [str(day) for day in found] == ["2010-12-25", "2011-01-06", "2012-01-06"]
