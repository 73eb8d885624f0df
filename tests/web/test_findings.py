"""Findings over time, waivers, thresholds and retired guardrails in the browser."""

import csv
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from tallystick.actions.findings_kept import keep_findings_in
from tallystick.actions.waive_finding import waive_finding
from tallystick.engine.guardrails.stages import Stage
from tallystick.records.engagements import Engagement
from tallystick.records.guardrails import Guardrail
from tallystick.records.kept_findings import KeptFinding
from tallystick.records.policies import GuardrailPolicy
from tallystick.records.waivers import Waiver
from tests.actions.test_measure_and_state import an_agreement
from tests.cast import Cast, an_engagement
from tests.risking import a_risk
from tests.web.pages import a_lesson, an_objective, page, post, queries_for, signed_in, text_of
from tests.web.test_guardrails import RAISED, a_guardrail

pytestmark = pytest.mark.django_db

NOW = datetime.now(UTC)
IN_A_MONTH = (NOW + timedelta(days=30)).date()
WEEK = timedelta(weeks=1)


def without_target(**changes: Any) -> Engagement:
    """Return an engagement whose define gate a missing target keeps shut."""
    usual = {"stage": Stage.DEFINE, "provider": None}
    engagement = an_engagement(**usual | changes)
    an_objective(engagement=engagement, target="", provider_owner="")
    return engagement


def waive(cast: Cast, engagement: Engagement, **changes: Any) -> Waiver:
    """Return a waiver of the missing target."""
    usual: dict[str, Any] = {
        "code": "OBJ001",
        "place": "objectives[0].target",
        "reason": "The works council decides.",
        "expires_on": IN_A_MONTH,
        "by": cast.ada,
        "as_of": NOW,
    }
    return waive_finding(engagement=engagement, **usual | changes)


# --- over time


def test_the_chart_counts_what_was_open_by_severity(cast: Cast) -> None:
    engagement = without_target()
    keep_findings_in([engagement], NOW - 3 * WEEK)

    chart = page(cast.ann, "findings", engagement.public_id).context["chart"]

    assert chart.summary.startswith("Now 1 blocker; at most 1, in W")
    assert [counts["blocker"] for _, counts in chart.columns] == [1, 1, 1, 1]


def test_the_chart_can_be_of_one_stage(cast: Cast) -> None:
    engagement = without_target()
    keep_findings_in([engagement], NOW - WEEK)
    KeptFinding.objects.update(stage=Stage.AGREE)
    engagement.objectives.update(unit="")
    keep_findings_in([engagement], NOW)

    shown = page(cast.ada, "findings", engagement.public_id, stage="agree").context

    assert shown["chart"].title == "Open findings that began in the agree stage"
    assert [sum(counts.values()) for _, counts in shown["chart"].columns][-1] == 1
    assert [label for label, _, _ in shown["stages"]] == ["All stages", "Define", "Agree"]


@pytest.mark.parametrize("stage", ["transition", "", "\0", "x" * 300])
def test_a_stage_in_which_nothing_was_found_shows_all(stage: str, cast: Cast) -> None:
    engagement = without_target()
    keep_findings_in([engagement], NOW)

    shown = page(cast.ada, "findings", engagement.public_id, stage=stage).context

    assert shown["chart"].title == "Open findings"


def test_a_page_that_is_looked_at_keeps_nothing(cast: Cast) -> None:
    engagement = without_target()

    page(cast.ada, "findings", engagement.public_id)
    page(cast.ada, "gate", engagement.public_id)

    assert not KeptFinding.objects.exists()


def test_what_was_mended_stands_in_the_history_and_its_file(cast: Cast) -> None:
    engagement = without_target()
    keep_findings_in([engagement], NOW - WEEK)
    engagement.objectives.update(target="100")
    keep_findings_in([engagement], NOW)

    answer = page(cast.ada, "findings", engagement.public_id, **{"kept-format": "csv"})

    rows = text_of(answer).splitlines()
    assert rows[1].startswith("OBJ001,blocker,")
    assert len(rows) == 2


def test_the_findings_page_costs_the_same_queries_for_1_and_40_kept(cast: Cast) -> None:
    engagement, client = without_target(), signed_in(cast.ada)
    keep_findings_in([engagement], NOW)
    few = queries_for(client, f"/engagements/{engagement.public_id}/findings/")
    for number in range(40):
        KeptFinding.objects.create(
            client=engagement.client, engagement=engagement, code="DEL001", place=str(number),
            sentence="S.", severity="major", stage="deliver", opened_at=NOW,
        )  # fmt: skip

    assert queries_for(client, f"/engagements/{engagement.public_id}/findings/") == few


# --- waivers


def test_each_finding_can_be_made_a_lesson_or_waived(cast: Cast) -> None:
    engagement = without_target()

    text = text_of(page(cast.ada, "findings", engagement.public_id))

    key = "finding_key=OBJ001+objectives%5B0%5D.target"
    assert f"/lessons/new/?engagement={engagement.public_id}&amp;{key}" in text
    assert "waivers/new/?code=OBJ001&amp;place=objectives%5B0%5D.target" in text


def test_whoever_may_not_write_is_offered_neither(cast: Cast) -> None:
    engagement = without_target()

    text = text_of(page(cast.ann, "findings", engagement.public_id))

    assert "/lessons/new/" not in text
    assert "waivers/new/" not in text


def test_the_link_of_a_finding_opens_the_lesson_form_with_it(cast: Cast) -> None:
    engagement = without_target()
    query = {"engagement": engagement.public_id, "finding_key": "OBJ001 objectives[0].target"}

    response = page(cast.ada, "lesson_new", **query)

    assert response.status_code == 200
    assert "OBJ001" in text_of(response)


def test_the_form_names_the_finding_that_was_clicked(cast: Cast) -> None:
    engagement = without_target()
    asked = {"code": "OBJ001", "place": "objectives[0].target"}

    form = page(cast.ada, "waiver_new", engagement.public_id, **asked).context["form"]

    assert form["finding"].value() == "OBJ001 objectives[0].target"


def test_a_finding_is_waived_and_the_gate_opens(cast: Cast) -> None:
    engagement = without_target()
    a_risk(engagement, cast.ada)

    answer = post(
        cast.ada,
        "waiver_new",
        engagement.public_id,
        finding="OBJ001 objectives[0].target",
        reach="one",
        reason="The works council decides.",
        expires_on=IN_A_MONTH.isoformat(),
    )

    assert answer.url == reverse("waivers", args=[engagement.public_id])
    gate = text_of(page(cast.ada, "gate", engagement.public_id))
    assert "The define gate is open." in gate
    assert "The works council decides." in gate


@pytest.mark.parametrize(
    ("until", "said"),
    [
        ("", "Say until which day."),
        (NOW.date().isoformat(), "A waiver ends on a day after today."),
        ((NOW + timedelta(days=400)).date().isoformat(), "A waiver ends within 365 days."),
        ("for ever", "Write the day as 2027-01-31."),
    ],
    ids=["endless", "today", "too-far", "no-day"],
)
def test_a_waiver_without_an_end_is_refused_beside_the_field(
    until: str, said: str, cast: Cast
) -> None:
    engagement = without_target()

    answer = post(
        cast.ada,
        "waiver_new",
        engagement.public_id,
        finding="OBJ001 objectives[0].target",
        reach="one",
        reason="Because.",
        expires_on=until,
    )

    assert answer.status_code == 422
    assert said in " ".join(answer.context["form"].errors["expires_on"])
    assert not Waiver.objects.exists()


def test_a_waived_finding_is_listed_as_waived_with_its_reason_and_day(cast: Cast) -> None:
    engagement = without_target()
    waive(cast, engagement)

    rows = text_of(page(cast.ada, "findings", engagement.public_id, format="csv")).splitlines()

    assert "Waived until" in rows[1]
    assert "The works council decides." in rows[1]


def test_a_waiver_is_ended_with_a_reason(cast: Cast) -> None:
    waiver = waive(cast, without_target())

    answer = post(cast.ben, "waiver_end", waiver.public_id, reason="Decided.")

    waiver.refresh_from_db()
    assert answer.status_code == 302
    assert (waiver.ended_by, waiver.ended_because) == (cast.ben.person, "Decided.")


def test_an_ended_waiver_stays_in_the_list(cast: Cast) -> None:
    waiver = waive(cast, without_target())
    post(cast.ada, "waiver_end", waiver.public_id, reason="Decided.")

    text = text_of(page(cast.ann, "waivers", waiver.engagement.public_id))

    assert "Ended: Decided." in text
    assert reverse("waiver_end", args=[waiver.public_id]) not in text


def test_a_provider_sees_no_waiver_no_threshold_and_no_history(cast: Cast) -> None:
    engagement = an_engagement()
    an_objective(engagement=engagement, target="")
    waiver = waive(cast, engagement, code="OBJ001")

    statuses = [
        page(cast.cleo, route, *args).status_code
        for route, args in (
            ("findings", [engagement.public_id]),
            ("waivers", [engagement.public_id]),
            ("waiver_end", [waiver.public_id]),
            ("engagement_policy", [engagement.public_id]),
            ("policy", []),
        )
    ]

    assert statuses == [404] * 5


def test_a_lesson_whose_answer_is_waived_waits_for_nobody(cast: Cast) -> None:
    a_lesson(cast.ada)
    engagement = an_engagement(stage=Stage.DEFINE, provider=None)
    before = text_of(page(cast.ada, "engagement", engagement.public_id))

    waive(cast, engagement, code="LES001", place="")

    assert "Answer 1 lesson" in before
    assert "Answer 1 lesson" not in text_of(page(cast.ada, "engagement", engagement.public_id))


# --- thresholds


def test_the_page_tells_value_default_meaning_and_who_goes_by_it(cast: Cast) -> None:
    text = text_of(page(cast.ann, "policy"))

    assert "Windows in a row, each lower than the one before it" in text
    assert reverse("guardrail", args=["DEL002"]) in text
    assert "Set the thresholds" not in text


def test_thresholds_are_set_and_an_empty_field_falls_back(cast: Cast) -> None:
    answer = post(
        cast.ada, "policy_set", falling_windows="5", lesson_match="0.25", volume_windows=""
    )

    assert answer.url == reverse("policy")
    stored = GuardrailPolicy.objects.get()
    assert stored.thresholds == {"falling_windows": 5, "lesson_match": "0.25"}


def test_an_engagement_s_page_shows_what_lies_beneath(cast: Cast) -> None:
    engagement = an_engagement()
    post(cast.ada, "policy_set", falling_windows="5")
    post(cast.ada, "engagement_policy_set", engagement.public_id, volume_windows="9")

    answer = page(cast.ada, "engagement_policy", engagement.public_id, format="csv")

    rows = csv.DictReader(text_of(answer).lstrip("\ufeff").splitlines())
    told = {row["Threshold"]: (row["Value"], row["Set by"], row["Used by"]) for row in rows}
    assert told["Falling windows"] == ("5", "The organisation", "DEL002")
    assert told["Volume windows"] == ("9", "This engagement", "AGR002")
    assert told["Unmeasured months"] == ("2", "Default", "DEL003")


@pytest.mark.parametrize("value", ["1", "25", "x", "3.5", "1e9"])
def test_a_threshold_out_of_bounds_is_refused_beside_its_field(value: str, cast: Cast) -> None:
    answer = post(cast.ada, "policy_set", falling_windows=value)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["falling_windows"]
    assert not GuardrailPolicy.objects.exists()


def test_the_thresholds_can_be_taken_to_the_command_line(cast: Cast) -> None:
    engagement = an_engagement()
    post(cast.ada, "engagement_policy_set", engagement.public_id, falling_windows="5")

    document = page(cast.ada, "engagement_policy", engagement.public_id, format="json").json()

    assert document["falling_windows"] == 5
    assert "--policy POLICY.json" in text_of(page(cast.ada, "findings", engagement.public_id))


# --- guardrails of lessons


def test_a_preview_names_present_and_past_engagements_apart(cast: Cast) -> None:
    lesson = a_lesson(cast.ada)
    an_objective(engagement=an_engagement(name="Ownerless"), provider_owner="")
    an_objective(engagement=an_engagement(name="Long gone", stage=Stage.CLOSE), provider_owner="")
    an_objective(engagement=an_engagement(name="Gone well", stage=Stage.CLOSE))

    response = post(cast.ada, "guardrail_new", lesson.public_id, preview="1", **RAISED)

    found = response.context["preview"]
    text = text_of(response)
    assert [engagement.name for engagement, _ in found["caught"]] == ["Ownerless"]
    assert [engagement.name for engagement, _ in found["before"]] == ["Long gone"]
    assert "it would catch 1 of 1 present engagement now, and would have caught 1 of 2 past" in text
    assert "Past engagements that it would have caught" in text
    assert "Nothing found in the past of Gone well." in text
    assert not Guardrail.objects.exists()


def test_a_guardrail_is_retired_with_a_reason_after_a_look_at_what_closes(cast: Cast) -> None:
    an_objective(engagement=an_engagement(name="Ownerless"), provider_owner="")
    made = a_guardrail(cast)
    before = text_of(page(cast.ada, "guardrail_retire", made.code))

    answer = post(cast.ada, "guardrail_retire", made.code, reason="OBJ001 asks the same.")

    assert "Ownerless" in before
    assert answer.url == reverse("guardrail", args=[made.code])
    text = text_of(page(cast.ann, "guardrail", made.code))
    assert "OBJ001 asks the same." in text
    assert "No present engagement violates this guardrail." in text


def test_a_retired_guardrail_stays_in_the_table_as_such(cast: Cast) -> None:
    made = a_guardrail(cast)
    post(cast.ada, "guardrail_retire", made.code, reason="Asked twice.")

    rows = text_of(page(cast.ada, "guardrails", format="csv")).splitlines()

    assert next(row for row in rows if row.startswith("LSN001")).endswith("A lesson; retired,0")


@pytest.mark.parametrize("code", ["OBJ001", "LSN009"])
def test_only_a_guardrail_of_a_lesson_is_retired(code: str, cast: Cast) -> None:
    assert page(cast.ada, "guardrail_retire", code).status_code == 404


# --- where the mistake is made


def test_an_objective_s_form_names_what_is_missing_beside_the_field(cast: Cast) -> None:
    engagement = without_target()
    objective = engagement.objectives.get()

    shown = page(cast.ada, "objective_edit", objective.public_id).context["rows"]

    beside = {bound.name: [each[0].code for each in found] for bound, found in shown if found}
    assert beside == {"target": ["OBJ001"]}


def test_the_list_of_objectives_shows_them_to_the_client_alone(cast: Cast) -> None:
    engagement = an_engagement()
    an_objective(engagement=engagement, target="")

    client = text_of(page(cast.ada, "objectives", engagement.public_id))
    provider = text_of(page(cast.cleo, "objectives", engagement.public_id))

    assert reverse("guardrail", args=["OBJ001"]) in client
    assert "OBJ001" not in provider


def test_an_agreement_shows_them_beside_the_level_to_the_client_alone(cast: Cast) -> None:
    engagement = an_engagement()
    agreement = an_agreement(engagement, cast)
    agreement.document["service_levels"][0].pop("data_source")
    agreement.document["service_levels"][0]["data_source"] = None
    agreement.save()

    client = page(cast.ada, "agreement", agreement.public_id)
    provider = text_of(page(cast.cleo, "agreement", agreement.public_id))

    beside = {level.id: [each[0].code for each in found] for level, found in
              client.context["level_rows"] if found}  # fmt: skip
    assert "AGR001" in beside["response"]
    assert "AGR001" not in provider


def test_the_portfolio_counts_them_by_severity_with_a_link(cast: Cast) -> None:
    engagement = without_target()
    waived = without_target(name="Waived")
    waive(cast, waived)

    text = text_of(page(cast.ada, "home"))

    findings = reverse("findings", args=[engagement.public_id])
    assert f'<a href="{findings}">1 blocker</a>' in text
    assert reverse("findings", args=[waived.public_id]) not in text
    assert "Open findings" not in text_of(page(cast.cleo, "home"))
