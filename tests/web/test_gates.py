"""The gate: lessons are answered, findings mended, the provider appointed; then it opens."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from tallystick.engine.guardrails.check import check
from tallystick.engine.guardrails.raised import guardrails_for
from tallystick.engine.guardrails.snapshot import read_snapshot
from tallystick.engine.guardrails.stages import Stage
from tallystick.records.engagements import Engagement, GatePassage
from tallystick.records.findings import findings_of
from tallystick.records.lessons import Disposition, Lesson
from tallystick.records.organisations import Organisation
from tallystick.records.roles import Role, Side
from tests.actions.reviewing import a_closing_pack, check_off, signed
from tests.cast import TODAY, Cast, a_viewer, an_engagement, an_organisation
from tests.risking import a_risk
from tests.web.pages import a_lesson, an_objective, page, post, queries_for, signed_in, text_of

pytestmark = pytest.mark.django_db

ADOPTED = {"answer": "not-applicable", "note": "The calendar names them."}


def a_planned_engagement(**changes: Any) -> Engagement:
    """Return an engagement in the define stage: its one objective is complete, a risk is known."""
    engagement = an_engagement(**{"stage": Stage.DEFINE, "provider": None} | changes)
    an_objective(engagement=engagement)
    a_risk(engagement, a_viewer())
    return engagement


# --- what it shows


def test_a_matching_lesson_is_shown_with_the_reason_why_it_matches(cast: Cast) -> None:
    engagement = a_planned_engagement()
    a_lesson(cast.ada)

    html = text_of(page(cast.ada, "gate", engagement.public_id))

    assert "Name the holidays" in html
    assert "Applies to the define stage, where this engagement stands." in html
    assert "The define gate waits for 1 lesson." in html


def test_a_closed_gate_cannot_be_clicked_and_says_why(cast: Cast) -> None:
    engagement = a_planned_engagement()
    a_lesson(cast.ada)

    html = text_of(page(cast.ada, "gate", engagement.public_id))

    assert 'aria-describedby="gate-reason" disabled' in html
    assert "It opens when nothing blocks any more." in html


def test_an_open_gate_has_its_button(cast: Cast) -> None:
    engagement = a_planned_engagement()

    html = text_of(page(cast.ada, "gate", engagement.public_id))

    assert "The define gate is open." in html
    assert "button-primary" in html
    assert "disabled" not in html


def test_an_auditor_reads_the_gate_and_finds_nothing_to_press(cast: Cast) -> None:
    engagement = a_planned_engagement()
    a_lesson(cast.ada)

    html = text_of(page(cast.ann, "gate", engagement.public_id))

    assert "Name the holidays" in html
    assert reverse("gate_pass", args=[engagement.public_id]) not in html
    assert "Keep this answer" not in html


def test_a_gap_of_an_objective_leads_to_its_field(cast: Cast) -> None:
    engagement = an_engagement(stage=Stage.DEFINE, provider=None)
    objective = an_objective(engagement=engagement, baseline_value="")

    html = text_of(page(cast.ada, "gate", engagement.public_id))

    edit = reverse("objective_edit", args=[objective.public_id])
    assert f'href="{edit}#id_baseline_value"' in html
    assert "Objective “Pay every salary on the agreed day” has no baseline." in html


def test_a_provider_knows_no_gate(cast: Cast) -> None:
    engagement = an_engagement()

    response = page(cast.cleo, "gate", engagement.public_id)

    assert response.status_code == 404


def test_the_gate_costs_the_same_queries_for_5_and_50_lessons(cast: Cast) -> None:
    engagement = a_planned_engagement()
    client, path = signed_in(cast.ada), reverse("gate", args=[engagement.public_id])
    for number in range(5):
        a_lesson(cast.ada, title=f"Lesson {number}")
    few = queries_for(client, path)
    for number in range(5, 50):
        a_lesson(cast.ada, title=f"Lesson {number}")

    assert queries_for(client, path) == few


# --- answers


def answered(cast: Cast, engagement: Engagement, lesson: Lesson, **fields: str) -> Any:
    """Post an answer to a lesson."""
    return post(cast.ada, "lesson_answer", engagement.public_id, lesson.public_id, **fields)


def test_an_answer_is_kept_and_the_gate_opens(cast: Cast) -> None:
    engagement, lesson = a_planned_engagement(), a_lesson(cast.ada)

    response = answered(cast, engagement, lesson, **ADOPTED)

    html = text_of(page(cast.ada, "gate", engagement.public_id))
    assert response.status_code == 302
    assert "All of them are answered." in html
    assert "The calendar names them." in html
    assert "The define gate is open." in html


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Choose one of the three answers."),
        ({"answer": "adopted"}, "Write one sentence; the next team will read it."),
        ({"answer": "deferred", "note": "Later."}, "Give a day after today."),
        ({"answer": "perhaps", "note": "Hm."}, "Select a valid choice"),
        (
            {"answer": "deferred", "note": "Later.", "deferred_until": "2001-01-01"},
            "Give a day after today.",
        ),
    ],
    ids=["nothing", "no-note", "no-day", "unknown-answer", "past-day"],
)
def test_half_an_answer_is_shown_again_beside_its_lesson(
    cast: Cast, fields: dict[str, str], said: str
) -> None:
    engagement, lesson = a_planned_engagement(), a_lesson(cast.ada)

    response = answered(cast, engagement, lesson, **fields)

    assert response.status_code == 422
    assert said in text_of(response)
    assert not Disposition.objects.exists()


def test_an_answer_to_a_lesson_that_was_not_suggested_is_shown_again_too(cast: Cast) -> None:
    engagement = a_planned_engagement()
    lesson = a_lesson(cast.ada, stages=["close"], title="Return the keys")

    response = answered(cast, engagement, lesson)

    assert response.status_code == 422
    assert "Return the keys" in text_of(response)


def test_a_deferred_lesson_asks_again_when_its_day_has_passed(cast: Cast) -> None:
    engagement, lesson = a_planned_engagement(), a_lesson(cast.ada)
    Disposition.objects.create(
        client=engagement.client,
        engagement=engagement,
        lesson=lesson,
        answer="deferred",
        note="After the tender.",
        deferred_until=timezone.now().date() - timedelta(days=1),
        answered_at=TODAY,
        answered_by=cast.ada.person,
    )

    html = text_of(page(cast.ada, "gate", engagement.public_id))

    assert "1 of 1 waits for an answer." in html


def test_an_answer_asks_for_what_belongs_to_it(cast: Cast) -> None:
    engagement = an_engagement()
    a_lesson(cast.ada)

    html = text_of(page(cast.ada, "gate", engagement.public_id))

    adopted, deferred = html.split("answer-adopted")[1].split("answer-deferred")
    assert 'name="embodied"' in adopted
    assert 'name="deferred_until"' in deferred
    assert 'name="owner"' in deferred
    assert "(optional)" not in adopted


def test_an_evaluator_may_not_answer(cast: Cast) -> None:
    engagement, lesson = a_planned_engagement(), a_lesson(cast.ada)

    response = post(cast.eva, "lesson_answer", engagement.public_id, lesson.public_id, **ADOPTED)

    assert response.status_code == 403


# --- the provider, and the way on


def test_the_gate_passes_to_the_next_stage(cast: Cast) -> None:
    engagement = a_planned_engagement()

    response = post(cast.ada, "gate_pass", engagement.public_id, stage="define")

    engagement.refresh_from_db()
    assert response.status_code == 302
    assert engagement.stage == Stage.SELECT


@pytest.mark.parametrize("read", ["define", "", "nonsense", "\0"])
def test_only_the_gate_that_was_read_is_passed(read: str, cast: Cast) -> None:
    engagement = an_engagement(stage=Stage.TRANSITION)
    client = signed_in(cast.ada)

    answer = client.post(
        reverse("gate_pass", args=[engagement.public_id]), {"stage": read}, follow=True
    )

    engagement.refresh_from_db()
    assert engagement.stage == Stage.TRANSITION
    assert "The engagement is in its transition stage." in text_of(answer)


def test_the_page_names_the_gate_that_it_shows(cast: Cast) -> None:
    engagement = a_planned_engagement()

    html = text_of(page(cast.ada, "gate", engagement.public_id))

    assert '<input type="hidden" name="stage" value="define">' in html


def test_a_shut_gate_stays_shut_and_says_why(cast: Cast) -> None:
    engagement = a_planned_engagement()
    a_lesson(cast.ada)
    client = signed_in(cast.ada)

    response = client.post(
        reverse("gate_pass", args=[engagement.public_id]), {"stage": "define"}, follow=True
    )

    engagement.refresh_from_db()
    assert engagement.stage == Stage.DEFINE
    assert "The define gate is closed: 1 blocking finding is open." in text_of(response)


def test_the_define_gate_leads_to_the_first_risk(cast: Cast) -> None:
    engagement = an_engagement(stage=Stage.DEFINE, provider=None)
    an_objective(engagement=engagement)

    html = text_of(page(cast.ada, "gate", engagement.public_id))
    portfolio = text_of(page(cast.ada, "home"))

    assert "The define gate waits for a first identification of risks." in html
    assert f'{reverse("risks", args=[engagement.public_id])}">Identify the first risks' in html
    assert "Identify the first risks" in portfolio


def test_a_provider_without_engagements_can_be_appointed(cast: Cast) -> None:
    engagement = a_planned_engagement(stage=Stage.SELECT)
    fresh = an_organisation("Fresh Start", Side.PROVIDER)

    response = post(
        cast.ada,
        "provider_appoint",
        engagement.public_id,
        provider=fresh.public_id,
        reason="Best value.",
    )

    engagement.refresh_from_db()
    assert response.status_code == 302
    assert engagement.provider == fresh


@pytest.mark.parametrize(
    ("stage", "fields", "said"),
    [
        (Stage.SELECT, {}, "Choose the provider."),
        (Stage.SELECT, {"provider": "nobody", "reason": "x"}, "Select a valid choice"),
        (Stage.DEFINE, {}, "Choose the provider."),
    ],
    ids=["nothing", "unknown", "too-early"],
)
def test_half_an_appointment_is_shown_again(
    cast: Cast, stage: Stage, fields: dict[str, str], said: str
) -> None:
    engagement = a_planned_engagement(stage=stage)

    response = post(cast.ada, "provider_appoint", engagement.public_id, **fields)

    assert response.status_code == 422
    assert said in text_of(response)


def test_nobody_is_appointed_before_the_selection(cast: Cast) -> None:
    engagement = a_planned_engagement()
    chosen = cast.cleo.organisation.public_id

    response = post(
        cast.ada, "provider_appoint", engagement.public_id, provider=chosen, reason="Now."
    )

    assert response.status_code == 422
    assert "Pass the define gate first" in text_of(response)


def test_the_select_gate_waits_for_the_provider(cast: Cast) -> None:
    engagement = a_planned_engagement(stage=Stage.SELECT)

    html = text_of(page(cast.ada, "gate", engagement.public_id))

    assert "The select gate waits for the provider to be appointed." in html
    assert "Nobody is appointed yet." in html


def test_where_no_provider_is_known_the_page_says_who_admits_one(db: None) -> None:
    lead = a_viewer(Role.SOURCING_LEAD)
    engagement = a_planned_engagement(stage=Stage.SELECT)
    Organisation.objects.filter(side=Side.PROVIDER).delete()

    html = text_of(page(lead, "gate", engagement.public_id))

    assert "Whoever runs this installation admits" in html


def test_the_last_gate_waits_for_the_signed_closing_review(cast: Cast) -> None:
    engagement = an_engagement(stage=Stage.CLOSE)

    html = text_of(page(cast.ada, "gate", engagement.public_id))
    post(cast.ada, "gate_pass", engagement.public_id, stage="close")

    assert "The close gate waits for the signed closing review." in html
    assert reverse("reviews", args=[engagement.public_id]) in html
    assert not GatePassage.objects.filter(engagement=engagement).exists()


def test_behind_the_last_gate_there_is_nothing_to_pass(cast: Cast) -> None:
    pack = a_closing_pack(cast)
    check_off(pack.engagement, cast.ben)
    signed(pack, cast.ada)

    post(cast.ada, "gate_pass", pack.engagement.public_id, stage="close")
    html = text_of(page(cast.ada, "gate", pack.engagement.public_id))

    assert GatePassage.objects.filter(engagement=pack.engagement, stage=Stage.CLOSE).exists()
    assert "The engagement is closed." in html
    assert reverse("gate_pass", args=[pack.engagement.public_id]) not in html


# --- findings and the snapshot


def test_each_finding_says_what_to_do_and_where(cast: Cast) -> None:
    engagement = an_engagement(stage=Stage.DEFINE, provider=None)

    html = text_of(page(cast.ada, "findings", engagement.public_id))

    assert "The engagement has no objective." in html
    assert "Write down at least one measurable objective." in html
    assert f'href="{reverse("objective_new", args=[engagement.public_id])}"' in html


def test_findings_are_a_file_too(cast: Cast) -> None:
    engagement = an_engagement(stage=Stage.DEFINE, provider=None)

    text = text_of(page(cast.ada, "findings", engagement.public_id, format="csv"))

    assert "OBJ001,blocker,The engagement has no objective." in text


def test_the_snapshot_finds_the_same_outside(cast: Cast) -> None:
    engagement = a_planned_engagement()
    a_lesson(cast.ada)

    response = page(cast.ada, "snapshot", engagement.public_id)

    snapshot = read_snapshot(json.loads(text_of(response)))
    outside = check(snapshot, guardrails_for(snapshot), TODAY.date())
    assert response["Content-Disposition"] == 'attachment; filename="service-desk.json"'
    assert [each.key for each in outside] == [each.key for each in findings_of(engagement, TODAY)]
