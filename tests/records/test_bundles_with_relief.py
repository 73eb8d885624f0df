"""A statement whose figures rest on relief is computed again from its bundle all the same."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tallystick.actions.issue_statement import issue_statement
from tallystick.actions.measure_service_levels import measure_service_levels
from tallystick.records.agreements import Agreement
from tallystick.records.bundles import write_bundle
from tallystick.records.statements import Statement
from tests.actions.test_relief import (
    a_claim,
    a_relieving_engagement,
    an_outage_engagement,
    decide,
)
from tests.actions.test_restate_statement import a_stated_engagement, relieved, restated
from tests.cast import TODAY, Cast
from tests.cli.test_verify import verified

pytestmark = pytest.mark.django_db


def the_verdict(statement: Statement, folder: Path) -> str:
    """Return what `verify` says of a statement's bundle."""
    path = folder / f"{statement.public_id}.zip"
    with path.open("wb") as out:
        write_bundle(statement, out)
    return verified(path).output


def issued(agreement: Agreement, cast: Cast) -> Statement:
    """Measure again and issue the statement of March."""
    measure_service_levels(engagement=agreement.engagement, by=cast.ben, as_of=TODAY)
    return issue_statement(agreement=agreement, window="2026-03", by=cast.ben, as_of=TODAY)


def test_relieved_tickets_are_left_out_again(cast: Cast, home: Path) -> None:
    agreement = a_relieving_engagement(cast, home)
    decide(a_claim(agreement, cast.cleo), cast.ben)

    assert "identical" in the_verdict(issued(agreement, cast), home)


def test_relieved_minutes_are_left_out_again(cast: Cast, home: Path) -> None:
    agreement = an_outage_engagement(cast, home)
    hour = datetime(2026, 3, 2, 8, tzinfo=UTC)
    end = hour + timedelta(hours=1)
    decide(a_claim(agreement, cast.cleo, "portal", items=[], since=hour, until=end), cast.ben)

    assert "identical" in the_verdict(issued(agreement, cast), home)


def test_a_restatement_and_what_it_took_the_place_of_both_verify(cast: Cast, home: Path) -> None:
    first = a_stated_engagement(cast, home)
    relieved(first, cast)
    second = restated(first, cast)

    assert "identical" in the_verdict(first, home)
    assert "identical" in the_verdict(second, home)
