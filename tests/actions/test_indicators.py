"""Early-warning indicators: what they read, when they trip, and what that does to the risk."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from tallystick.actions.check_indicators import check_indicators
from tallystick.actions.end_indicator import end_indicator
from tallystick.actions.finish_action_item import finish_action_item
from tallystick.actions.give_action_item import Task, give_action_item
from tallystick.actions.read_indicator import read_indicator
from tallystick.actions.record_actual import record_actual
from tallystick.actions.review_risk import review_risk
from tallystick.actions.state_indicator import IndicatorRefused, SignWording, state_indicator
from tallystick.engine.risk import Comparison
from tallystick.engine.risk.warning_sign import SignRefused
from tallystick.records.action_items import ActionItem, ActionOutcome
from tallystick.records.engagements import Engagement
from tallystick.records.indicators import SignSource
from tallystick.records.ledger import LedgerEntry
from tallystick.records.objectives import Objective
from tallystick.records.risk_registers import AnyIndicator, AnyRisk, risk_review_due
from tallystick.records.risks import RiskStep
from tallystick.records.viewer import Viewer
from tests.cast import TODAY, a_viewer, an_engagement
from tests.risking import a_risk

pytestmark = pytest.mark.django_db


def a_sign(risk: AnyRisk, by: Viewer, **changes: Any) -> AnyIndicator:
    usual: dict[str, Any] = {
        "name": "Notices given",
        "source": SignSource.HAND,
        "comparison": Comparison.AT_LEAST,
        "threshold": Decimal(2),
        "consecutive": 2,
    }
    return state_indicator(risk=risk, wording=SignWording(**usual | changes), by=by, as_of=TODAY)


def a_task(engagement: Engagement, by: Viewer) -> ActionItem:
    return give_action_item(
        engagement=engagement,
        task=Task("Train a second agent", by.person, TODAY.date() + timedelta(days=7)),
        by=by,
        as_of=TODAY,
    )


def read(sign: AnyIndicator, day: int, value: int, by: Viewer) -> AnyIndicator:
    return read_indicator(
        indicator=sign, on=date(2026, 7, day), value=Decimal(value), by=by, as_of=TODAY
    )


def test_so_many_values_in_a_row_raise_the_risk_at_once() -> None:
    lead, engagement = a_viewer(), an_engagement()
    risk = a_risk(engagement, lead)
    sign = a_sign(risk, lead)

    assert read(sign, 1, 3, lead).tripped_on is None
    assert read(sign, 2, 2, lead).tripped_on == date(2026, 7, 2)

    risk.refresh_from_db()
    assert risk.warned_on == TODAY.date()
    assert RiskStep.objects.get(kind="warned").taken_by is None
    assert LedgerEntry.objects.filter(engagement=engagement, action="check_indicators").exists()


def test_a_warning_asks_for_a_review_and_is_answered_by_it() -> None:
    lead, engagement = a_viewer(), an_engagement()
    risk = a_risk(engagement, lead)
    review_risk(risk=risk, note="Quiet.", by=lead, as_of=TODAY - timedelta(days=9))
    sign = a_sign(risk, lead, consecutive=1)
    read(sign, 1, 5, lead)
    risk.refresh_from_db()

    assert risk_review_due(risk) == TODAY.date()

    risk = review_risk(risk=risk, note="Two leave.", by=lead, as_of=TODAY)
    assert risk_review_due(risk) == TODAY.date() + timedelta(days=90)


def test_an_indicator_warns_once_until_it_read_well_again() -> None:
    lead, engagement = a_viewer(), an_engagement()
    sign = a_sign(a_risk(engagement, lead), lead, consecutive=1)

    for day, value in ((1, 5), (2, 6), (3, 0), (4, 7)):
        sign = read(sign, day, value, lead)

    assert RiskStep.objects.filter(kind="warned").count() == 2
    assert sign.tripped_on == date(2026, 7, 4)


def test_the_same_day_read_anew_replaces_the_value() -> None:
    lead, engagement = a_viewer(), an_engagement()
    sign = a_sign(a_risk(engagement, lead), lead, consecutive=1)

    read(sign, 1, 5, lead)
    sign = read(sign, 1, 0, lead)

    assert sign.readings == [["2026-07-01", "0"]]
    assert sign.tripped_on is None


def test_an_objective_is_read_in_its_own_unit() -> None:
    lead, engagement = a_viewer(), an_engagement()
    objective = Objective.objects.create(
        engagement=engagement, statement="Answer sooner", stated_at=TODAY
    )
    sign = a_sign(
        a_risk(engagement, lead), lead, source=SignSource.OBJECTIVE, objective=objective,
        comparison=Comparison.BELOW, threshold=Decimal(80), consecutive=1,
    )  # fmt: skip
    record_actual(objective=objective, on=date(2026, 7, 1), value="79.5", by=lead, as_of=TODAY)

    tripped = check_indicators(engagement=engagement, as_of=TODAY)

    assert [each.public_id for each in tripped] == [sign.public_id]


def test_nothing_new_is_entered_when_nothing_changed() -> None:
    lead, engagement = a_viewer(), an_engagement()
    read(a_sign(a_risk(engagement, lead), lead, consecutive=1), 1, 5, lead)
    entries = LedgerEntry.objects.count()

    assert check_indicators(engagement=engagement, as_of=TODAY) == []
    assert LedgerEntry.objects.count() == entries


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"consecutive": 0}, SignRefused),
        ({"source": SignSource.OBJECTIVE}, IndicatorRefused),
        ({"source": SignSource.SERVICE_LEVEL, "service_level": "none"}, IndicatorRefused),
        ({"threshold": Decimal(10**16)}, IndicatorRefused),
    ],
)
def test_an_indicator_that_reads_nothing_is_refused(
    changes: dict[str, Any], refusal: type[Exception]
) -> None:
    lead, engagement = a_viewer(), an_engagement()
    risk = a_risk(engagement, lead)

    with pytest.raises(refusal):
        a_sign(risk, lead, **changes)


def test_an_ended_indicator_is_not_read_any_more() -> None:
    lead, engagement = a_viewer(), an_engagement()
    sign = a_sign(a_risk(engagement, lead), lead)
    sign = end_indicator(indicator=sign, by=lead, as_of=TODAY)

    with pytest.raises(IndicatorRefused):
        read(sign, 1, 5, lead)


def test_ageing_action_items_trip_an_indicator_and_finished_ones_arm_it_again() -> None:
    lead, engagement = a_viewer(), an_engagement()
    sign = a_sign(
        a_risk(engagement, lead),
        lead,
        name="Nothing gets done",
        source=SignSource.ACTION_AGE,
        threshold=Decimal(10),
        consecutive=3,
    )
    item = a_task(engagement, lead)

    def tripped(days: int) -> list[AnyIndicator]:
        return check_indicators(engagement=engagement, as_of=TODAY + timedelta(days=days))

    assert tripped(11) == []
    assert tripped(12) == [sign]
    done = TODAY + timedelta(days=13)
    finish_action_item(
        item=item, outcome=ActionOutcome.DONE, on=done.date(), note="", by=lead, as_of=done
    )
    assert tripped(14) == []
    sign.refresh_from_db()
    assert sign.tripped_on is None


def test_action_items_of_another_engagement_do_not_age_here() -> None:
    lead, engagement = a_viewer(), an_engagement()
    sign = a_sign(a_risk(engagement, lead), lead, source=SignSource.ACTION_AGE, consecutive=1)
    a_task(an_engagement(name="Another"), lead)

    assert check_indicators(engagement=engagement, as_of=TODAY + timedelta(days=30)) == []
    sign.refresh_from_db()
    assert sign.read_on == TODAY.date() + timedelta(days=30)
