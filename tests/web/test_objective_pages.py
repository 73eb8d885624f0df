"""An objective's own page, the brief, the start, and what was measured."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tallystick.actions.rate_importance import rate_importance
from tallystick.actions.record_actual import record_actual
from tallystick.actions.state_objective import ObjectiveWording, state_objective
from tallystick.engine.guardrails.stages import Stage
from tallystick.engine.objectives import Direction
from tallystick.records.engagements import GatePassage
from tallystick.records.findings import findings_of
from tallystick.records.objective_actuals import ObjectiveActual
from tallystick.records.objectives import Objective, ObjectiveVersion
from tests.cast import TODAY, Cast, an_engagement
from tests.web.pages import page, post, signed_in, text_of

pytestmark = pytest.mark.django_db

WORDING: dict[str, Any] = {
    "statement": "Halve the time from request to live",
    "measure": "Median of the change log",
    "unit": "working days",
    "direction": Direction.LOWER,
    "baseline_value": "24",
    "baseline_on": date(2026, 1, 1),
    "target": "12",
    "due_on": date(2026, 12, 31),
    "source": "Change log",
    "client_owner": "Ben",
    "provider_owner": "Cleo",
}


def a_stated(cast: Cast, **changes: Any) -> Objective:
    """Return an objective that was stated through its action."""
    engagement = changes.pop("engagement", None) or an_engagement()
    wording = ObjectiveWording(**WORDING | changes)
    return state_objective(engagement=engagement, wording=wording, by=cast.ada, as_of=TODAY)


def amended(objective: Objective, cast: Cast, **changes: Any) -> Objective:
    """State an objective anew."""
    wording = ObjectiveWording(**WORDING | changes)
    return state_objective(
        engagement=objective.engagement,
        wording=wording,
        amends=objective,
        by=cast.ada,
        as_of=TODAY + timedelta(days=1),
    )


def measured(objective: Objective, cast: Cast, *values: tuple[date, str]) -> None:
    """Record values by hand."""
    for on, value in values:
        record_actual(objective=objective, on=on, value=value, by=cast.cleo, as_of=TODAY)


SLOWLY = ((date(2026, 3, 31), "23"), (date(2026, 4, 30), "22.5"), (date(2026, 6, 30), "22"))


def shown(cast: Cast, objective: Objective, who: str = "ada") -> str:
    """Return the page of an objective."""
    return text_of(page(getattr(cast, who), "objective", objective.public_id))


# --- versions and the provider's word


def test_every_wording_is_kept_with_who_stated_it(cast: Cast) -> None:
    objective = a_stated(cast)

    amended(objective, cast, target="10")

    kept = objective.versions.order_by("version")
    assert [(each.version, each.wording["target"]) for each in kept] == [(1, "12"), (2, "10")]
    assert kept[0].stated_by == cast.ada.person


def test_the_page_says_what_changed_since_the_version_that_was_acknowledged(cast: Cast) -> None:
    objective = a_stated(cast)
    post(cast.cleo, "objective_acknowledge", objective.public_id, version="1")
    amended(objective, cast, target="10")

    html = shown(cast, objective, "cleo")

    assert "What changed since version 1, which was acknowledged" in html
    assert "The target: was 12; now 10." in html
    assert "We have read and understood this" in html


def test_the_brief_holds_all_objectives_and_takes_one_word_for_all(cast: Cast) -> None:
    engagement = an_engagement()
    for statement in ("Answer every call", "Solve it at once"):
        a_stated(cast, engagement=engagement, statement=statement)
    brief = text_of(page(cast.cleo, "objective_brief", engagement.public_id))
    read = [f"{each.public_id}:{each.version}" for each in engagement.objectives.all()]

    post(cast.cleo, "objectives_acknowledge", engagement.public_id, read=read)

    assert "2 objectives of 2 wait for the word of Baltic Desk." in brief
    assert engagement.acknowledgements.count() == 2
    after = text_of(page(cast.ada, "objective_brief", engagement.public_id))
    assert "All of it is acknowledged" in after


def test_a_brief_that_was_amended_meanwhile_acknowledges_nothing(cast: Cast) -> None:
    engagement = an_engagement()
    first, second = a_stated(cast, engagement=engagement), a_stated(cast, engagement=engagement)
    read = [f"{each.public_id}:1" for each in (first, second)]
    amended(second, cast, target="10")
    client = signed_in(cast.cleo)

    answer = client.post(
        reverse("objectives_acknowledge", args=[engagement.public_id]), {"read": read}, follow=True
    )

    assert "has version 2 meanwhile" in text_of(answer)
    assert not engagement.acknowledgements.exists()


def test_ten_working_days_without_a_word_are_a_finding(cast: Cast) -> None:
    engagement = a_stated(cast, engagement=an_engagement(stage=Stage.AGREE)).engagement

    def found(days: int) -> bool:
        at = TODAY + timedelta(days=days)
        return "OBJ002" in {each.code for each in findings_of(engagement, at)}

    # 6 July 2026 is a Monday: the tenth working day after it is the 20th.
    assert (found(14), found(15)) == (False, True)


# --- importance


def test_nobody_reads_the_others_importance_before_both_have_rated(cast: Cast) -> None:
    objective = a_stated(cast)
    post(cast.ada, "objective_importance", objective.public_id, importance="5")

    theirs, ours = shown(cast, objective, "cleo"), shown(cast, objective)

    assert "You give it" not in theirs
    assert "The client gives it" not in theirs
    assert "You give it <strong>5</strong> of 5" in ours


def test_once_both_have_rated_the_gap_is_shown_to_both(cast: Cast) -> None:
    objective = a_stated(cast)
    for who, importance in ((cast.ada, "5"), (cast.cleo, "2")):
        post(who, "objective_importance", objective.public_id, importance=importance)

    for who in ("ada", "cleo"):
        html = shown(cast, objective, who)
        assert "The client gives it 5 of 5, the provider 2." in html
    places = {each.place for each in findings_of(objective.engagement, TODAY)}
    assert "objectives[0].importance_provider" in places


def test_a_new_round_is_sealed_again(cast: Cast) -> None:
    objective = a_stated(cast)
    for who, importance in ((cast.ada, 5), (cast.cleo, 2), (cast.ada, 3)):
        rate_importance(objective=objective, importance=importance, by=who, as_of=TODAY)

    html = shown(cast, objective, "cleo")

    assert "The client gives it 5 of 5, the provider 2." in html
    assert "You give it" not in html


def test_an_importance_off_the_scale_is_refused(cast: Cast) -> None:
    objective = a_stated(cast)

    answer = post(cast.ada, "objective_importance", objective.public_id, importance="9")

    assert answer.status_code == 422


# --- what was measured


def test_a_value_recorded_by_hand_moves_the_objective(cast: Cast) -> None:
    objective = a_stated(cast)

    post(cast.cleo, "objective_value", objective.public_id, on="2026-03-31", value="18", note="Log")

    html = shown(cast, objective)
    assert "18 working days, as of 31 Mar 2026: 50% of the way" in html


def test_a_correction_stands_beside_what_it_corrects(cast: Cast) -> None:
    objective = a_stated(cast)
    measured(objective, cast, (date(2026, 3, 31), "18"))
    (first,) = ObjectiveActual.objects.all()

    post(
        cast.ada, "objective_value", objective.public_id,
        on="2026-03-31", value="21", corrects=first.public_id,
    )  # fmt: skip

    assert [f"{each.value:.0f}" for each in objective.actuals.order_by("id")] == ["18", "21"]
    html = shown(cast, objective)
    assert "21 working days, as of 31 Mar 2026: 25% of the way" in html
    assert "Corrected" in html


def test_a_second_value_for_a_day_is_refused_with_the_way_out(cast: Cast) -> None:
    objective = a_stated(cast)
    measured(objective, cast, (date(2026, 3, 31), "18"))

    answer = post(cast.ada, "objective_value", objective.public_id, on="2026-03-31", value="21")

    assert answer.status_code == 422
    assert "Correct that one" in text_of(answer)


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"on": "2026-03-31", "value": "many"}, "“many” is no number."),
        ({"on": "2196-03-31", "value": "18"}, "2196-03-31 lies ahead"),
        ({"on": "", "value": "18"}, "Give the day."),
    ],
)
def test_a_value_that_cannot_be_is_refused(cast: Cast, fields: Any, says: str) -> None:
    answer = post(cast.ada, "objective_value", a_stated(cast).public_id, **fields)

    assert answer.status_code == 422
    assert says in text_of(answer)


def test_a_slow_objective_is_projected_late_and_found(cast: Cast) -> None:
    objective = a_stated(cast, engagement=an_engagement(stage=Stage.DELIVER))
    measured(objective, cast, *SLOWLY)

    html = shown(cast, objective)

    assert "Projected late" in html
    assert "The target is probably reached on" in html
    places = {each.place for each in findings_of(objective.engagement, TODAY)}
    assert "objectives[0].projection" in places


# --- bad input


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"target": "24"}, "The target and the baseline are both 24."),
        ({"target": "30"}, "the target 30 is worse than the baseline 24"),
        ({"due_on": "2025-12-31"}, "The target is due on 2025-12-31"),
        ({"target": "soon"}, "The target “soon” is no number."),
        ({"tolerance": "-1"}, "The tolerance is -1."),
        ({"profile": "next week 20"}, "Line 1: write a day and a value"),
        ({"profile": "2028-01-01 20"}, "The profile names 2028-01-01"),
    ],
)
def test_figures_that_cannot_be_are_refused(cast: Cast, changes: Any, says: str) -> None:
    engagement = an_engagement()

    answer = post(cast.ada, "objective_new", engagement.public_id, **WORDING | changes)

    assert answer.status_code == 422
    assert says in text_of(answer).replace("&quot;", '"')
    assert not engagement.objectives.exists()


def test_words_for_figures_are_kept_and_the_page_says_what_is_missing(cast: Cast) -> None:
    objective = a_stated(cast, direction="", baseline_value="slow")

    assert "The baseline “slow” is no number." in shown(cast, objective)


# --- the start


def test_cheaper_and_faster_become_objectives_of_the_service(cast: Cast) -> None:
    engagement = an_engagement(stage=Stage.DEFINE, provider=None)

    html = text_of(page(cast.ada, "objective_start", engagement.public_id, want="cheaper"))
    form = page(cast.ada, "objective_new", engagement.public_id, **{"from": "cost-per-ticket"})

    assert "Lower what one solved ticket costs us as a whole" in html
    assert "Shorten the time" not in html
    assert 'value="EUR per ticket"' in text_of(form)


# --- values from a file


def test_a_file_is_tried_out_before_anything_is_stored(cast: Cast) -> None:
    objective = a_stated(cast)
    client = signed_in(cast.cleo)
    path = reverse("objective_values_import", args=[objective.public_id])
    file = SimpleUploadedFile("log.csv", b"date,value\n2026-03-31,18\n2026-04-30,many\n")

    tried = client.post(path, {"file": file})

    assert "Line 3: “many” is no number." in text_of(tried)
    assert not objective.actuals.exists()
    rows = tried.context["form"]["rows"].value()
    client.post(path, {"rows": rows, "name": "log.csv", "commit": "1"})
    (stored,) = objective.actuals.all()
    assert (stored.value, stored.file_name) == (18, "log.csv")


def test_a_file_that_is_no_table_is_refused(cast: Cast) -> None:
    objective = a_stated(cast)
    file = SimpleUploadedFile("log.csv", b"one,two\n1,2\n")

    answer = post(cast.cleo, "objective_values_import", objective.public_id, file=file)

    assert answer.status_code == 422
    assert "Call the columns date, value and note." in text_of(answer)


# --- what is sealed


def test_a_provider_gets_the_same_bytes_whether_the_client_has_rated_or_not(cast: Cast) -> None:
    objective = a_stated(cast)
    client = signed_in(cast.cleo)
    engagement = objective.engagement.public_id
    paths = [
        reverse(name, args=[key])
        for name, key in (
            ("objective", objective.public_id),
            ("objectives", engagement),
            ("objective_brief", engagement),
            ("history", engagement),
            ("engagement", engagement),
            ("api:objective", objective.public_id),
            ("api:objectives", engagement),
            ("api:history", engagement),
        )
    ]

    def answers() -> list[str]:
        pages = (client.get(path) for path in paths)
        return [re.sub(r"[A-Za-z0-9]{64}", "TOKEN", text_of(each)) for each in pages]

    before = answers()
    rate_importance(objective=objective, importance=5, by=cast.ada, as_of=TODAY)

    assert answers() == before


def test_what_was_worded_before_the_award_stays_with_the_client(cast: Cast) -> None:
    engagement = an_engagement(stage=Stage.DEFINE)
    objective = a_stated(cast, engagement=engagement, target="11")
    amended(objective, cast, target="12")
    engagement.stage = Stage.AGREE
    engagement.save()
    GatePassage.objects.create(
        engagement=engagement,
        stage=Stage.SELECT,
        passed_at=TODAY + timedelta(days=2),
        passed_by=cast.ada.person,
    )

    seen = [
        ObjectiveVersion.objects.visible_to(who).filter(objective=objective)
        for who in (cast.ada, cast.cleo)
    ]

    assert [sorted(each.version for each in rows) for rows in seen] == [[1, 2], [2]]
    assert "now 12" in shown(cast, objective)
    assert "was 11" not in shown(cast, objective, "cleo")
    history = text_of(page(cast.cleo, "history", engagement.public_id))
    assert "Stated the objective" not in history
