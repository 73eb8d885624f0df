"""Findings kept over time: opened, closed, opened again, each in the transaction of an act."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tallystick.actions.findings_kept import keep_findings_in
from tallystick.actions.keep_findings import keep_findings
from tallystick.actions.pass_gate import pass_gate
from tallystick.actions.state_objective import ObjectiveWording, state_objective
from tallystick.engine.guardrails.stages import Stage
from tallystick.records.engagements import Engagement
from tallystick.records.kept_findings import KeptFinding
from tallystick.records.ledger import LedgerEntry
from tests.actions.test_measure_and_state import an_agreement
from tests.cast import TODAY, Cast, an_engagement, an_organisation
from tests.web.pages import a_lesson, an_objective

pytestmark = pytest.mark.django_db

LATER = TODAY + timedelta(days=1)
WHOLE = ObjectiveWording(
    "Pay every salary on the day", "Share paid", "%", "97", TODAY.date(), "counted", "100",
    date(2027, 6, 30), "Bank report", "Ben", "Cleo",
)  # fmt: skip


def opened(engagement: Engagement, code: str = "OBJ001") -> list[str]:
    """Return the places at which findings are open."""
    rows = KeptFinding.objects.filter(engagement=engagement, code=code, closed_at=None)
    return sorted(rows.values_list("place", flat=True))


def test_stating_an_objective_opens_what_it_lacks_by_its_id(cast: Cast) -> None:
    engagement = an_engagement()

    objective = state_objective(
        engagement=engagement, wording=replace(WHOLE, target=""), by=cast.ada, as_of=TODAY
    )

    row = KeptFinding.objects.get(engagement=engagement, code="OBJ001")
    assert row.place == f"objectives[{objective.public_id}].target"
    assert (row.severity, row.stage) == ("blocker", "deliver")
    assert (row.opened_at, row.closed_at, row.closed_because) == (TODAY, None, "")


def test_amending_it_closes_the_finding_at_that_moment(cast: Cast) -> None:
    engagement = an_engagement()
    objective = state_objective(
        engagement=engagement, wording=replace(WHOLE, target=""), by=cast.ada, as_of=TODAY
    )

    state_objective(
        engagement=engagement, wording=WHOLE, amends=objective, by=cast.ada, as_of=LATER
    )

    assert opened(engagement) == []
    assert KeptFinding.objects.get(code="OBJ001").closed_at == LATER


def test_what_opens_again_is_a_new_row(cast: Cast) -> None:
    engagement = an_engagement()
    objective = an_objective(engagement=engagement, target="")

    for moment, target in ((TODAY, ""), (LATER, "100"), (LATER + timedelta(days=1), "")):
        objective.target = target
        objective.save()
        keep_findings_in([engagement], moment)

    rows = KeptFinding.objects.filter(code="OBJ001").order_by("id")
    assert [(row.opened_at, row.closed_at) for row in rows] == [
        (TODAY, LATER),
        (LATER + timedelta(days=1), None),
    ]


def test_keeping_twice_keeps_one_row(cast: Cast) -> None:
    engagement = an_engagement()
    an_objective(engagement=engagement, target="")

    keep_findings_in([engagement], TODAY)
    again = keep_findings_in([engagement], LATER)

    assert (again.opened, again.closed) == ([], [])
    assert len(opened(engagement)) == 1


def test_a_lesson_that_matches_better_moves_no_finding(cast: Cast) -> None:
    engagement = an_engagement()
    first = a_lesson(cast.ada)
    keep_findings_in([engagement], TODAY)
    better = a_lesson(
        cast.ada, title="Service desk", practices=["7"], service_types=["service-desk"]
    )

    kept = keep_findings_in([engagement], LATER)

    assert [row.place for row in kept.opened] == [f"lessons[{better.public_id}].disposition"]
    assert kept.closed == []
    assert f"lessons[{first.public_id}].disposition" in opened(engagement, "LES001")


def test_passing_a_gate_keeps_what_the_next_stage_asks_for(cast: Cast) -> None:
    engagement = an_engagement(stage=Stage.AGREE)
    an_objective(engagement=engagement)
    an_agreement(engagement, cast)

    pass_gate(engagement=engagement, by=cast.ada, as_of=TODAY)
    pass_gate(engagement=engagement, by=cast.ada, as_of=LATER)

    rows = KeptFinding.objects.filter(engagement=engagement, code="DEL003")
    assert {(row.stage, row.opened_at) for row in rows} == {("deliver", LATER)}


def test_an_act_that_is_undone_keeps_nothing(cast: Cast) -> None:
    engagement = an_engagement()

    with transaction.atomic():
        state_objective(
            engagement=engagement, wording=replace(WHOLE, target=""), by=cast.ada, as_of=TODAY
        )
        transaction.set_rollback(True)

    assert not KeptFinding.objects.exists()


def test_an_act_leaves_one_entry_in_the_ledger_whatever_it_opens(cast: Cast) -> None:
    engagement = an_engagement()
    before = LedgerEntry.objects.count()

    state_objective(
        engagement=engagement, wording=replace(WHOLE, target=""), by=cast.ada, as_of=TODAY
    )

    assert LedgerEntry.objects.count() == before + 1


def test_what_only_time_opens_is_kept_by_the_day_and_entered(cast: Cast) -> None:
    engagement = an_engagement()
    an_objective(engagement=engagement)
    keep_findings(client=an_organisation(), as_of=TODAY)
    before = LedgerEntry.objects.count()

    # Ten working days without the provider's word have passed.
    kept = keep_findings(client=an_organisation(), as_of=TODAY + timedelta(days=30))

    entry = LedgerEntry.objects.order_by("id").last()
    assert [row.code for row in kept.opened] == ["OBJ002"]
    assert LedgerEntry.objects.count() == before + 1
    assert entry is not None
    assert (entry.client, entry.engagement) == (an_organisation(), None)


def test_a_day_that_changes_nothing_is_not_entered(cast: Cast) -> None:
    an_objective(engagement=an_engagement(), target="")
    keep_findings(client=an_organisation(), as_of=TODAY)
    before = LedgerEntry.objects.count()

    keep_findings(client=an_organisation(), as_of=TODAY)

    assert LedgerEntry.objects.count() == before


def test_findings_of_another_client_are_left_alone(cast: Cast) -> None:
    mine, theirs = an_engagement(), an_engagement(client=an_organisation("Southwind Water"))
    for engagement in (mine, theirs):
        an_objective(engagement=engagement, target="")

    keep_findings(client=an_organisation(), as_of=TODAY)

    assert opened(mine) != []
    assert opened(theirs) == []


def test_keeping_5_and_25_engagements_costs_the_same_queries(cast: Cast) -> None:
    engagements = [an_engagement(name=f"Desk {number}") for number in range(30)]

    counts = []
    for some in (engagements[:5], engagements[5:]):
        with CaptureQueriesContext(connection) as seen:
            keep_findings_in(some, TODAY)
        counts.append(len(seen))

    assert counts[0] == counts[1]
