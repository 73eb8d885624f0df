"""Issues, the ladder and the echo through the API: the same steps and the same words."""

import json
from typing import Any

import pytest

from tallystick.records.issues import Issue
from tallystick.records.roles import Side
from tallystick.records.viewer import Viewer
from tests.actions.escalating import Table
from tests.actions.test_measure_and_state import an_agreement
from tests.cast import Cast, an_engagement
from tests.web.pages import signed_in

pytestmark = pytest.mark.django_db


def act(viewer: Viewer, path: str, status: int, **body: Any) -> Any:
    """Return what an operation answers to a body."""
    client = signed_in(viewer)
    answer = client.post(f"/api{path}", json.dumps(body), content_type="application/json")
    assert answer.status_code == status, answer.content
    return answer.json()


def read(viewer: Viewer, path: str) -> Any:
    """Return what an operation gives."""
    answer = signed_in(viewer).get(f"/api{path}")
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_an_issue_from_end_to_end() -> None:
    table = Table()
    table.ladder()
    home = f"/engagements/{table.engagement.public_id}"
    words = {"title": "Slow", "what_happened": "All week.", "cost": "12.50", "currency": "EUR"}
    raised = act(table.ada, f"{home}/issues/raise", 201, **words)
    assert (raised["waits"]["side"], raised["waits"]["level"]) == ("provider", 1)
    here = f"/issues/{raised['id']}"
    assert act(table.ada, f"{here}/answer", 422, words="Hm.")["code"] == "issue.not-your-turn"
    answered = act(table.mia, f"{here}/answer", 200, words="We look.")
    assert answered["waits"]["side"] == "client"
    assert act(table.mia, f"{here}/escalate", 200, words="Now.")["waits"]["level"] == 2
    assert act(table.ada, f"{here}/resolve", 200, resolution="Done.")["waits"] is None
    assert act(table.mia, f"{here}/close", 422)["code"] == "issue.not-yours-to-close"
    assert act(table.ada, f"{here}/close", 200)["state"] == "closed"
    assert act(table.ada, f"{here}/reopen", 200, words="Again.")["state"] == "open"
    (listed,) = read(table.mia, f"{home}/issues")["items"]
    assert [each["ended"] for each in listed["turns"]] == ["answered", "by-hand", "resolved", None]


@pytest.mark.parametrize("cost", ["NaN", "-1", "1e400"])
def test_a_cost_that_is_none_stores_nothing(cost: str) -> None:
    table = Table()
    path = f"/engagements/{table.engagement.public_id}/issues/raise"
    act(table.ada, path, 422, title="A", what_happened="B", cost=cost, currency="EUR")
    assert not Issue.objects.exists()


def test_the_ladder_tells_its_gaps() -> None:
    table = Table()
    home = f"/engagements/{table.engagement.public_id}"
    ours = table.post("Ours", Side.CLIENT, table.ola)
    body = {"level": 1, "client_post": ours.public_id, "respond_minutes": 60}
    act(table.ada, f"{home}/ladder/level", 200, **body)
    (level,) = read(table.mia, f"{home}/ladder")["levels"]
    assert [each["place"] for each in level["gaps"]] == ["client", "provider", "channel"]
    tried = {"tested_on": "2026-07-01", "result": "somebody-silent", "words": "Level 1."}
    act(table.mia, f"{home}/ladder/tests", 201, **tried)
    assert read(table.ada, f"{home}/ladder")["tests"][0]["words"] == "Level 1."
    wrong = act(table.ada, f"{home}/ladder/level", 422, level=9)
    assert wrong["code"] == "ladder.part-refused"


def test_the_delivery_lead_echoes(cast: Cast) -> None:
    agreement = an_agreement(an_engagement(), cast)
    home = f"/engagements/{agreement.engagement.public_id}"
    (waiting,) = read(cast.ada, f"{home}/echoes")["changes"]
    assert waiting["word"] is None
    said = {"kind": "agreement", "of": waiting["of"], "words": "Known."}
    (heard,) = act(cast.cleo, f"{home}/echoes/give", 201, **said)["changes"]
    assert heard["word"]["words"] == "Known."
    assert act(cast.cleo, f"{home}/echoes/give", 422, **said)["code"] == "echo.already-given"
