"""Measure, issue the statement, review it, learn from it, and guard against it."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from tallystick.actions.hold_review import (
    DismissalNeedsReason,
    FindingUndecided,
    Verdict,
    hold_review,
)
from tallystick.actions.issue_statement import (
    AlreadyIssued,
    NothingMeasured,
    WindowStillOpen,
    issue_statement,
)
from tallystick.actions.measure_service_levels import (
    NoAgreement,
    NothingImported,
    measure_service_levels,
)
from tallystick.actions.record_agreement import record_agreement
from tallystick.engine.service_levels.evidence import read_evidence
from tallystick.records.agreements import Agreement
from tallystick.records.engagements import Engagement
from tallystick.records.findings import proposed_findings
from tallystick.records.measurements import Measurement
from tallystick.records.reviews import FindingDecision
from tallystick.records.statements import Statement
from tallystick.records.store import evidence_path
from tests.actions.test_import_service_data import import_text
from tests.cast import EVENT_LOG, TODAY, Cast, an_agreement_document, an_engagement

pytestmark = pytest.mark.django_db


def an_agreement(engagement: Engagement, cast: Cast, **changes: object) -> Agreement:
    """Record an agreement in force over 2026."""
    return record_agreement(
        engagement=engagement,
        document=an_agreement_document(**changes),
        signed_on=TODAY.date(),
        by=cast.ada,
        as_of=TODAY,
    )


def a_renewed_agreement(
    engagement: Engagement, cast: Cast, on: date, **changes: object
) -> Agreement:
    """Record a version in force on a day and, ahead, its renewal, in which something changes."""
    terms = [on - timedelta(days=300), on + timedelta(days=30), on + timedelta(days=300)]
    first, renewal, last = (each.isoformat() for each in terms)
    held = an_agreement(engagement, cast, in_force={"from": first, "until": renewal})
    ahead = {"version": 2, "in_force": {"from": renewal, "until": last}}
    an_agreement(engagement, cast, **ahead | changes)
    return held


def a_measured_engagement(cast: Cast, home: Path, text: str = EVENT_LOG) -> Agreement:
    """Return an agreement whose data is imported and measured."""
    engagement = an_engagement()
    agreement = an_agreement(engagement, cast)
    import_text(text, engagement, cast.cleo, home)
    measure_service_levels(engagement=engagement, by=cast.ben, as_of=TODAY)
    return agreement


def a_statement(cast: Cast, home: Path) -> Statement:
    """Return the statement of March, in which both levels are missed."""
    agreement = a_measured_engagement(cast, home)
    return issue_statement(agreement=agreement, window="2026-03", by=cast.ben, as_of=TODAY)


def test_march_is_counted_as_by_hand(cast: Cast, home: Path) -> None:
    agreement = a_measured_engagement(cast, home)

    found = {
        each.service_level: (each.numerator, each.denominator, each.verdict)
        for each in agreement.measurements.filter(window="2026-03", superseded_by=None)
    }

    # Berlin is UTC+1. T1 answers after 30 min, T2 after 3 h of office time, T3 after 10 min.
    # T1 takes 2 h; T2 from 3 March 09:00 to 10 March 13:00 is far over 8 h; T3's five days
    # of waiting do not count, 2 h do.
    assert found == {"response": (2, 3, "missed"), "resolution": (2, 3, "missed")}


def test_each_measurement_knows_the_way_back(cast: Cast, home: Path) -> None:
    agreement = a_measured_engagement(cast, home)

    measurement = agreement.measurements.get(service_level="resolution", window="2026-03")

    assert [each.file_name for each in measurement.imports.all()] == ["export.csv"]
    assert measurement.engine_version
    assert measurement.zone_data_version
    rows = read_evidence(evidence_path(measurement.evidence), window="2026-03")
    assert [row.id for row in rows] == ["T2", "T1", "T3"]


def test_measuring_again_without_news_adds_nothing(cast: Cast, home: Path) -> None:
    agreement = a_measured_engagement(cast, home)
    before = Measurement.objects.count()

    again = measure_service_levels(engagement=agreement.engagement, by=cast.ben, as_of=TODAY)

    assert again == []
    assert Measurement.objects.count() == before


def test_a_correction_supersedes_only_the_window_it_touches(cast: Cast, home: Path) -> None:
    agreement = a_measured_engagement(cast, home)
    corrected = EVENT_LOG.replace("T2,2026-03-10T12", "T2,2026-03-03T13")
    import_text(corrected, agreement.engagement, cast.cleo, home)

    made = measure_service_levels(engagement=agreement.engagement, by=cast.ben, as_of=TODAY)

    assert [(each.service_level, each.window) for each in made] == [("resolution", "2026-03")]
    assert made[0].supersedes is not None
    assert (made[0].numerator, made[0].denominator) == (3, 3)


def test_without_an_agreement_there_is_nothing_to_measure_against(cast: Cast, home: Path) -> None:
    with pytest.raises(NoAgreement):
        measure_service_levels(engagement=an_engagement(), by=cast.ben, as_of=TODAY)


def test_without_data_there_is_nothing_to_measure(cast: Cast, home: Path) -> None:
    engagement = an_engagement()
    an_agreement(engagement, cast)

    with pytest.raises(NothingImported):
        measure_service_levels(engagement=engagement, by=cast.ben, as_of=TODAY)


def test_a_statement_is_issued_once(cast: Cast, home: Path) -> None:
    statement = a_statement(cast, home)

    with pytest.raises(AlreadyIssued):
        issue_statement(agreement=statement.agreement, window="2026-03", by=cast.ben, as_of=TODAY)

    assert statement.measurements.count() == 2


def test_a_month_that_the_data_does_not_cover_has_no_statement(cast: Cast, home: Path) -> None:
    agreement = a_measured_engagement(cast, home)

    with pytest.raises(WindowStillOpen):
        issue_statement(agreement=agreement, window="2026-05", by=cast.ben, as_of=TODAY)


def test_a_month_outside_the_term_has_no_statement(cast: Cast, home: Path) -> None:
    agreement = a_measured_engagement(cast, home)

    with pytest.raises(NothingMeasured):
        issue_statement(agreement=agreement, window="2025-12", by=cast.ben, as_of=TODAY)


def test_missed_levels_are_put_before_the_review(cast: Cast, home: Path) -> None:
    statement = a_statement(cast, home)

    found = proposed_findings(statement)

    assert [finding.code for finding in found] == ["DEL001", "DEL001"]


def test_a_renewal_recorded_ahead_takes_no_finding_from_the_review(cast: Cast, home: Path) -> None:
    statement = a_statement(cast, home)
    before = proposed_findings(statement)
    ahead = {"from": "2027-01-01", "until": "2028-01-01"}
    an_agreement(statement.engagement, cast, version=2, in_force=ahead)

    assert before
    assert proposed_findings(statement) == before


def test_each_finding_needs_a_decision(cast: Cast, home: Path) -> None:
    statement = a_statement(cast, home)

    with pytest.raises(FindingUndecided):
        hold_review(statement=statement, verdicts={}, summary="", by=cast.ben, as_of=TODAY)


def test_a_dismissal_needs_a_reason(cast: Cast, home: Path) -> None:
    statement = a_statement(cast, home)
    verdicts = {
        finding.key: Verdict(FindingDecision.DISMISSED) for finding in proposed_findings(statement)
    }

    with pytest.raises(DismissalNeedsReason):
        hold_review(statement=statement, verdicts=verdicts, summary="", by=cast.ben, as_of=TODAY)


def test_a_review_keeps_what_was_decided(cast: Cast, home: Path) -> None:
    statement = a_statement(cast, home)
    first, second = proposed_findings(statement)

    review = hold_review(
        statement=statement,
        verdicts={
            first.key: Verdict(FindingDecision.CONFIRMED),
            second.key: Verdict(FindingDecision.DISMISSED, "The client's own outage."),
        },
        summary="Discussed.",
        by=cast.ben,
        as_of=TODAY,
    )

    assert [each.decision for each in review.findings.order_by("id")] == ["confirmed", "dismissed"]
