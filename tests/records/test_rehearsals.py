"""An agreement that was never in force is measured against what was imported; nothing is stored."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tallystick.engine.service_levels.agreement import read_agreement
from tallystick.engine.service_levels.rehearsal import Rehearsal
from tallystick.records.engagements import Engagement
from tallystick.records.ledger import LedgerEntry
from tallystick.records.measurements import Measurement
from tallystick.records.rehearsals import NothingToRehearse, history_of, rehearse_agreement
from tests.actions.test_import_service_data import import_text
from tests.cast import EVENT_LOG, TODAY, Cast, an_agreement_document, an_engagement

pytestmark = pytest.mark.django_db
AHEAD = {"from": "2028-01-01", "until": "2029-01-01"}
CHARGED = {
    "charges": {"currency": "EUR", "monthly": "1000.00"},
    "credits": {"at_risk": "10%"},
}


@pytest.fixture
def engagement(cast: Cast, home: Path) -> Engagement:
    """Give an engagement with the three tickets of March."""
    found = an_engagement()
    import_text(EVENT_LOG, found, cast.cleo, home)
    return found


def rehearse(engagement: Engagement, **changes: Any) -> Rehearsal:
    terms = read_agreement(an_agreement_document(in_force=AHEAD, **changes))
    return rehearse_agreement(history_of(engagement, TODAY), terms)


def levels_with(**changes: Any) -> list[dict[str, Any]]:
    """Return the two levels, of which the first is changed."""
    first, second = an_agreement_document()["service_levels"]
    return [first | changes, second]


def test_a_term_that_lies_ahead_fares_as_it_would_have(engagement: Engagement) -> None:
    found = rehearse(engagement)

    counts = {
        each.service_level: (each.numerator, each.denominator)
        for level in found.levels
        for each in level.measured
        if each.window == "2026-03"
    }
    # As measured in March by an agreement that was in force.
    assert counts == {"response": (2, 3), "resolution": (2, 3)}


def test_credits_are_counted_in_money(engagement: Engagement) -> None:
    critical = {"class": "critical-service-level", "credit": {"allocation": "100%"}}

    found = rehearse(engagement, service_levels=levels_with(**critical), **CHARGED)

    assert found.credited["2026-03"] == Decimal("100.00")
    assert found.total == sum(found.credited.values())
    assert found.currency == "EUR"


def test_an_attribute_that_the_data_lack_is_trouble_of_its_level_alone(
    engagement: Engagement,
) -> None:
    found = rehearse(engagement, service_levels=levels_with(applies_to={"planet": ["Mars"]}))

    response, resolution = found.levels
    assert "planet" in response.trouble
    assert response.measured == ()
    assert resolution.trouble == ""
    assert resolution.measured


def test_an_availability_without_signals_says_so(engagement: Engagement) -> None:
    level = {
        "id": "portal",
        "name": "Portal",
        "measure": "availability",
        "calendar": "office",
        "availability": {"from": "outages", "formula": "(T-M-D)/(T-M)"},
        "target": "99%",
    }

    (portal,) = rehearse(engagement, service_levels=[level]).levels

    assert portal.trouble == "No outages were imported."


def test_a_level_that_no_volume_allows_is_flagged(engagement: Engagement) -> None:
    response, _ = rehearse(engagement).levels

    assert [each.code for each in response.warnings] == ["figures.zero-miss-trap"]


def test_holidays_are_lent_where_the_draft_names_none(engagement: Engagement) -> None:
    history = history_of(engagement, TODAY)
    calendars = {"office": {"hours": {"mon-fri": ["08:00-12:00", "13:00-17:00"]}}}
    draft = read_agreement(an_agreement_document(in_force=AHEAD, calendars=calendars))

    found = rehearse_agreement(history, draft, read_agreement(an_agreement_document()))

    assert len(found.terms.calendars["office"].holidays) == 4


def test_nothing_is_stored(engagement: Engagement) -> None:
    entries = LedgerEntry.objects.count()

    rehearse(engagement)

    assert Measurement.objects.count() == 0
    assert LedgerEntry.objects.count() == entries


def test_without_imports_there_is_nothing_to_rehearse_with(cast: Cast) -> None:
    with pytest.raises(NothingToRehearse):
        history_of(an_engagement(), TODAY)


def test_a_month_that_is_not_over_is_left_out(engagement: Engagement) -> None:
    history = history_of(engagement, TODAY - timedelta(days=365))

    found = rehearse_agreement(history, read_agreement(an_agreement_document(in_force=AHEAD)))

    assert all(level.measured == () for level in found.levels)
