"""Promised and delivered by the interface: the page's figures, and the same refusals."""

from typing import Any

import pytest

from tallystick.records.delivered_scores import DeliveredScore
from tests.api.conftest import Stage

pytestmark = pytest.mark.django_db


def test_what_came_stands_beside_what_was_promised(stage: Stage) -> None:
    ids = stage.ids()

    found = stage.program().get(f"/selections/{ids['selection_id']}/delivered")

    team, price = found["promises"]
    assert (found["award"], found["judged"]) == (ids["award_id"], 1)
    assert (team["promised"], team["promised_points"]) == ("7/2", 70.0)
    assert (team["delivered_points"], team["short"]) == (50.0, 20.0)
    assert [each["figure"] for each in team["scores"]] == ["2.5", "2"]
    assert (price["delivered_points"], price["scores"]) == (None, [])


def test_a_promise_is_judged_by_the_interface(stage: Stage) -> None:
    ids = stage.ids()
    program = stage.program("service owner")
    scores = {ids["criterion_id"]: {"figure": "4", "evidence": "Minutes of March."}}

    answer = program.posts(f"/awards/{ids['award_id']}/delivered/judge", scores=scores)

    assert answer.status_code == 201, answer.content
    assert [each["figure"] for each in answer.json()] == ["4"]
    found = program.get(f"/selections/{ids['selection_id']}/delivered")
    assert found["promises"][0]["delivered_points"] == 80.0


@pytest.mark.parametrize(
    ("score", "code"),
    [
        ({"figure": "6", "evidence": "x"}, "delivered.off-scale"),
        ({"figure": "4.3", "evidence": "x"}, "delivered.off-scale"),
        ({"figure": "4", "evidence": " "}, "delivered.evidence-missing"),
        ({"figure": "4"}, "delivered.evidence-missing"),
        ({"figure": "4", "evidence": "x" * 4_001}, "text.too-long"),
        ({"figure": "four", "evidence": "x"}, None),
        ({"figure": "NaN", "evidence": "x"}, None),
        ({"figure": "4", "evidence": "x" * 30_000}, None),
        ({"figure": "4", "evidence": "x", "more": 1}, None),
    ],
)
def test_what_is_wrong_is_refused_and_nothing_is_kept(
    stage: Stage, score: dict[str, Any], code: str | None
) -> None:
    ids, before = stage.ids(), DeliveredScore.objects.count()

    answer = stage.program().posts(
        f"/awards/{ids['award_id']}/delivered/judge", scores={ids["criterion_id"]: score}
    )

    assert answer.status_code == 422
    assert answer.json()["code"] == (code or "request.invalid")
    assert DeliveredScore.objects.count() == before


@pytest.mark.parametrize("scores", [{}, {"zzzzzzzzzzzz": {"figure": "4", "evidence": "x"}}])
def test_a_judgement_of_nothing_is_refused(stage: Stage, scores: dict[str, Any]) -> None:
    path = f"/awards/{stage.ids()['award_id']}/delivered/judge"

    assert stage.program().posts(path, scores=scores).status_code == 422


def test_the_track_record_comes_with_its_pairs(stage: Stage) -> None:
    found = stage.program().get("/track-record")

    assert [each["pairs"] for each in found["suppliers"]] == [1, 1]
    assert [each["bias"] for each in found["criteria"]] == [None, None]
    assert {each["promised"] - each["delivered"] for each in found["promises"]} == {20.0}


def test_a_bid_s_evidence_names_those_known_by_deeds(stage: Stage) -> None:
    bid = stage.ids()["bid_id"]

    found = stage.program().get(f"/bids/{bid}/evidence")

    assert (found["track_record"], found["referees"]) == (None, [])


def test_a_provider_gets_none_of_it(stage: Stage) -> None:
    ids, program = stage.ids(), stage.program("delivery lead")

    assert program.asks("/track-record").status_code == 404
    assert program.asks(f"/selections/{ids['selection_id']}/delivered").status_code == 404
    answer = program.posts(f"/awards/{ids['award_id']}/delivered/judge", scores={})
    assert answer.status_code == 404
