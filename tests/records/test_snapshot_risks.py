"""The risks of a snapshot: as many as it holds, those that are over giving way first."""

from datetime import date

import pytest

from tallystick.engine.risk import TriageLevel
from tallystick.records.risks import Risk
from tallystick.records.snapshot_risks import MOST_RISKS
from tallystick.records.snapshots import snapshot_of
from tests.cast import TODAY, a_viewer, an_engagement

pytestmark = pytest.mark.django_db


def test_a_register_of_many_years_still_fits() -> None:
    lead, engagement = a_viewer(), an_engagement()
    Risk.objects.bulk_create(
        Risk(
            engagement=engagement,
            title=f"Risk {number}",
            category="legal",
            owner=lead.person,
            level=TriageLevel.HIGH,
            status="identified" if number == MOST_RISKS else "closed",
            identified_on=date(2026, 1, 1),
            closed_on=None if number == MOST_RISKS else date(2026, 2, 1),
            identified_at=TODAY,
            identified_by=lead.person,
        )
        for number in range(MOST_RISKS + 1)
    )

    found = snapshot_of(engagement, TODAY.date()).risks

    assert len(found) == MOST_RISKS
    assert [each.title for each in found if each.closed_on is None] == [f"Risk {MOST_RISKS}"]
