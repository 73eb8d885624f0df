"""Guardrails in the browser: what stands, what it catches, and raising one from a lesson."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tallystick.actions.raise_guardrail import GuardrailWording, raise_guardrail
from tallystick.engine.guardrails import BUILT_IN, RECIPES, Severity
from tallystick.engine.guardrails.stages import Stage
from tallystick.records.guardrails import Guardrail
from tallystick.records.lessons import LessonState
from tallystick.web.guardrails import shortened
from tests.cast import Cast, an_engagement
from tests.web.pages import a_lesson, an_objective, page, post, queries_for, signed_in, text_of

pytestmark = pytest.mark.django_db

WITH_OWNER = "objectives.all(o, o.provider_owner != null)"
RAISED = {
    "title": "Every objective has an owner at the provider",
    "condition": WITH_OWNER,
    "stage": "deliver",
    "severity": "major",
    "rationale": "Nobody felt responsible.",
    "remedy": "Name the owner.",
}


def a_guardrail(cast: Cast, **changes: Any) -> Guardrail:
    """Return a guardrail raised from a lesson."""
    usual = RAISED | {"stage": Stage.DELIVER, "severity": Severity.MAJOR}
    return raise_guardrail(
        lesson=a_lesson(cast.ada),
        wording=GuardrailWording(**usual | changes),
        by=cast.ada,
        as_of=datetime.now(UTC),
    )


# --- all of them


def test_built_in_and_raised_guardrails_stand_in_one_table(cast: Cast) -> None:
    made = a_guardrail(cast)

    text = text_of(page(cast.ann, "guardrails"))

    assert all(rail.code in text for rail in BUILT_IN)
    assert made.title in text


def test_the_table_counts_the_engagements_that_a_guardrail_catches(cast: Cast) -> None:
    a_guardrail(cast)
    for number in range(2):
        an_objective(engagement=an_engagement(name=f"Desk {number}"), provider_owner="")
    an_objective(engagement=an_engagement(name="Well kept"))

    rows = text_of(page(cast.ada, "guardrails", format="csv")).splitlines()

    assert next(row for row in rows if row.startswith("LSN001")).endswith(",2")


def test_a_closing_engagement_is_not_counted(cast: Cast) -> None:
    a_guardrail(cast)
    an_objective(engagement=an_engagement(stage=Stage.CLOSE), provider_owner="")

    rows = text_of(page(cast.ada, "guardrails", format="csv")).splitlines()

    assert next(row for row in rows if row.startswith("LSN001")).endswith(",0")


def test_the_table_costs_the_same_queries_for_5_and_50_engagements(cast: Cast) -> None:
    client = signed_in(cast.ada)
    a_guardrail(cast)
    for number in range(5):
        an_objective(engagement=an_engagement(name=f"Desk {number}"))
    few = queries_for(client, "/guardrails/")
    for number in range(45):
        an_objective(engagement=an_engagement(name=f"More {number}"))

    assert queries_for(client, "/guardrails/") == few


def test_a_provider_does_not_know_that_guardrails_exist(cast: Cast) -> None:
    made = a_guardrail(cast)

    assert page(cast.cleo, "guardrails").status_code == 404
    assert page(cast.cleo, "guardrail", made.code).status_code == 404


# --- one of them


@pytest.mark.parametrize("code", [rail.code for rail in BUILT_IN])
def test_every_built_in_guardrail_explains_itself(code: str, cast: Cast) -> None:
    response = page(cast.ada, "guardrail", code)

    assert response.status_code == 200
    assert "What to do" in text_of(response)


def test_a_guardrail_names_whom_it_catches_and_where_to_mend_it(cast: Cast) -> None:
    made = a_guardrail(cast)
    engagement = an_engagement()
    an_objective(engagement=engagement, provider_owner="")

    text = text_of(page(cast.ada, "guardrail", made.code))

    assert reverse("engagement", args=[engagement.public_id]) in text
    assert "this does not hold" in text
    assert reverse("lesson", args=[made.lesson.public_id]) in text


def test_a_code_in_small_letters_is_found(cast: Cast) -> None:
    assert page(cast.ada, "guardrail", "obj001").status_code == 200


@pytest.mark.parametrize("code", ["LSN999", "\0", "x" * 300])
def test_an_unknown_code_is_not_found(code: str, cast: Cast) -> None:
    assert page(cast.ada, "guardrail", code).status_code == 404


# --- raising one


def test_a_lesson_fills_in_rationale_and_remedy(cast: Cast) -> None:
    lesson = a_lesson(cast.ada)

    text = text_of(page(cast.ada, "guardrail_new", lesson.public_id))

    assert "Months of quarrel. The calendar had none." in text
    assert "Write the holidays into the calendar.</textarea>" in text


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.slug)
def test_a_recipe_fills_in_a_condition_that_can_be_previewed(recipe: Any, cast: Cast) -> None:
    lesson = a_lesson(cast.ada)
    an_objective()
    form = page(cast.ada, "guardrail_new", lesson.public_id, recipe=recipe.slug).context["form"]

    response = post(cast.ada, "guardrail_new", lesson.public_id, preview="1", **form.initial)

    assert form.initial["condition"] == recipe.condition
    assert response.status_code == 200


def test_an_unknown_recipe_leaves_the_condition_empty(cast: Cast) -> None:
    lesson = a_lesson(cast.ada)

    form = page(cast.ada, "guardrail_new", lesson.public_id, recipe="none").context["form"]

    assert "condition" not in form.initial


def test_a_preview_names_whom_it_would_catch_and_saves_nothing(cast: Cast) -> None:
    lesson = a_lesson(cast.ada)
    an_objective(engagement=an_engagement(name="Ownerless"), provider_owner="")
    an_objective(engagement=an_engagement(name="Well kept"))

    response = post(cast.ada, "guardrail_new", lesson.public_id, preview="1", **RAISED)

    assert response.status_code == 200
    assert "it would catch 1 of 2 present engagements now" in text_of(response)
    assert "Nothing found in Well kept." in text_of(response)
    assert not Guardrail.objects.exists()


def test_a_preview_tells_of_engagements_that_are_not_checked_yet(cast: Cast) -> None:
    lesson = a_lesson(cast.ada)
    an_objective(engagement=an_engagement(stage=Stage.DEFINE), provider_owner="")

    text = text_of(post(cast.ada, "guardrail_new", lesson.public_id, preview="1", **RAISED))

    assert "it would catch none of 1 present engagement now" in text
    assert "Not checked yet, and caught as they stand today" in text


def test_a_preview_costs_the_same_queries_for_5_and_50_engagements(cast: Cast) -> None:
    client, lesson = signed_in(cast.ada), a_lesson(cast.ada)
    path = reverse("guardrail_new", args=[lesson.public_id])

    def queries_with(engagements: range) -> int:
        for number in engagements:
            an_objective(engagement=an_engagement(name=f"Desk {number}"))
        with CaptureQueriesContext(connection) as seen:
            client.post(path, RAISED | {"preview": "1"})
        return len(seen)

    queries_with(range(1))  # the session is written once

    assert queries_with(range(1, 5)) == queries_with(range(5, 50))


def test_a_raised_guardrail_is_checked_from_then_on(cast: Cast) -> None:
    lesson = a_lesson(cast.ada)
    engagement = an_engagement()
    an_objective(engagement=engagement, provider_owner="")

    response = post(cast.ada, "guardrail_new", lesson.public_id, **RAISED)

    assert response.url == reverse("guardrail", args=["LSN001"])
    assert "LSN001" in text_of(page(cast.ada, "findings", engagement.public_id))


def test_a_faulty_condition_is_refused_with_its_position(cast: Cast) -> None:
    lesson = a_lesson(cast.ada)
    faulty = RAISED | {"condition": "objectives.all(o,\r\n  o.baselin != null)"}

    response = post(cast.ada, "guardrail_new", lesson.public_id, **faulty)

    assert response.status_code == 422
    assert "Line 2, column 5" in text_of(response)
    assert "  o.baselin != null)\n    ^" in text_of(response)
    assert not Guardrail.objects.exists()


def test_an_empty_form_names_every_field(cast: Cast) -> None:
    lesson = a_lesson(cast.ada)

    response = post(cast.ada, "guardrail_new", lesson.public_id)

    assert response.status_code == 422
    assert len(response.context["form"].errors) == 6


def test_an_observation_raises_no_guardrail(cast: Cast) -> None:
    lesson = a_lesson(cast.ada, state=LessonState.OBSERVATION)

    response = post(cast.ada, "guardrail_new", lesson.public_id, **RAISED)

    assert response.status_code == 422
    assert "This lesson is an observation" in text_of(response)


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("Short.", "Short."),
        (f"First. {'x' * 300}", "First."),
        ("word " * 60, ("word " * 40).rstrip()),
    ],
    ids=["short", "sentences", "words"],
)
def test_a_prevention_becomes_a_remedy_of_whole_words(text: str, remedy: str) -> None:
    assert shortened(text) == remedy
