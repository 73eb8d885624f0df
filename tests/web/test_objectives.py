"""Objectives are stated, amended and acknowledged, version by version."""

from typing import Any

import pytest
from django.urls import reverse

from tallystick.engine.guardrails.stages import Stage
from tallystick.records.objectives import Acknowledgement, Objective
from tests.cast import TODAY, Cast, an_engagement
from tests.web.pages import an_objective, page, post, queries_for, signed_in, text_of

pytestmark = pytest.mark.django_db


def fields_of(objective: Objective, **changes: Any) -> dict[str, Any]:
    """Return the form of an objective as a browser sends it unchanged, but for `changes`."""
    names = (
        "statement", "measure", "unit", "baseline_value", "baseline_on", "baseline_method",
        "target", "due_on", "source", "client_owner", "provider_owner", "kind", "weight",
    )  # fmt: skip
    return {name: getattr(objective, name) or "" for name in names} | changes


def an_acknowledged_objective(cast: Cast, **changes: Any) -> Objective:
    """Return an objective whose first version has the provider's word."""
    objective = an_objective(**changes)
    Acknowledgement.objects.create(
        engagement=objective.engagement,
        objective=objective,
        version=1,
        acknowledged_at=TODAY,
        acknowledged_by=cast.cleo.person,
    )
    return objective


# --- the list


def test_no_objective_yet_says_what_one_is_and_where_to_begin(cast: Cast) -> None:
    engagement = an_engagement()

    html = text_of(page(cast.ada, "objectives", engagement.public_id))

    assert "No objective yet" in html
    assert reverse("objective_new", args=[engagement.public_id]) in html


def test_what_an_objective_lacks_is_named(cast: Cast) -> None:
    objective = an_objective(baseline_value="", due_on=None)

    html = text_of(page(cast.cleo, "objectives", objective.engagement.public_id))

    assert "No baseline and no due date" in html


def test_a_complete_objective_says_so(cast: Cast) -> None:
    objective = an_objective()

    html = text_of(page(cast.ada, "objectives", objective.engagement.public_id))

    assert "Complete" in html
    assert "97 to 100 %" in html


def test_who_acknowledged_which_version_is_shown(cast: Cast) -> None:
    objective = an_acknowledged_objective(cast)

    html = text_of(page(cast.ada, "objectives", objective.engagement.public_id))

    assert f"{cast.cleo.person.name}, Baltic Desk" in html
    assert "Not acknowledged" not in html


def test_an_earlier_word_does_not_count_for_a_newer_version(cast: Cast) -> None:
    objective = an_acknowledged_objective(cast, version=2)

    html = text_of(page(cast.ada, "objectives", objective.engagement.public_id))

    assert "Not acknowledged" in html
    assert "Version 1 was acknowledged; this one is newer." in html


def test_before_there_is_a_provider_nobody_is_waited_for(cast: Cast) -> None:
    engagement = an_engagement(stage=Stage.DEFINE, provider=None)
    an_objective(engagement=engagement, provider_owner="")

    html = text_of(page(cast.ada, "objectives", engagement.public_id))

    assert "Complete" in html
    assert "cknowledged" not in html


def test_the_list_costs_the_same_queries_for_5_and_50(cast: Cast) -> None:
    engagement = an_engagement()
    client, path = signed_in(cast.cleo), reverse("objectives", args=[engagement.public_id])
    for _ in range(5):
        an_acknowledged_objective(cast, engagement=engagement)
    few = queries_for(client, path)
    for _ in range(45):
        an_acknowledged_objective(cast, engagement=engagement)

    assert queries_for(client, path) == few


# --- stating and amending


def test_a_statement_alone_is_enough_to_begin(cast: Cast) -> None:
    engagement = an_engagement(stage=Stage.DEFINE, provider=None)

    response = post(cast.ada, "objective_new", engagement.public_id, statement="Answer every call")

    assert response.status_code == 302
    assert engagement.objectives.get().statement == "Answer every call"


def test_an_objective_that_says_nothing_is_shown_again(cast: Cast) -> None:
    engagement = an_engagement()

    response = post(cast.ada, "objective_new", engagement.public_id, unit="hours")

    html = text_of(response)
    assert response.status_code == 422
    assert "Say in one sentence what shall be better." in html
    assert 'value="hours"' in html


def test_an_amendment_is_a_new_version(cast: Cast) -> None:
    objective = an_acknowledged_objective(cast)

    post(cast.ada, "objective_edit", objective.public_id, **fields_of(objective, target="99"))

    objective.refresh_from_db()
    assert (objective.version, objective.target) == (2, "99")


def test_an_amendment_that_changes_nothing_asks_nobody_again(cast: Cast) -> None:
    objective = an_acknowledged_objective(cast)

    post(cast.ada, "objective_edit", objective.public_id, **fields_of(objective))

    objective.refresh_from_db()
    assert objective.version == 1


def test_a_target_that_nobody_ever_reached_is_named(cast: Cast) -> None:
    objective = an_objective(target="2", direction="lower")
    others = {"benchmark": "5 6 7\n8; 9 10 11 12", "benchmark_source": "A study"}

    post(
        cast.ada,
        "objective_edit",
        objective.public_id,
        **fields_of(objective, direction="lower", **others),
    )
    html = text_of(page(cast.ada, "objective", objective.public_id))

    assert "5 to 12, 8 values (A study)" in html
    assert "target that was ever reached" in html


def test_words_among_what_others_reach_are_refused_beside_their_field(cast: Cast) -> None:
    objective = an_objective()

    wrong = fields_of(objective, benchmark="about 12")
    answer = post(cast.ada, "objective_edit", objective.public_id, **wrong)

    assert answer.status_code == 422
    assert "“about” is no number" in text_of(answer)
    objective.refresh_from_db()
    assert (objective.version, objective.benchmark) == (1, "")


def test_the_form_of_an_amendment_holds_what_is_said_now(cast: Cast) -> None:
    objective = an_objective()

    html = text_of(page(cast.ada, "objective_edit", objective.public_id))

    assert 'value="2026-07-06"' in html
    assert "Baltic Desk is asked to acknowledge it again." in html


# --- the provider's word


def test_one_button_acknowledges(cast: Cast) -> None:
    objective = an_objective()

    response = post(cast.cleo, "objective_acknowledge", objective.public_id, version="1")

    assert response.status_code == 302
    assert objective.acknowledgements.get().acknowledged_by == cast.cleo.person


def test_a_version_that_was_not_read_is_not_acknowledged(cast: Cast) -> None:
    objective = an_objective(version=2)
    client = signed_in(cast.cleo)

    response = client.post(
        reverse("objective_acknowledge", args=[objective.public_id]), {"version": "1"}, follow=True
    )

    assert "has version 2 meanwhile. Read it again" in text_of(response)
    assert not objective.acknowledgements.exists()


def test_a_second_word_changes_nothing_and_says_so(cast: Cast) -> None:
    objective = an_acknowledged_objective(cast)
    client = signed_in(cast.cleo)

    response = client.post(
        reverse("objective_acknowledge", args=[objective.public_id]), follow=True
    )

    assert "Version 1 was acknowledged before." in text_of(response)
    assert objective.acknowledgements.count() == 1


def test_the_client_has_no_button_for_the_providers_word(cast: Cast) -> None:
    objective = an_objective()

    html = text_of(page(cast.ada, "objectives", objective.engagement.public_id))

    assert "We have read and understood this" not in html
