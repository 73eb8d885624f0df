"""The session at the programs' door: who is calling, and the token of every POST."""

import pytest
from django.test import Client

from tests.api.conftest import Program, Stage

pytestmark = pytest.mark.django_db


def a_strict_program(stage: Stage, who: str = "sourcing lead") -> Program:
    """Return a program whose CSRF tokens are looked at, as outside of tests."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(stage.viewer(who).person)
    return Program(client)


def notes_path(stage: Stage) -> str:
    """Return where notes are written."""
    return f"/engagements/{stage.ids()['engagement_id']}/notes/write"


def test_a_session_says_who_is_calling(stage: Stage) -> None:
    session = stage.program("delivery lead").get("/session")

    assert session["organisation"]["name"] == "Baltic Desk"
    assert session["role"] == "delivery-lead"
    assert "acknowledge an objective" in session["duties"]
    assert "measure service levels" not in session["duties"]


def test_a_post_without_the_token_is_refused(stage: Stage) -> None:
    answer = a_strict_program(stage).posts(notes_path(stage), text="Forged.")

    assert answer.status_code == 403
    assert answer.json()["code"] == "request.forged"


def test_a_post_with_the_token_of_the_session_is_done(stage: Stage) -> None:
    program = a_strict_program(stage)
    token = program.get("/session")["csrf_token"]

    answer = program.client.post(
        f"/api{notes_path(stage)}",
        {"text": "Ours."},
        content_type="application/json",
        headers={"X-CSRFToken": token},
    )

    assert answer.status_code == 201


def test_the_token_of_another_session_does_not_serve(stage: Stage) -> None:
    token = a_strict_program(stage, "evaluator").get("/session")["csrf_token"]

    answer = a_strict_program(stage).client.post(
        f"/api{notes_path(stage)}",
        {"text": "Borrowed."},
        content_type="application/json",
        headers={"X-CSRFToken": token},
    )

    assert answer.status_code == 403
