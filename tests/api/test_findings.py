"""Findings over time, waivers, thresholds and retired guardrails, for programs."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.api.conftest import Program, Stage

pytestmark = pytest.mark.django_db

SOON = (datetime.now(UTC) + timedelta(days=30)).date().isoformat()


def the_gap(program: Program, engagement: str) -> dict[str, Any]:
    """Return the finding that nobody at the client answers for the objective."""
    found = program.get(f"/engagements/{engagement}/findings")["items"]
    return next(each for each in found if each["place"] == "objectives[0].client_owner")


def test_a_finding_is_waived_and_the_waiver_ended(stage: Stage) -> None:
    program, engagement = stage.program(), stage.ids()["engagement_id"]
    gap = the_gap(program, engagement)

    granted = program.posts(
        f"/engagements/{engagement}/waivers/grant",
        code=gap["code"],
        place=gap["place"],
        reason="It is being measured.",
        expires_on=SOON,
    )

    assert granted.status_code == 201
    assert the_gap(program, engagement)["waived_until"] == SOON
    ended = program.posts(f"/waivers/{granted.json()['id']}/end", reason="Measured.")
    assert ended.json()["ended_because"] == "Measured."
    assert the_gap(program, engagement)["waived_until"] is None


def test_a_waiver_without_an_end_is_refused(stage: Stage) -> None:
    program, engagement = stage.program(), stage.ids()["engagement_id"]

    answer = program.posts(
        f"/engagements/{engagement}/waivers/grant", code="OBJ001", reason="For good."
    )

    assert answer.status_code == 422


def test_the_trend_ends_with_what_is_kept_as_open(stage: Stage) -> None:
    program, engagement = stage.program(), stage.ids()["engagement_id"]

    told = program.get(f"/engagements/{engagement}/findings/trend")

    kept = program.get(f"/engagements/{engagement}/findings/kept?open=true")["items"]
    now = told["points"][-1]
    assert {name: now[name] for name in ("blocker", "major", "minor")} == {
        severity: sum(each["severity"] == severity for each in kept)
        for severity in ("blocker", "major", "minor")
    }
    assert sum(each["open"] for each in told["stages"]) == len(kept)
    assert kept


def test_thresholds_are_read_and_set_for_one_engagement(stage: Stage) -> None:
    program, engagement = stage.program(), stage.ids()["engagement_id"]
    program.posts("/guardrails/policy/set", thresholds={"volume_windows": 9})

    answer = program.posts(
        f"/engagements/{engagement}/policy/set", thresholds={"lesson_match": "0.25"}
    )

    told = {each["name"]: (each["value"], each["set_by"]) for each in answer.json()["thresholds"]}
    assert told["lesson_match"] == ("0.25", "engagement")
    assert told["volume_windows"] == ("9", "organisation")
    assert told["falling_windows"] == ("3", "default")
    assert answer.json() == program.get(f"/engagements/{engagement}/policy")


@pytest.mark.parametrize(
    "thresholds", [{"falling_window": 3}, {"falling_windows": 1}, {"falling_windows": True}]
)
def test_a_faulty_threshold_is_refused(thresholds: dict[str, Any], stage: Stage) -> None:
    answer = stage.program().posts("/guardrails/policy/set", thresholds=thresholds)

    assert answer.status_code == 422


def test_a_guardrail_is_tried_before_it_is_raised(stage: Stage) -> None:
    program, ids = stage.program(), stage.ids()
    before = program.get("/guardrails")["count"]

    answer = program.posts(
        f"/lessons/{ids['lesson_id']}/guardrail/preview",
        title="There is no objective",
        stage="deliver",
        severity="minor",
        condition="size(objectives) == 0",
        remedy="None.",
    )

    told = answer.json()
    assert ids["engagement_id"] in [each["engagement"] for each in told["now"]]
    assert (told["later"], told["past"]) == ([], [])
    assert program.get("/guardrails")["count"] == before


def test_a_guardrail_is_retired_once(stage: Stage) -> None:
    program = stage.program()

    first = program.posts("/guardrails/LSN001/retire", reason="Asked twice.")
    second = program.posts("/guardrails/LSN001/retire", reason="Again.")

    assert first.json()["retired_because"] == "Asked twice."
    assert first.json()["caught"] == []
    assert (second.status_code, second.json()["code"]) == (422, "guardrail.already-retired")


def test_a_provider_s_program_finds_none_of_it(stage: Stage) -> None:
    program, engagement = stage.program("delivery lead"), stage.ids()["engagement_id"]

    paths = ("findings/kept", "findings/trend", "waivers", "policy")

    assert [program.asks(f"/engagements/{engagement}/{path}").status_code for path in paths] == [
        404
    ] * 4
