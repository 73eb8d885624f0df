"""The API gives the figures that the pages show, and each viewer what that viewer may see."""

import json
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tallystick.engine.guardrails import read_snapshot
from tallystick.web.components.words import percent
from tests.actions.test_measure_and_state import a_renewed_agreement
from tests.api.conftest import Program, Stage
from tests.cast import Cast, an_engagement
from tests.web.pages import a_lesson, page, queries_for, signed_in, text_of

pytestmark = pytest.mark.django_db


def page_text(program: Program, route: str, identifier: str) -> str:
    """Return a page's HTML, as the program's person sees it."""
    answer = program.client.get(reverse(route, args=[identifier]))
    assert answer.status_code == 200
    return answer.content.decode()


def shown(measurement: dict[str, Any]) -> str:
    """Return a measurement's share as pages write it."""
    if not measurement["denominator"]:
        return percent(None)
    return percent(Fraction(measurement["numerator"], measurement["denominator"]))


@pytest.mark.parametrize("who", ["sourcing lead", "delivery lead"])
def test_a_statements_figures_are_those_of_its_page(who: str, stage: Stage) -> None:
    program = stage.program(who)
    reviewed = program.get(f"/reviews/{stage.ids()['review_id']}")["statement"]

    statement = program.get(f"/statements/{reviewed}")
    text = page_text(program, "statement", reviewed)

    assert len(statement["measurements"]) == 3
    for measurement in statement["measurements"]:
        assert measurement["name"] in text
        assert shown(measurement) in text
    assert statement["agreement_digest"] in text


@pytest.mark.parametrize("who", ["sourcing lead", "delivery lead"])
def test_a_measurements_figures_are_those_of_its_page(who: str, stage: Stage) -> None:
    program, ids = stage.program(who), stage.ids()
    every = program.get(f"/engagements/{ids['engagement_id']}/measurements?limit=200")["items"]
    measurement = next(each for each in every if each["id"] == ids["measurement_id"])

    text = page_text(program, "measurement", measurement["id"])

    assert shown(measurement) in text
    assert f"{measurement['numerator']} of {measurement['denominator']}" in text
    assert all(used["id"] in text for used in measurement["imports"])


def test_the_items_of_a_measurement_add_up_to_its_figures(stage: Stage) -> None:
    program, ids = stage.program(), stage.ids()
    every = program.get(f"/engagements/{ids['engagement_id']}/measurements?limit=200")["items"]
    measurement = next(each for each in every if each["id"] == ids["measurement_id"])

    items = program.get(f"/measurements/{measurement['id']}/items")["items"]

    verdicts = [item["verdict"] for item in items]
    assert verdicts.count("met") == measurement["numerator"]
    assert verdicts.count("met") + verdicts.count("missed") == measurement["denominator"]


def test_the_working_of_an_item_adds_up_to_its_figure(stage: Stage) -> None:
    program, ids = stage.program(), stage.ids()

    working = program.get(f"/measurements/{ids['measurement_id']}/working?id=T3")

    counted = [each["seconds"] for each in working["intervals"] if each["kind"] == "counted"]
    paused = [each["seconds"] for each in working["intervals"] if each["kind"] == "paused"]
    assert sum(counted) == working["counted"]
    assert sum(paused) == working["paused"] > 0


def test_more_items_are_announced(stage: Stage) -> None:
    path = f"/measurements/{stage.ids()['measurement_id']}/items"

    first = stage.program().get(f"{path}?limit=1")
    rest = stage.program().get(f"{path}?limit=200&offset=1")

    assert first["more"] is True
    assert rest["more"] is False
    assert first["items"][0]["id"] not in {item["id"] for item in rest["items"]}


def test_a_provider_is_not_told_what_a_review_will_discuss(stage: Stage) -> None:
    unreviewed = f"/statements/{stage.ids()['statement_id']}"

    client = stage.program().get(unreviewed)
    provider = stage.program("delivery lead").get(unreviewed)

    assert provider["proposed_findings"] == []
    assert client["review"] is provider["review"] is None


def test_a_provider_sees_nothing_private_of_a_shared_lesson(stage: Stage) -> None:
    path = f"/lessons/{stage.ids()['shared_lesson_id']}"

    told = stage.program("delivery lead").get(path)

    assert told["shared_with"] == told["guardrails"] == told["dispositions"] == []


def test_a_provider_does_not_see_the_gates_before_its_award(stage: Stage) -> None:
    told = stage.program("delivery lead").get(f"/engagements/{stage.ids()['engagement_id']}")

    assert {gate["stage"] for gate in told["gates"]} & {"define", "select"} == set()


def test_a_search_says_which_words_it_matched(stage: Stage) -> None:
    a_lesson(stage.viewer("sourcing lead"))

    found = stage.program().get("/lessons?q=holiday+calendars")

    assert found["items"][0]["title"] == "Name the holidays"
    assert found["items"][0]["matched"] == ["holiday", "calendars"]
    assert found["items"][0]["why"].startswith("Has holiday, calendars in its ")
    assert any(piece["is_match"] for piece in found["items"][0]["passages"][0]["pieces"])


def test_the_snapshot_is_a_document_that_check_reads(stage: Stage) -> None:
    document = stage.program().get(f"/engagements/{stage.ids()['engagement_id']}/snapshot")

    assert read_snapshot(document).id == stage.ids()["engagement_id"]


def test_the_snapshot_is_that_of_the_page_while_a_renewal_waits(cast: Cast) -> None:
    engagement = an_engagement()
    held = a_renewed_agreement(engagement, cast, datetime.now(UTC).date())

    told = Program(signed_in(cast.ada)).get(f"/engagements/{engagement.public_id}/snapshot")
    downloaded = json.loads(text_of(page(cast.ada, "snapshot", engagement.public_id)))

    assert told["agreement"] == downloaded["agreement"] == held.document


LISTS = ("objectives", "agreements", "imports", "measurements", "statements", "reviews", "history")


@pytest.mark.parametrize("noun", LISTS)
def test_a_list_costs_the_same_queries_for_one_row_and_for_many(noun: str, stage: Stage) -> None:
    program = stage.program()
    path = f"/api/engagements/{stage.ids()['engagement_id']}/{noun}"
    many = queries_for(program.client, path)

    with CaptureQueriesContext(connection) as seen:
        program.client.get(f"{path}?limit=1")

    assert len(seen) == many


def test_a_page_of_a_list_is_what_was_asked_for(stage: Stage) -> None:
    program = stage.program()
    path = f"/engagements/{stage.ids()['engagement_id']}/history"
    every = program.get(f"{path}?limit=200")

    part = program.get(f"{path}?limit=2&offset=1")

    assert part["items"] == every["items"][1:3]
    assert part["count"] == every["count"] == len(every["items"])
