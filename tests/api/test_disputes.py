"""Disputed points and the list of statements through the interface."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.actions.test_answers import a_dispute
from tests.cast import Cast
from tests.web.test_answers import a_fresh_statement, signed_in
from tests.web.test_disputes import a_fresh_dispute

pytestmark = pytest.mark.django_db

CLOSING = {"state": "settled", "text": "The client restates."}


def test_a_reply_is_given_with_its_evidence(cast: Cast, home: Path) -> None:
    dispute = a_fresh_dispute(cast, home)

    answer = signed_in(cast.ben).post(
        f"/api/disputes/{dispute.public_id}/reply",
        {"text": "No wait in the log.", "evidence": SimpleUploadedFile("log.txt", b"log")},
    )

    assert answer.status_code == 201, answer.content
    [reply] = answer.json()["replies"]
    assert (reply["side"], reply["text"]) == ("client", "No wait in the log.")
    assert [each["file_name"] for each in reply["files"]] == ["log.txt"]
    assert (answer.json()["state"], answer.json()["closed"]) == ("open", None)


def test_the_party_that_raised_a_point_closes_it(cast: Cast, home: Path) -> None:
    dispute = a_fresh_dispute(cast, home)
    path = f"/api/disputes/{dispute.public_id}"

    refused = signed_in(cast.ben).post(f"{path}/close", CLOSING, content_type="application/json")
    closed = signed_in(cast.cleo).post(f"{path}/close", CLOSING, content_type="application/json")
    read = signed_in(cast.ann).get(path).json()

    assert (refused.status_code, refused.json()["code"]) == (422, "dispute.not-yours")
    assert closed.status_code == 200, closed.content
    assert read["state"] == "settled"
    assert read["closed"]["text"] == "The client restates."


def test_a_stranger_knows_of_no_point(cast: Cast, home: Path) -> None:
    dispute = a_fresh_dispute(cast, home)

    answer = signed_in(cast.dan).get(f"/api/disputes/{dispute.public_id}")

    assert answer.status_code == 404


def test_the_list_tells_where_each_statement_stands(cast: Cast, home: Path) -> None:
    statement = a_fresh_statement(cast, home)
    client = signed_in(cast.ben)
    path = f"/api/statements/{statement.public_id}/attest"
    checkpoint = client.post(path).json()["files"]["checkpoint"]
    a_dispute(statement, cast.cleo, as_of=datetime.now(UTC))

    [line] = client.get(f"/api/engagements/{statement.engagement.public_id}/statements").json()[
        "items"
    ]

    standing = line["standing"]
    assert standing["counts_as"] == "disputed"
    assert [(each["party"], each["answer"]) for each in standing["positions"]] == [
        ("Baltic Desk", "disputed"),
        ("Nordwind Energy", "attested"),
    ]
    assert [(each["party"], each["task"]) for each in standing["turns"]] == [
        ("Nordwind Energy", "restate")
    ]
    assert client.get(checkpoint).headers["Content-Type"] == "text/plain; charset=utf-8"
