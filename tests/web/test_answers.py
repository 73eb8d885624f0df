"""What the parties say of a statement, as its page shows it and as forms ask for it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tallystick.actions.attest_statement import attest_statement
from tallystick.records.attestations import Attestation, Dispute
from tallystick.records.evidence_files import EvidenceFile
from tallystick.records.statements import Statement
from tallystick.records.viewer import Viewer
from tallystick.web.components.words import day
from tests.actions.test_answers import a_dispute, a_file
from tests.actions.test_measure_and_state import a_measured_engagement, a_statement
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def signed_in(viewer: Viewer) -> Client:
    """Return a browser in which someone is signed in."""
    client = Client()
    client.force_login(viewer.person)
    return client


def a_fresh_statement(cast: Cast, home: Path, days: int = 3) -> Statement:
    """Return a statement that was issued some days before now."""
    statement = a_statement(cast, home)
    statement.issued_at = datetime.now(UTC) - timedelta(days=days)
    statement.save()
    return statement


def page_of(statement: Statement, viewer: Viewer) -> str:
    """Return a statement's page as text."""
    answer = signed_in(viewer).get(reverse("statement", args=[statement.public_id]))
    return answer.content.decode()


def test_the_page_says_whose_turn_it_is_and_since_when(cast: Cast, home: Path) -> None:
    statement = a_fresh_statement(cast, home)
    attest_statement(statement=statement, by=cast.ben, as_of=datetime.now(UTC))

    text = page_of(statement, cast.ann)

    since, until = statement.issued_at, statement.issued_at + timedelta(days=20)
    assert f"Waiting for Baltic Desk since {day(since.date())} (3 days), until" in text
    assert f"{until.year}" in text
    assert "Attest the statement" not in text


def test_a_click_attests_for_ones_own_party(cast: Cast, home: Path) -> None:
    statement = a_fresh_statement(cast, home)

    answer = signed_in(cast.cleo).post(reverse("statement_attest", args=[statement.public_id]))

    assert answer.headers["Location"] == reverse("statement", args=[statement.public_id])
    assert Attestation.objects.get().side == "provider"
    assert "Attest the statement" not in page_of(statement, cast.cleo)
    assert "Attest the statement" in page_of(statement, cast.ben)


def test_a_second_click_says_that_it_was_attested(cast: Cast, home: Path) -> None:
    statement = a_fresh_statement(cast, home)
    client = signed_in(cast.cleo)
    path = reverse("statement_attest", args=[statement.public_id])
    client.post(path)

    answer = client.post(path, follow=True)

    assert "Baltic Desk has attested the statement" in answer.content.decode()
    assert Attestation.objects.count() == 1


def test_what_went_by_in_silence_is_shown_as_such(cast: Cast, home: Path) -> None:
    statement = a_fresh_statement(cast, home, days=40)

    text = page_of(statement, cast.cleo)

    assert "Counts as attested" in text
    assert "counts as attested." in text
    assert "Dispute a point" not in text


def test_a_point_is_disputed_with_its_evidence(cast: Cast, home: Path) -> None:
    statement = a_fresh_statement(cast, home)
    measurement = statement.measurements.get(service_level="resolution")
    given = {
        "measurement": measurement.public_id,
        "item": "T2",
        "what_is_wrong": "T2 waited for the caller.",
        "should_be": "T2 in time.",
        "evidence": [
            SimpleUploadedFile("mail.txt", b"one"),
            SimpleUploadedFile("../log.html", b"<script>"),
        ],
    }

    answer = signed_in(cast.cleo).post(
        reverse("statement_dispute", args=[statement.public_id]), given
    )

    assert answer.status_code == 302
    assert Dispute.objects.get().item == "T2"
    text = page_of(statement, cast.ben)
    assert "T2 waited for the caller." in text
    assert "Disputes 1 point" in text
    assert "Waiting for Nordwind Energy since" in text
    assert [each.file_name for each in EvidenceFile.objects.order_by("id")] == [
        "mail.txt",
        "log.html",
    ]


def test_a_refused_dispute_says_why_beside_the_field(cast: Cast, home: Path) -> None:
    statement = a_fresh_statement(cast, home)
    measurement = statement.measurements.get(service_level="resolution")
    given = {
        "measurement": measurement.public_id,
        "item": "T999",
        "what_is_wrong": "It is wrong.",
        "should_be": "Right.",
    }

    answer = signed_in(cast.cleo).post(
        reverse("statement_dispute", args=[statement.public_id]), given
    )

    assert answer.status_code == 422
    assert "No ticket" in answer.context["form"].errors["item"][0]
    assert "It is wrong." in answer.content.decode()


def test_an_evidence_file_is_a_download_for_both_parties_alone(cast: Cast, home: Path) -> None:
    statement = a_statement(cast, home)
    file = a_dispute(statement, cast.cleo, files=[a_file(b"<b>", "x.html")]).files.get()
    path = reverse("evidence_file", args=[file.public_id])

    for who in (cast.cleo, cast.ann):
        answer = signed_in(who).get(path)
        assert b"".join(answer) == b"<b>"
        assert answer.headers["Content-Disposition"] == 'attachment; filename="x.html"'
        assert answer.headers["Content-Type"] == "application/octet-stream"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert signed_in(cast.dan).get(path).status_code == 404


def test_who_left_the_organisation_no_longer_attests(cast: Cast, home: Path) -> None:
    statement = a_fresh_statement(cast, home)
    client = signed_in(cast.cleo)
    cast.cleo.person.memberships.update(ended_at=datetime.now(UTC))

    answer = client.post(reverse("statement_attest", args=[statement.public_id]))

    assert answer.status_code == 302
    assert "sign-in" in answer.headers["Location"]
    assert not Attestation.objects.exists()


def test_a_month_without_data_reads_as_no_data(cast: Cast, home: Path) -> None:
    agreement = a_measured_engagement(cast, home)
    client = signed_in(cast.ben)
    client.post(
        reverse("statement_issue", args=[agreement.engagement.public_id]),
        {"agreement": agreement.public_id, "window": "2026-04"},
    )

    text = page_of(Statement.objects.get(), cast.cleo)

    assert "Nothing due" in text
    assert "0.00%" not in text
    assert "100.00%" not in text
