"""What the product keeps for something else answers guardrails too."""

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from tallystick.actions.invoice_credit import invoice_credit
from tallystick.actions.open_review import open_review
from tallystick.actions.publish_lesson import publish_lesson
from tallystick.actions.rate_importance import rate_importance
from tallystick.actions.record_actual import record_actual
from tallystick.engine.guardrails import BUILT_IN, check, read_snapshot
from tallystick.engine.guardrails.stages import Stage
from tallystick.engine.reviews.parts import Outcome, ReviewKind
from tallystick.records.engagements import Engagement, GatePassage
from tallystick.records.findings import findings_of
from tallystick.records.lessons import Lesson
from tallystick.records.roles import Role
from tallystick.records.snapshots import snapshot_document, snapshot_of
from tests.actions.reviewing import signed, written
from tests.actions.selecting import a_ranked_selection
from tests.actions.test_credit_ledger import a_credited_statement, entered
from tests.actions.test_learning import WORDING
from tests.actions.test_measure_and_state import an_agreement
from tests.cast import TODAY, Cast, a_viewer, an_engagement
from tests.web.levels import a_measured_level
from tests.web.pages import an_objective
from tests.web.test_lessons import a_finding

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.django_db

RENEWING: dict[str, Any] = {
    "in_force": {"from": "2026-01-01", "until": "2026-10-01"},
    "renewal": {"renews": "automatically", "months": 12, "notice_days": 60},
}
NEXT = {"from": "2026-10-01", "until": "2027-10-01"}


def places(engagement: Engagement, code: str, days: int = 0) -> list[str]:
    """Return where a guardrail fires, some days after today."""
    found = findings_of(engagement, TODAY + timedelta(days=days))
    return [each.place for each in found if each.code == code]


def a_lesson_of_a_review(cast: Cast, home: Path) -> Lesson:
    """Return the lesson that a review of today gave."""
    return publish_lesson(wording=WORDING, finding=a_finding(cast, home), by=cast.eva, as_of=TODAY)


def a_mid_term_review(engagement: Engagement, cast: Cast, **wording: Any) -> None:
    """Open, write and sign a mid-term review today."""
    pack = open_review(engagement=engagement, kind=ReviewKind.MID_TERM, by=cast.ben, as_of=TODAY)
    written(pack, cast.ben, **wording)
    signed(pack, cast.ben)


def test_a_credit_that_nobody_invoices_is_found_after_sixty_days(cast: Cast, home: Path) -> None:
    engagement = a_credited_statement(cast, home).engagement

    assert places(engagement, "AGR010", days=60) == []
    assert places(engagement, "AGR010", days=61) == ["credits[0].invoiced"]


def test_what_is_not_invoiced_is_at_stake(cast: Cast, home: Path) -> None:
    engagement = a_credited_statement(cast, home).engagement
    entered(invoice_credit, engagement, a_viewer(Role.ACCOUNT_MANAGER), "1500.00")

    (found,) = [
        each
        for each in findings_of(engagement, TODAY + timedelta(days=90))
        if each.code == "AGR010"
    ]

    assert str(found.at_stake) == "2,500.00 EUR"


def test_a_credit_that_is_invoiced_is_no_finding(cast: Cast, home: Path) -> None:
    engagement = a_credited_statement(cast, home).engagement
    entered(invoice_credit, engagement, a_viewer(Role.ACCOUNT_MANAGER), "4000.00")

    assert places(engagement, "AGR010", days=90) == []


def test_a_term_that_renews_by_itself_waits_for_a_decision(cast: Cast) -> None:
    engagement = an_engagement()
    an_agreement(engagement, cast, **RENEWING)

    assert places(engagement, "AGR008") == ["renewal.decided_on"]


def test_a_signed_version_that_follows_is_the_decision(cast: Cast) -> None:
    engagement = an_engagement()
    an_agreement(engagement, cast, **RENEWING)
    an_agreement(engagement, cast, version=2, in_force=NEXT)

    snapshot = snapshot_of(engagement, TODAY.date())

    assert snapshot.renewal is not None
    assert snapshot.renewal.decision == "Version 2 follows on 2026-10-01."
    assert places(engagement, "AGR008") == []


@pytest.mark.parametrize(
    ("outcome", "fires"),
    [
        (Outcome.CONTINUE, ["renewal.decided_on"]),
        (Outcome.CHANGE, ["renewal.decided_on"]),
        (Outcome.RE_TENDER, []),
        (Outcome.EXIT, []),
    ],
)
def test_a_review_that_leads_out_is_the_decision(
    cast: Cast, outcome: Outcome, fires: list[str]
) -> None:
    engagement = an_engagement()
    an_agreement(engagement, cast, **RENEWING)
    a_mid_term_review(engagement, cast, outcome=outcome)

    assert places(engagement, "AGR008") == fires


def test_a_mid_term_review_stands_in_the_snapshot_with_its_decision(cast: Cast) -> None:
    engagement = an_engagement(starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31))
    a_mid_term_review(engagement, cast)

    (seen,) = snapshot_of(engagement, TODAY.date()).reviews

    assert (seen.kind, seen.held_on, seen.decision) == ("mid-term", TODAY.date(), "continue")
    assert places(engagement, "DEL005") == []


def test_half_a_term_without_a_review_is_found(cast: Cast) -> None:
    engagement = an_engagement(starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31))

    assert places(engagement, "DEL005") == ["reviews"]


def test_reviews_and_the_lessons_they_gave_stand_in_the_snapshot(cast: Cast, home: Path) -> None:
    lesson = a_lesson_of_a_review(cast, home)
    assert lesson.finding is not None
    engagement = lesson.finding.engagement

    snapshot = snapshot_of(engagement, TODAY.date())

    assert [(each.kind, each.held_on) for each in snapshot.reviews] == [("monthly", TODAY.date())]
    assert [(each.id, each.owner) for each in snapshot.lesson_log] == [
        (lesson.public_id, lesson.published_by.name)
    ]


def test_a_lesson_of_one_engagement_is_not_in_the_log_of_another(cast: Cast, home: Path) -> None:
    a_lesson_of_a_review(cast, home)

    snapshot = snapshot_of(an_engagement(name="Another"), TODAY.date())

    assert snapshot.lesson_log == []


def test_the_charges_name_the_currency(cast: Cast, home: Path) -> None:
    engagement = a_credited_statement(cast, home).engagement
    without = a_measured_level(cast, home, called="No charges")

    currencies = [
        snapshot_of(each, TODAY.date()).currency for each in (engagement, without.engagement)
    ]

    assert currencies == ["EUR", None]


def test_the_page_names_every_guardrail_that_no_screen_feeds(cast: Cast) -> None:
    selection, _, _ = a_ranked_selection(cast)
    kept = snapshot_document(selection.engagement, TODAY.date())
    whole = yaml.safe_load((ROOT / "examples/engagements/gone-wrong.yaml").read_text("utf-8"))
    fed = {key: each for key, each in whole.items() if key in kept}
    # Of a competition some parts are kept and others are not yet.
    parts = kept["selection"].keys()
    fed["selection"] = {key: each for key, each in fed["selection"].items() if key in parts}
    known = read_snapshot(fed)

    found = {each.code for each in check(known, BUILT_IN, date(2029, 3, 15))}

    everything = {each.code for each in check(read_snapshot(whole), BUILT_IN, date(2029, 3, 15))}
    _, _, told = (ROOT / "docs/explanation/guardrails.md").read_text("utf-8").partition("no screen")
    assert set(re.findall(r"^- ([A-Z]{3}\d{3})", told, re.MULTILINE)) == (
        # Two of its three reasons lie in measurements; the example shows the third.
        everything - found - {"AGR002"}
    )


def test_the_provider_is_waited_for_since_the_award_made_the_engagement_known(cast: Cast) -> None:
    engagement = an_engagement(stage=Stage.AGREE)
    an_objective(engagement=engagement, stated_at=TODAY - timedelta(days=60))
    GatePassage.objects.create(
        engagement=engagement, stage=Stage.SELECT, passed_at=TODAY, passed_by=cast.ada.person
    )

    assert places(engagement, "OBJ002", days=14) == []
    assert places(engagement, "OBJ002", days=15) == ["objectives[0].acknowledged_on"]


def test_an_objective_is_seen_to_head_where_it_heads_since_its_newest_value(cast: Cast) -> None:
    objective = an_objective(
        baseline_value="0", baseline_on=date(2026, 1, 1), target="100", due_on=date(2026, 12, 31)
    )
    for month in (2, 3, 4):
        record_actual(
            objective=objective, on=date(2026, month, 1), value=str(month), by=cast.ada,
            as_of=TODAY - timedelta(days=10 - month),
        )  # fmt: skip

    (seen,) = snapshot_of(objective.engagement, TODAY.date()).objectives

    assert seen.projection is not None
    assert seen.projection.on == (TODAY - timedelta(days=6)).date()
    assert "objectives[0].projection" in places(objective.engagement, "DEL005")


def test_values_from_before_the_baseline_are_the_history_of_a_target(cast: Cast) -> None:
    objective = an_objective(
        engagement=an_engagement(stage=Stage.DEFINE),
        direction="higher", baseline_value="50", target="90",
        baseline_on=date(2026, 6, 1), due_on=date(2026, 12, 31),
    )  # fmt: skip
    for number in range(8):
        record_actual(
            objective=objective, on=date(2026, 5, 1 + number), value=str(50 + number),
            by=cast.ada, as_of=TODAY,
        )  # fmt: skip

    assert places(objective.engagement, "OBJ001") == ["objectives[0].target"]


def test_what_one_side_said_alone_of_its_importance_is_in_no_snapshot(cast: Cast) -> None:
    objective = an_objective()
    rate_importance(objective=objective, importance=5, by=cast.cleo, as_of=TODAY)

    (seen,) = snapshot_of(objective.engagement, TODAY.date()).objectives

    assert (seen.importance_client, seen.importance_provider) == (None, None)
