"""A correction of an issued statement is a new one that takes its place."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tallystick.actions import issue_statement as issuing
from tallystick.actions.attest_statement import attest_statement
from tallystick.actions.issue_statement import AlreadyIssued, issue_statement
from tallystick.actions.measure_service_levels import measure_service_levels
from tallystick.actions.refusals import NotPermitted
from tallystick.actions.restate_statement import (
    AlreadyRestated,
    NothingToRestate,
    restate_statement,
)
from tallystick.actions.texts import TextNeeded
from tallystick.engine.service_levels.dealings.answers import Stance
from tallystick.records.agreements import Agreement, AgreementState
from tallystick.records.answers import standing_at
from tallystick.records.ledger import LedgerEntry
from tallystick.records.stated import statement_values
from tallystick.records.statements import Statement
from tests.actions.test_answers import a_dispute
from tests.actions.test_import_service_data import import_text
from tests.actions.test_measure_and_state import an_agreement
from tests.actions.test_relief import RELIEF, a_claim, a_relieving_engagement, decide
from tests.cast import EVENT_LOG, TODAY, Cast, an_agreement_document
from tests.web.levels import CREDITED, CREDITS, a_measured_level

pytestmark = pytest.mark.django_db

LATER = TODAY + timedelta(days=5)
CORRECTED = EVENT_LOG.replace("T2,2026-03-10T12", "T2,2026-03-03T13")


def a_stated_engagement(cast: Cast, home: Path) -> Statement:
    """Return the statement of March under an agreement that grants relief."""
    agreement = a_relieving_engagement(cast, home)
    return issue_statement(agreement=agreement, window="2026-03", by=cast.ben, as_of=TODAY)


def relieved(statement: Statement, cast: Cast) -> None:
    """Approve relief for the ticket that missed, and measure again."""
    decide(a_claim(statement.agreement, cast.cleo), cast.ben)
    measure_service_levels(engagement=statement.engagement, by=cast.ben, as_of=LATER)


def corrected(statement: Statement, cast: Cast, home: Path) -> None:
    """Import an export in which that ticket was in time, and measure again."""
    import_text(CORRECTED, statement.engagement, cast.cleo, home)
    measure_service_levels(engagement=statement.engagement, by=cast.ben, as_of=LATER)


def restated(statement: Statement, cast: Cast, **changes: Any) -> Statement:
    """Restate a statement some days later."""
    given: dict[str, Any] = {"reason": "T2 was relieved.", "by": cast.ben, "as_of": LATER}
    return restate_statement(statement=statement, **given | changes)


def told(statement: Statement) -> list[tuple[str, str, str, list[str]]]:
    """Return the figures that differ: level, before, after, causes."""
    values = statement_values(Statement.objects.get(pk=statement.pk), LATER)
    difference = values["difference"] or values["would_differ"] or {"figures": []}
    return [
        (each["service_level"], each["before"]["value"], each["after"]["value"], each["causes"])
        for each in difference["figures"]
    ]


def test_a_restatement_takes_the_place_and_keeps_what_was_issued(cast: Cast, home: Path) -> None:
    first = a_stated_engagement(cast, home)
    pinned = sorted(first.measurements.values_list("pk", flat=True))
    relieved(first, cast)

    second = restated(first, cast)

    assert second.supersedes == first
    assert (second.window, second.reason) == ("2026-03", "T2 was relieved.")
    assert sorted(first.measurements.values_list("pk", flat=True)) == pinned
    assert told(second) == [("resolution", "0.666666", "1", ["relief"])]


def test_a_later_import_is_named_as_the_cause(cast: Cast, home: Path) -> None:
    first = a_stated_engagement(cast, home)
    corrected(first, cast, home)

    assert told(first) == [("resolution", "0.666666", "1", ["later-import"])]
    assert told(restated(first, cast)) == [("resolution", "0.666666", "1", ["later-import"])]


def test_it_reopens_attestation_and_both_are_told(cast: Cast, home: Path) -> None:
    first = a_stated_engagement(cast, home)
    attest_statement(statement=first, by=cast.cleo, as_of=TODAY)
    relieved(first, cast)

    second = restated(first, cast)

    assert standing_at(second, LATER).counts_as is Stance.OPEN
    assert statement_values(Statement.objects.get(pk=first.pk), LATER)["standing"]["turns"] == []
    entry = LedgerEntry.objects.visible_to(cast.cleo).get(action="restate_statement")
    assert entry.sentence == "Restated 2026-03: 1 figure differs (relief)."
    assert entry.payload["supersedes"] == first.public_id


def test_credits_differ_with_their_figures(cast: Cast, home: Path) -> None:
    agreement = a_measured_level(cast, home, document=CREDITS, **CREDITED)
    first = issue_statement(agreement=agreement, window="2026-03", by=cast.ben, as_of=TODAY)
    corrected(first, cast, home)

    second = restated(first, cast)

    [change] = statement_values(second, LATER)["difference"]["credits"]
    assert (change["before"], change["after"], change["currency"]) == ("4000.00", "0", "EUR")
    assert change["causes"] == ["later-import"]


def test_issuing_again_is_refused_and_names_restating(cast: Cast, home: Path) -> None:
    first = a_stated_engagement(cast, home)

    with pytest.raises(AlreadyIssued) as refused:
        issue_statement(agreement=first.agreement, window="2026-03", by=cast.ben, as_of=LATER)

    assert "restate" in refused.value.remedy


def test_figures_that_stand_are_not_restated(cast: Cast, home: Path) -> None:
    first = a_stated_engagement(cast, home)

    with pytest.raises(NothingToRestate):
        restated(first, cast)


def test_only_the_newest_is_restated_attested_or_disputed(cast: Cast, home: Path) -> None:
    first = a_stated_engagement(cast, home)
    relieved(first, cast)
    restated(first, cast)

    with pytest.raises(AlreadyRestated):
        restated(first, cast)
    with pytest.raises(AlreadyRestated):
        attest_statement(statement=first, by=cast.cleo, as_of=LATER)
    with pytest.raises(AlreadyRestated):
        a_dispute(first, cast.cleo)


def test_a_window_has_one_current_statement_whatever_happens(cast: Cast, home: Path) -> None:
    first = a_stated_engagement(cast, home)
    relieved(first, cast)
    second = restated(first, cast)

    for supersedes in (None, first):
        copy = Statement.objects.get(pk=second.pk)
        copy.pk, copy.public_id, copy.supersedes = None, "another", supersedes
        with pytest.raises(IntegrityError), transaction.atomic():
            copy.save()


def test_a_reason_is_needed_and_only_managers_restate(cast: Cast, home: Path) -> None:
    first = a_stated_engagement(cast, home)
    relieved(first, cast)

    with pytest.raises(TextNeeded):
        restated(first, cast, reason=" ")
    for who in (cast.ann, cast.cleo):
        with pytest.raises(NotPermitted):
            restated(first, cast, by=who)
    assert Statement.objects.count() == 1


def test_a_process_killed_between_row_and_entry_leaves_nothing(
    cast: Cast, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = a_stated_engagement(cast, home)
    relieved(first, cast)

    def killed(*arguments: Any, **named: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(issuing, "enter", killed)

    with pytest.raises(KeyboardInterrupt):
        restated(first, cast)

    assert list(Statement.objects.all()) == [first]


HOLIDAYS = ["2026-01-01", "2026-04-03", "2026-04-06", "2026-05-01", "2026-03-03"]


def a_holiday_added(statement: Statement, cast: Cast) -> Agreement:
    """Put a version into force that knows one more holiday in March, and measure under it."""
    Agreement.objects.filter(pk=statement.agreement.pk).update(state=AgreementState.SUPERSEDED)
    office = an_agreement_document()["calendars"]["office"] | {"holidays": HOLIDAYS}
    version = an_agreement(
        statement.engagement, cast, version=2, calendars={"office": office}, relief=RELIEF
    )
    measure_service_levels(engagement=statement.engagement, by=cast.ben, as_of=LATER)
    return version


def test_a_holiday_added_after_the_window_closed_proposes_a_restatement(
    cast: Cast, home: Path
) -> None:
    first = a_stated_engagement(cast, home)
    figures = list(first.measurements.order_by("pk").values("numerator", "denominator"))
    a_holiday_added(first, cast)

    first = Statement.objects.get(pk=first.pk)

    # On a holiday T2 is not answered late: its clock starts on 4 March.
    assert list(first.measurements.order_by("pk").values("numerator", "denominator")) == figures
    assert told(first) == [("response", "0.666666", "1", ["agreement-version"])]


def test_the_restatement_is_made_under_the_new_version(cast: Cast, home: Path) -> None:
    first = a_stated_engagement(cast, home)
    version = a_holiday_added(first, cast)

    second = restated(Statement.objects.get(pk=first.pk), cast, reason="A holiday was missing.")

    assert second.agreement == version
    assert second.supersedes == first
    with pytest.raises(AlreadyIssued):
        issue_statement(agreement=version, window="2026-03", by=cast.ben, as_of=LATER)


def test_newer_zone_data_alone_restates_nothing(cast: Cast, home: Path) -> None:
    first = a_stated_engagement(cast, home)
    first.measurements.update(zone_data_version="2001a")

    assert told(first) == []


def test_a_window_with_no_data_has_no_figure_and_reads_so(cast: Cast, home: Path) -> None:
    agreement = a_measured_level(cast, home)
    first = issue_statement(agreement=agreement, window="2026-04", by=cast.ben, as_of=TODAY)
    late = "T8,2026-04-07T08:00:00Z,New,P1\nT8,2026-04-07T09:00:00Z,Done,P1\n"
    import_text(EVENT_LOG + late, first.engagement, cast.cleo, home)
    measure_service_levels(engagement=first.engagement, by=cast.ben, as_of=LATER)

    assert told(first) == [("resolution", None, "1", ["later-import"])]
