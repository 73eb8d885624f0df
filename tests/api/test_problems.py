"""How an operation declines: one shape, the right status, nothing told that is hidden."""

import json
from typing import Any

import pytest
from django.test import Client

from tests.access.world import ABSENT
from tests.api.conftest import Stage
from tests.cast import an_agreement_document

pytestmark = pytest.mark.django_db

SHAPE = {"code", "message", "place", "remedy"}


def test_hidden_and_absent_objects_get_the_same_bytes(stage: Stage) -> None:
    program = stage.program("delivery lead")
    hidden = stage.ids("nordwind-kestrel")["engagement_id"]

    one = program.asks(f"/engagements/{hidden}")
    two = program.asks(f"/engagements/{ABSENT}")

    assert one.status_code == two.status_code == 404
    assert one.content == two.content
    assert set(json.loads(one.content)) == SHAPE


def test_a_body_is_not_looked_at_before_the_object_is_found(stage: Stage) -> None:
    hidden = stage.ids("southwind-kestrel")["engagement_id"]

    answer = stage.program().posts(f"/engagements/{hidden}/notes/write", unknown=1)

    assert answer.status_code == 404


def test_an_identifier_with_a_nul_is_not_found(stage: Stage) -> None:
    answer = stage.program().asks("/engagements/%00")

    assert answer.status_code == 404


def test_a_refusal_of_an_action_is_answered_with_code_and_remedy(stage: Stage) -> None:
    ids = stage.ids()

    answer = stage.program().posts(
        f"/engagements/{ids['engagement_id']}/statements/issue",
        agreement=ids["agreement_id"],
        window="2026-03",
    )

    assert answer.status_code == 422
    assert answer.json()["code"] == "statement.already-issued"
    assert answer.json()["remedy"]


def test_a_role_without_the_duty_is_refused_with_403(stage: Stage) -> None:
    answer = stage.program("auditor").posts(
        f"/engagements/{stage.ids()['engagement_id']}/notes/write", text="No."
    )

    assert answer.status_code == 403
    assert answer.json()["code"] == "not-permitted"


def test_every_fault_of_a_body_is_named(stage: Stage) -> None:
    answer = stage.program().posts("/engagements/plan", name=" ", nmae="x")
    problem = answer.json()
    places = {problem["place"], *(other["place"] for other in problem["others"])}

    assert answer.status_code == 422
    assert problem["code"] == "request.invalid"
    assert places == {"name", "nmae", "service_type", "starts_on", "ends_on"}


def test_every_fault_of_an_agreement_document_is_named(stage: Stage) -> None:
    answer = stage.program().posts(
        f"/engagements/{stage.ids()['engagement_id']}/agreements/record",
        document=an_agreement_document(zone="Mars/Base", version=0, title=""),
        signed_on="2026-07-01",
    )

    problem = answer.json()
    places = {problem["place"], *(other["place"] for other in problem["others"])}
    assert answer.status_code == 422
    assert places >= {"title", "version", "zone"}


def test_a_misspelt_parameter_is_refused(stage: Stage) -> None:
    path = f"/engagements/{stage.ids()['engagement_id']}/measurements?verdit=missed"

    answer = stage.program().asks(path)

    assert answer.status_code == 422
    assert answer.json()["code"] == "request.unknown-parameter"
    assert "verdict" in answer.json()["remedy"]


@pytest.mark.parametrize("query", ["limit=0", "limit=201", "offset=-1", "offset=" + "9" * 30])
def test_a_page_out_of_bounds_is_refused(query: str, stage: Stage) -> None:
    answer = stage.program().asks(f"/lessons?{query}")

    assert answer.status_code == 422
    assert answer.json()["place"] in {"limit", "offset"}


@pytest.mark.parametrize(
    "body", [b"", b"{", b'{"text": NaN}', b'{"text": "a\\u0000"}', b'{"text": "\\ud800"}', b"\xff"]
)
def test_a_body_that_is_no_json_is_refused(body: bytes, stage: Stage) -> None:
    path = f"/api/engagements/{stage.ids()['engagement_id']}/notes/write"

    answer = stage.program().client.post(path, body, content_type="application/json")

    assert answer.status_code == 422
    assert set(answer.json()) >= SHAPE


def test_a_json_body_that_is_too_large_is_refused(stage: Stage, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    path = f"/engagements/{stage.ids()['engagement_id']}/notes/write"

    answer = stage.program().posts(path, text="x" * 200)

    assert answer.status_code == 413
    assert answer.json()["code"] == "request.too-big"


def test_nobody_is_asked_to_sign_in_with_401(db: None) -> None:
    answer = Client().get("/api/engagements")

    assert answer.status_code == 401
    assert set(answer.json()) == SHAPE
