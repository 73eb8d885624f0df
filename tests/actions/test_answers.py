"""Both parties attest a statement or dispute it point by point."""

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tallystick.actions.attest_statement import AlreadyAttested, attest_statement
from tallystick.actions.dispute_statement import (
    DisputeWording,
    NotOnTheStatement,
    TooLateToDispute,
    dispute_statement,
)
from tallystick.actions.files_kept import MOST_BYTES, FileRefused, NewFile
from tallystick.actions.issue_statement import issue_statement
from tallystick.actions.points import PointRefused
from tallystick.actions.refusals import NotPermitted
from tallystick.actions.texts import TextNeeded
from tallystick.engine.service_levels.dealings.answers import Stance
from tallystick.records.answers import standing_at
from tallystick.records.attestations import Attestation, Dispute
from tallystick.records.evidence_files import EvidenceFile
from tallystick.records.ledger import LedgerEntry
from tallystick.records.statements import Statement
from tallystick.records.store import evidence_file_path
from tallystick.records.viewer import Viewer
from tests.actions.test_measure_and_state import a_statement
from tests.cast import TODAY, Cast

pytestmark = pytest.mark.django_db


def a_wording(statement: Statement, **changes: Any) -> DisputeWording:
    """Return what is said of the resolution of March."""
    usual: dict[str, Any] = {
        "measurement": statement.measurements.get(service_level="resolution"),
        "what_is_wrong": "T2 waited for the caller.",
        "should_be": "T2 in time.",
    }
    return DisputeWording(**usual | changes)


def a_dispute(statement: Statement, by: Viewer, **changes: Any) -> Dispute:
    """Dispute the resolution of March on the day on which it was issued."""
    given = {"statement": statement, "wording": a_wording(statement), "as_of": TODAY} | changes
    return dispute_statement(**given, by=by)


def a_file(text: bytes = b"proof", name: str = "proof.txt") -> NewFile:
    """Return a file of evidence."""
    return NewFile(name, io.BytesIO(text))


def test_both_parties_attest_a_statement(cast: Cast, home: Path) -> None:
    statement = a_statement(cast, home)

    for who in (cast.cleo, cast.ben):
        attest_statement(statement=statement, by=who, as_of=TODAY)

    assert standing_at(statement, TODAY).counts_as is Stance.ATTESTED
    entries = LedgerEntry.objects.filter(action="attest_statement").order_by("id")
    assert [each.sentence for each in entries] == [
        "Attested the statement of 2026-03 for Baltic Desk.",
        "Attested the statement of 2026-03 for Nordwind Energy.",
    ]


def test_a_party_attests_once(cast: Cast, home: Path) -> None:
    statement = a_statement(cast, home)
    attest_statement(statement=statement, by=cast.cleo, as_of=TODAY)

    with pytest.raises(AlreadyAttested):
        attest_statement(statement=statement, by=cast.cleo, as_of=TODAY)

    assert Attestation.objects.count() == 1


def test_what_was_attested_is_not_disputed_afterwards(cast: Cast, home: Path) -> None:
    statement = a_statement(cast, home)
    attest_statement(statement=statement, by=cast.cleo, as_of=TODAY)

    with pytest.raises(AlreadyAttested):
        a_dispute(statement, cast.cleo)


@pytest.mark.parametrize("who", ["ann", "eva"])
def test_who_only_reads_neither_attests_nor_disputes(who: str, cast: Cast, home: Path) -> None:
    statement = a_statement(cast, home)
    viewer = getattr(cast, who)

    with pytest.raises(NotPermitted):
        attest_statement(statement=statement, by=viewer, as_of=TODAY)
    with pytest.raises(NotPermitted):
        a_dispute(statement, viewer)


def test_a_point_names_its_ticket_and_keeps_its_evidence(cast: Cast, home: Path) -> None:
    statement = a_statement(cast, home)

    dispute = a_dispute(
        statement, cast.cleo, wording=a_wording(statement, item="T2"), files=[a_file()]
    )

    file = dispute.files.get()
    assert (dispute.item, dispute.side, file.file_name) == ("T2", "provider", "proof.txt")
    path = evidence_file_path(statement.engagement, file.stored_as)
    assert path.read_bytes() == b"proof"
    assert "proof" not in path.name
    entry = LedgerEntry.objects.get(action="dispute_statement")
    assert entry.payload["files"] == [file.digest]


def test_the_same_content_lies_there_once(cast: Cast, home: Path) -> None:
    statement = a_statement(cast, home)

    a_dispute(statement, cast.cleo, files=[a_file(), a_file(name="again.txt")])

    assert EvidenceFile.objects.count() == 2
    assert EvidenceFile.objects.values("stored_as").distinct().count() == 1


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ([a_file(b"")], "evidence.file-empty"),
        ([a_file(b"x" * (MOST_BYTES + 1))], "evidence.file-too-large"),
        ([a_file(bytes([n])) for n in range(6)], "evidence.too-many-files"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_is_refused_leaves_nothing(
    files: list[NewFile], code: str, cast: Cast, home: Path
) -> None:
    statement = a_statement(cast, home)

    with pytest.raises(FileRefused) as refused:
        a_dispute(statement, cast.cleo, files=files)

    assert (refused.value.code, refused.value.place) == (code, "evidence")
    assert not Dispute.objects.exists()
    assert not LedgerEntry.objects.filter(action="dispute_statement").exists()


def test_after_the_days_are_over_nothing_is_disputed(cast: Cast, home: Path) -> None:
    statement = a_statement(cast, home)

    with pytest.raises(TooLateToDispute, match="until 26 July 2026; now it counts as attested"):
        a_dispute(statement, cast.cleo, as_of=TODAY + timedelta(days=21))


def test_on_the_last_day_it_is_still_time(cast: Cast, home: Path) -> None:
    statement = a_statement(cast, home)

    assert a_dispute(statement, cast.cleo, as_of=TODAY + timedelta(days=20))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"item": "T999"}, "point.unknown-item"),
        ({"item": "T4"}, "point.unknown-item"),
        ({"component": "portal"}, "point.no-time-here"),
        ({"since": TODAY, "until": TODAY}, "point.no-time-here"),
    ],
)
def test_a_point_must_lie_behind_the_figure(
    changes: dict[str, Any], code: str, cast: Cast, home: Path
) -> None:
    statement = a_statement(cast, home)

    with pytest.raises(PointRefused) as refused:
        a_dispute(statement, cast.cleo, wording=a_wording(statement, **changes))

    assert refused.value.code == code


def test_a_measurement_of_another_statement_is_refused(cast: Cast, home: Path) -> None:
    statement = a_statement(cast, home)
    april = issue_statement(
        agreement=statement.agreement, window="2026-04", by=cast.ben, as_of=TODAY
    )
    other = april.measurements.first()

    with pytest.raises(NotOnTheStatement):
        a_dispute(statement, cast.cleo, wording=a_wording(statement, measurement=other))


def test_both_sentences_are_needed(cast: Cast, home: Path) -> None:
    statement = a_statement(cast, home)

    with pytest.raises(TextNeeded):
        a_dispute(statement, cast.cleo, wording=a_wording(statement, should_be=" "))


def test_attesting_settles_what_the_party_disputed(cast: Cast, home: Path) -> None:
    statement = a_statement(cast, home)
    a_dispute(statement, cast.cleo)

    attest_statement(statement=statement, by=cast.cleo, as_of=TODAY)

    assert standing_at(statement, TODAY).of("provider").answer is Stance.ATTESTED
    entry = LedgerEntry.objects.get(action="attest_statement")
    assert entry.sentence.endswith("; 1 disputed point is settled.")


def test_silence_is_never_written(cast: Cast, home: Path) -> None:
    statement = a_statement(cast, home)

    standing = standing_at(statement, TODAY + timedelta(days=21))

    assert standing.counts_as is Stance.ATTESTED
    assert not Attestation.objects.exists()
