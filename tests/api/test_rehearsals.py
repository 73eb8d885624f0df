"""Programs see what a document leaves open and how it would have fared; nothing is stored."""

from decimal import Decimal

from tallystick.records.measurements import Measurement
from tests.api.conftest import Stage
from tests.cast import an_agreement_document

AHEAD = {"from": "2030-01-01", "until": "2031-01-01"}


def path_of(stage: Stage, what: str) -> str:
    return f"/engagements/{stage.ids()['engagement_id']}/agreements/{what}"


def test_a_program_is_told_what_a_document_leaves_open(stage: Stage) -> None:
    answer = stage.program().posts(path_of(stage, "lint"), document=an_agreement_document())

    codes = [each["code"] for each in answer.json()["findings"]]
    assert answer.status_code == 200
    assert "dealings.renewal-unsaid" in codes


def test_what_is_no_agreement_has_blockers(stage: Stage) -> None:
    answer = stage.program().posts(path_of(stage, "lint"), document={"agreement": 1})

    found = answer.json()["findings"]
    assert {each["severity"] for each in found} == {"blocker"}
    assert {each["code"] for each in found} == {"agreement.missing-key"}


def test_a_rehearsal_stands_beside_what_is_in_force_and_stores_nothing(stage: Stage) -> None:
    before = Measurement.objects.count()
    document = an_agreement_document(in_force=AHEAD)

    answer = stage.program().posts(path_of(stage, "rehearse"), document=document)

    told = answer.json()
    assert answer.status_code == 200, answer.content
    assert [each["service_level"] for each in told["as_written"]["levels"]] == [
        "response",
        "resolution",
    ]
    march = {each["window"]: each for each in told["as_written"]["levels"][0]["windows"]}["2026-03"]
    assert (march["numerator"], march["denominator"], march["verdict"]) == (2, 3, "missed")
    assert Decimal(told["as_written"]["credits"]) == 0
    assert told["in_force"] is not None
    assert Measurement.objects.count() == before


def test_a_document_that_is_no_agreement_cannot_be_rehearsed(stage: Stage) -> None:
    answer = stage.program().posts(path_of(stage, "rehearse"), document={"agreement": 1})

    assert answer.status_code == 422
    assert answer.json()["code"] == "agreement.missing-key"
