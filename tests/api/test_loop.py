"""The data's way, walked by a program from a file to a guardrail on the next engagement."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.actions.test_signals import OUTAGES, TWO_OPEN, a_mapping
from tests.api.conftest import Program, Stage
from tests.cast import EVENT_LOG, EVENT_LOG_MAPPING, an_agreement_document, an_engagement

pytestmark = pytest.mark.django_db

SOON = (datetime.now(UTC) + timedelta(days=30)).date().isoformat()
PLAN = {
    "name": "Payroll",
    "scope": "Support of payroll.",
    "service_type": "application-support",
    "starts_on": "2027-01-01",
    "ends_on": "2029-12-31",
}
LESSON = {
    "title": "Name the holidays",
    "context": "A service desk.",
    "what_happened": "Easter counted.",
    "root_cause": "A template.",
    "effect": "Three quarrels.",
    "preventive_action": "Write them down.",
    "stages": ["define"],
}
GUARDRAIL = {
    "title": "Every objective has a unit",
    "stage": "define",
    "severity": "blocker",
    "condition": "objectives.all(o, o.unit != null)",
    "rationale": "It matters.",
    "remedy": "Name the unit.",
}


def made(program: Program, path: str, **values: Any) -> Any:
    """Return what a POST made; it must be 201."""
    answer = program.posts(path, **values)
    assert answer.status_code == 201, answer.content
    return answer.json()


def upload(program: Program, engagement: str, **about: str) -> Any:
    """Return the answer to an import of the small event log."""
    file = SimpleUploadedFile("tickets.csv", EVENT_LOG.encode())
    fields = {"file": file, "mapping": json.dumps(EVENT_LOG_MAPPING)} | about
    return program.client.post(f"/api/engagements/{engagement}/imports/file", fields)


def test_a_dry_run_tells_what_an_import_would_do_and_stores_nothing(stage: Stage) -> None:
    program, engagement = stage.program(), an_engagement(name="By program").public_id
    file = SimpleUploadedFile("tickets.csv", f"{EVENT_LOG}T9,never,New,P1\n".encode())
    fields = {"file": file, "mapping": json.dumps(EVENT_LOG_MAPPING)}

    answer = program.client.post(f"/api/engagements/{engagement}/imports/dry-run", fields).json()

    assert (answer["read"], answer["accepted"], answer["rejected"]) == (15, 14, 1)
    assert answer["rejected_rows"][0]["line"] == 16
    assert answer["warning"] == ""
    assert program.get(f"/engagements/{engagement}/imports")["count"] == 0


def test_outages_without_an_end_are_told_by_dry_run_and_import(stage: Stage) -> None:
    program, engagement = stage.program(), an_engagement(name="By program").public_id
    mapping = json.dumps(a_mapping().document())

    told = []
    for operation in ("dry-run", "file"):
        file = SimpleUploadedFile("outages.csv", (OUTAGES + TWO_OPEN).encode())
        path = f"/api/engagements/{engagement}/imports/{operation}"
        answer = program.client.post(path, {"file": file, "mapping": mapping}).json()
        told.append((answer["open_outages"], answer["warning"]))

    said = "2 outages have no end yet: each counts as down until a later file tells one."
    assert told == [(2, said), (2, said)]


def a_measured_engagement(program: Program) -> str:
    """Return the id of an engagement with an agreement, data and measurements."""
    engagement = an_engagement(name="By program").public_id
    at = f"/engagements/{engagement}"
    document = an_agreement_document()
    made(program, f"{at}/agreements/record", document=document, signed_on="2026-07-01")
    assert upload(program, engagement).status_code == 201
    assert len(program.posts(f"{at}/measure").json()["measurements"]) > 0
    return engagement


def a_reviewed_statement(program: Program, engagement: str) -> Any:
    """Return the review of the engagement's March, everything confirmed."""
    at = f"/engagements/{engagement}"
    agreement = program.get(f"{at}/agreements")["items"][0]["id"]
    statement = made(program, f"{at}/statements/issue", agreement=agreement, window="2026-03")
    verdicts = [
        {"finding": each["key"], "decision": "confirmed"} for each in statement["proposed_findings"]
    ]
    return made(program, f"/statements/{statement['id']}/review", verdicts=verdicts)


def test_a_file_becomes_figures_a_statement_and_a_review(stage: Stage) -> None:
    program = stage.program()
    engagement = a_measured_engagement(program)

    review = a_reviewed_statement(program, engagement)

    assert [finding["code"] for finding in review["findings"]] == ["DEL001", "DEL001"]
    assert review["window"] == "2026-03"


def test_a_finding_becomes_a_lesson_and_a_guardrail_that_shuts_the_next_gate(
    stage: Stage,
) -> None:
    program = stage.program()
    review = a_reviewed_statement(program, a_measured_engagement(program))
    finding = review["findings"][0]["id"]

    lesson = made(program, "/lessons/publish", **LESSON, finding=finding)
    rail = made(program, f"/lessons/{lesson['id']}/guardrail", **GUARDRAIL)
    planned = made(program, "/engagements/plan", **PLAN)
    made(program, f"/engagements/{planned['id']}/objectives/state", statement="Pay on time")
    refused = program.posts(f"/engagements/{planned['id']}/gate/pass", stage="define")
    found = program.get(f"/engagements/{planned['id']}/findings?limit=200")["items"]

    assert lesson["came_from"]["finding"] == finding
    assert refused.json()["code"] == "gate.closed"
    assert rail["code"] in {each["code"] for each in found if each["blocking"]}


def test_a_gate_named_wrongly_is_not_passed(stage: Stage) -> None:
    program = stage.program()
    planned = made(program, "/engagements/plan", **PLAN)

    answer = program.posts(f"/engagements/{planned['id']}/gate/pass", stage="select")

    assert answer.status_code == 422
    assert answer.json()["code"] == "gate.other-stage"


def test_the_same_file_again_changes_nothing_and_says_so(stage: Stage) -> None:
    program = stage.program()
    engagement = a_measured_engagement(program)

    again = upload(program, engagement).json()

    assert (again["read"], again["accepted"], again["unchanged"]) == (14, 0, 14)


def test_a_time_without_a_zone_is_refused(stage: Stage) -> None:
    answer = upload(
        stage.program(), stage.ids()["engagement_id"], complete_until="2026-06-01T00:00:00"
    )

    assert answer.status_code == 422
    assert answer.json()["place"] == "complete_until"


def test_an_answer_to_a_lesson_stands_among_the_dispositions(stage: Stage) -> None:
    program, ids = stage.program(), stage.ids()
    at = f"/engagements/{ids['engagement_id']}"

    answer = program.posts(
        f"{at}/lessons/{ids['lesson_id']}/answer",
        answer="deferred",
        note="Not before the audit.",
        deferred_until=SOON,
        owner=stage.viewer("sourcing lead").person.public_id,
    )
    told = {each["lesson"]: each for each in program.get(f"{at}/dispositions")["items"]}

    assert answer.status_code == 200
    assert told[ids["lesson_id"]]["deferred_until"] == SOON


def test_an_acknowledged_objective_says_so(stage: Stage) -> None:
    provider, ids = stage.program("delivery lead"), stage.ids()

    answer = provider.posts(f"/objectives/{ids['objective_id']}/acknowledge")
    again = provider.posts(f"/objectives/{ids['objective_id']}/acknowledge")

    assert answer.json()["acknowledged"] is True
    assert again.json()["code"] == "objective.already-acknowledged"


def test_an_objective_of_another_engagement_is_not_amended(stage: Stage) -> None:
    other = stage.ids("nordwind-kestrel")["objective_id"]

    answer = stage.program().posts(
        f"/engagements/{stage.ids()['engagement_id']}/objectives/state",
        statement="Mine now",
        amends=other,
    )

    assert answer.status_code == 422
    assert answer.json()["place"] == "amends"


@pytest.mark.parametrize(
    "path", ["/lessons/{lesson_id}/share", "/engagements/{engagement_id}/provider"]
)
def test_a_provider_that_does_not_exist_is_named_as_the_fault(path: str, stage: Stage) -> None:
    answer = stage.program().posts(
        path.format(**stage.ids()),
        provider="zzzzzzzzzzzz",
        **({"reason": "x"} if "provider" in path else {}),
    )

    assert answer.status_code == 422
    assert answer.json()["place"] == "provider"
