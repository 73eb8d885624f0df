"""Attesting and disputing a statement through the interface."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tallystick.records.viewer import Viewer
from tests.actions.test_measure_and_state import a_statement
from tests.cast import Cast
from tests.web.test_answers import a_fresh_statement

pytestmark = pytest.mark.django_db


def signed_in(viewer: Viewer) -> Client:
    """Return a program that calls in the name of a person."""
    client = Client()
    client.force_login(viewer.person)
    return client


def test_a_party_attests_and_the_answer_says_who_is_next(cast: Cast, home: Path) -> None:
    statement = a_fresh_statement(cast, home)

    answer = signed_in(cast.cleo).post(f"/api/statements/{statement.public_id}/attest")

    standing = answer.json()["standing"]
    assert answer.status_code == 200
    assert [(each["side"], each["answer"]) for each in standing["positions"]] == [
        ("provider", "attested"),
        ("client", "open"),
    ]
    assert [(each["party"], each["task"]) for each in standing["turns"]] == [
        ("Nordwind Energy", "answer")
    ]


def test_a_point_is_disputed_with_its_evidence(cast: Cast, home: Path) -> None:
    statement = a_fresh_statement(cast, home)
    measurement = statement.measurements.get(service_level="resolution")
    client = signed_in(cast.cleo)

    answer = client.post(
        f"/api/statements/{statement.public_id}/dispute",
        {
            "measurement": measurement.public_id,
            "item": "T2",
            "what_is_wrong": "It waited for the caller.",
            "should_be": "In time.",
            "evidence": SimpleUploadedFile("mail.txt", b"proof"),
        },
    )

    assert answer.status_code == 201, answer.content
    [dispute] = answer.json()["disputes"]
    assert (dispute["item"], dispute["side"]) == ("T2", "provider")
    download = client.get(dispute["files"][0]["address"])
    assert b"".join(download) == b"proof"


def test_a_late_dispute_is_refused_with_its_limit(cast: Cast, home: Path) -> None:
    statement = a_statement(cast, home)
    measurement = statement.measurements.first()
    assert measurement is not None

    answer = signed_in(cast.cleo).post(
        f"/api/statements/{statement.public_id}/dispute",
        {"measurement": measurement.public_id, "what_is_wrong": "No.", "should_be": "Yes."},
    )

    assert answer.status_code == 422
    problem = answer.json()
    assert problem["code"] == "statement.too-late-to-dispute"
    assert "26 July 2026" in problem["message"]
