"""What the history page hands out is in the interface as well, byte for byte."""

import pytest

from tallystick.engine.ledger.verifying import Handed, verify_export
from tests.api.conftest import Stage

pytestmark = pytest.mark.django_db


def test_both_parties_get_the_same_signed_head(stage: Stage) -> None:
    path = f"/engagements/{stage.ids()['engagement_id']}/checkpoint"

    heads = [stage.program(who).get(path) for who in ("sourcing lead", "delivery lead")]

    assert heads[0] == heads[1]
    assert heads[0]["note"].startswith(f"{heads[0]['ledger']}\n{heads[0]['size']}\n")


def test_statements_and_agreements_hand_out_checkpoints(stage: Stage) -> None:
    engagement = stage.ids()["engagement_id"]
    provider = stage.program("delivery lead")

    handed = provider.get(f"/engagements/{engagement}/checkpoints")["items"]

    acts = provider.get(f"/engagements/{engagement}/history?limit=200")["items"]
    signing = {"record_agreement", "issue_statement", "sign_review"}
    signed = {each["number"] for each in acts if each["action"] in signing}
    assert {each["size"] for each in handed} == signed


def test_the_ledger_verifies_without_the_server(stage: Stage) -> None:
    engagement = stage.ids()["engagement_id"]
    provider = stage.program("delivery lead")
    head = provider.get(f"/engagements/{engagement}/checkpoint")

    answer = provider.asks(f"/engagements/{engagement}/ledger")

    lines = b"".join(answer).splitlines(keepends=True)  # type: ignore[arg-type]
    report = verify_export(lines, [Handed(head["note"], "kept")], head["key"])
    assert answer["Content-Type"] == "application/jsonl"
    assert (report.sound, report.head.root_text) == (True, head["root"])


def test_an_organisation_gets_its_own_ledger(stage: Stage) -> None:
    client, provider = stage.program(), stage.program("delivery lead")

    own = [program.get("/checkpoint")["ledger"] for program in (client, provider)]

    assert own[0] != own[1]
    lines = b"".join(client.asks("/ledger")).splitlines(keepends=True)  # type: ignore[arg-type]
    assert verify_export(lines).sound
