"""Bad input to the loop that learns, by program: a clear refusal or a finding, nothing lost."""

from typing import Any

import pytest

from tallystick.records.guardrails import Guardrail
from tallystick.records.lessons import Lesson
from tests.api.conftest import Program
from tests.api.test_loop import GUARDRAIL, LESSON, made
from tests.cast import Cast, an_engagement
from tests.web.pages import a_lesson, an_objective, signed_in
from tests.web.test_bad_lessons import ENDLESS, ODD_SEARCHES, UNKNOWN

pytestmark = pytest.mark.django_db


@pytest.fixture
def program(cast: Cast, home: object) -> Program:
    """Return a program of the sourcing lead."""
    return Program(signed_in(cast.ada))


def refused(answer: Any) -> tuple[str, str]:
    """Return code and place of a refusal, which says what is wrong and what to do."""
    told = answer.json()
    assert answer.status_code == 422
    assert told["message"]
    assert told["remedy"]
    return told["code"], told["place"]


def test_a_lesson_without_a_cause_is_kept_and_not_validated(program: Program) -> None:
    told = made(program, "/lessons/publish", **LESSON | {"root_cause": ""})

    answer = program.posts(f"/lessons/{told['id']}/move", to="validated", note="So.")

    assert told["state"] == "observation"
    assert refused(answer) == ("lesson.step-not-open", "state")


def test_a_description_of_a_megabyte_is_refused_with_its_place(program: Program) -> None:
    answer = program.posts("/lessons/publish", **LESSON | {"what_happened": "x" * 1_000_000})

    assert refused(answer)[1] == "what_happened"
    assert not Lesson.objects.exists()


@pytest.mark.parametrize("condition", ENDLESS)
def test_a_condition_that_never_ends_is_answered_at_once(
    condition: str, cast: Cast, program: Program
) -> None:
    engagement, lesson = an_engagement(), a_lesson(cast.ada)
    for number in range(60):
        an_objective(engagement=engagement, statement=f"Objective {number}")

    answer = program.posts(
        f"/lessons/{lesson.public_id}/guardrail", **GUARDRAIL | {"condition": condition}
    )

    found = program.get(f"/engagements/{engagement.public_id}/findings")["items"]
    if answer.status_code == 201:
        assert [each["code"] for each in found if each["code"].startswith("LSN")] == ["LSN001"]
    else:
        assert refused(answer)[0].startswith("guardrail.")


@pytest.mark.parametrize("condition", UNKNOWN)
def test_a_condition_that_names_an_unknown_field_is_refused_at_its_place(
    condition: str, cast: Cast, program: Program
) -> None:
    lesson = a_lesson(cast.ada)

    answer = program.posts(
        f"/lessons/{lesson.public_id}/guardrail", **GUARDRAIL | {"condition": condition}
    )

    assert "column" in refused(answer)[1]
    assert not Guardrail.objects.exists()


def test_a_guardrail_is_retired_and_never_deleted(cast: Cast, program: Program) -> None:
    engagement, lesson = an_engagement(stage="define"), a_lesson(cast.ada)
    an_objective(engagement=engagement, provider_owner="")
    blocks = {"condition": "objectives.all(o, o.provider_owner != null)"}
    made(program, f"/lessons/{lesson.public_id}/guardrail", **GUARDRAIL | blocks)

    deleted = program.client.delete("/api/guardrails/LSN001")
    program.posts("/guardrails/LSN001/retire", reason="Asked twice.")

    kept = program.get(f"/engagements/{engagement.public_id}/findings/kept")["items"]
    [closed] = [each for each in kept if each["code"] == "LSN001"]
    assert deleted.status_code in {404, 405}
    assert "Asked twice." in closed["closed_because"]


def test_a_lesson_that_is_adopted_is_not_retired(cast: Cast, program: Program) -> None:
    engagement, lesson = an_engagement(stage="define"), a_lesson(cast.ada)
    objective = an_objective(engagement=engagement)
    there = f"/engagements/{engagement.public_id}/lessons/{lesson.public_id}/answer"
    given = program.posts(
        there, answer="adopted", note="So.", embodied=f"objective:{objective.public_id}"
    )

    answer = program.posts(f"/lessons/{lesson.public_id}/move", to="retired", note="Old.")

    assert given.status_code == 200, given.content
    assert refused(answer) == ("lesson.still-followed", "state")
    assert engagement.name in answer.json()["message"]


@pytest.mark.parametrize("text", ODD_SEARCHES)
def test_any_text_can_be_searched_for(text: str, cast: Cast, program: Program) -> None:
    a_lesson(cast.ada)

    answer = program.client.get("/api/lessons", {"q": text})

    assert answer.status_code == 200


def test_a_longer_text_is_refused_with_its_place(program: Program) -> None:
    answer = program.client.get("/api/lessons", {"q": "x" * 10_001})

    assert refused(answer)[1] == "q"
