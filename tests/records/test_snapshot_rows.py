"""Many engagements are read at once; each gets its own rows."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tallystick.records.agreements import the_one_for
from tallystick.records.findings import findings_of, findings_of_all
from tallystick.records.snapshot_rows import rows_of
from tests.actions.test_measure_and_state import an_agreement
from tests.cast import TODAY, Cast, an_engagement
from tests.web.pages import a_lesson, an_objective

pytestmark = pytest.mark.django_db


def test_each_engagement_gets_its_own_rows(cast: Cast) -> None:
    one, two = an_engagement(name="One"), an_engagement(name="Two")
    objective = an_objective(engagement=one)
    agreement = an_agreement(two, cast)

    rows = rows_of([one, two], TODAY.date())

    assert list(rows[one.pk].objectives) == [objective]
    assert rows[one.pk].agreement is None
    assert rows[two.pk].agreement == agreement


def test_findings_of_many_are_those_of_each(cast: Cast) -> None:
    engagements = [an_engagement(name=f"Desk {number}") for number in range(3)]
    an_objective(engagement=engagements[0], due_on=None)
    a_lesson(cast.ada)

    found = findings_of_all(engagements, TODAY)

    assert found == {each.pk: findings_of(each, TODAY) for each in engagements}


def test_findings_of_5_and_50_cost_the_same_queries(cast: Cast) -> None:
    engagements = [an_engagement(name=f"Desk {number}") for number in range(50)]

    counts = []
    for some in (engagements[:5], engagements):
        with CaptureQueriesContext(connection) as seen:
            findings_of_all(some, TODAY)
        counts.append(len(seen))

    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("on", "version"),
    [
        (date(2025, 6, 1), 1),
        (date(2026, 6, 1), 1),
        (date(2026, 12, 31), 1),
        (date(2027, 1, 1), 2),
        (date(2030, 1, 1), 2),
        (None, 2),
    ],
    ids=["before", "first", "last-day", "renewal", "after", "any-day"],
)
def test_a_renewal_recorded_ahead_waits_for_its_day(
    cast: Cast, on: date | None, version: int
) -> None:
    engagement = an_engagement()
    renewal = {"from": "2027-01-01", "until": "2028-01-01"}
    an_agreement(engagement, cast, version=2, in_force=renewal)
    an_agreement(engagement, cast)

    found = the_one_for(engagement.agreements.all(), on)

    assert found is not None
    assert found.version == version
