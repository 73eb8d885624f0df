"""Credit notes of stored measurements: today's, and as they stood when a statement was issued."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from tallystick.actions.issue_statement import issue_statement
from tallystick.actions.measure_service_levels import measure_service_levels
from tallystick.engine.service_levels.agreement import read_agreement
from tallystick.records.agreements import Agreement
from tallystick.records.credit_notes import note_as_issued, notes_of
from tests.actions.test_import_service_data import import_text
from tests.cast import EVENT_LOG, TODAY, Cast
from tests.web.levels import CREDITED, CREDITS, a_measured_level, of_month

pytestmark = pytest.mark.django_db


def credited(agreement: Agreement) -> dict[str, Decimal]:
    """Return what each month costs by its credit note."""
    current = agreement.measurements.filter(superseded_by=None)
    until = max(each.data_until for each in current)
    notes = notes_of(read_agreement(agreement.document), current, until)
    return {note.window: note.credited for note in notes}


def test_each_month_that_is_over_has_a_note(cast: Cast, home: Path) -> None:
    agreement = a_measured_level(cast, home, document=CREDITS, **CREDITED)

    # The data ends on 4 May; March is missed.
    assert credited(agreement) == {
        "2026-01": 0,
        "2026-02": 0,
        "2026-03": Decimal("4000.00"),
        "2026-04": 0,
    }


def test_an_agreement_without_credits_has_no_note(cast: Cast, home: Path) -> None:
    assert credited(a_measured_level(cast, home)) == {}


def test_weeks_beside_months_have_no_credit_and_do_no_harm(cast: Cast, home: Path) -> None:
    agreement = a_measured_level(cast, home, document=CREDITS, window="week")

    assert credited(agreement) == {}


def test_what_was_stated_does_not_change_when_the_data_is_corrected(cast: Cast, home: Path) -> None:
    agreement = a_measured_level(cast, home, document=CREDITS, **CREDITED)
    terms = read_agreement(agreement.document)
    statement = issue_statement(agreement=agreement, window="2026-03", by=cast.ben, as_of=TODAY)
    mended = EVENT_LOG.replace("T2,2026-03-10T12", "T2,2026-03-03T13")
    import_text(mended, agreement.engagement, cast.cleo, home)
    later = TODAY + timedelta(days=1)
    measure_service_levels(engagement=agreement.engagement, by=cast.ben, as_of=later)

    note = note_as_issued(statement, terms, agreement.measurements.all())

    assert of_month(agreement).verdict == "met"
    assert credited(agreement)["2026-03"] == 0
    assert note is not None
    assert note.credited == Decimal("4000.00")
