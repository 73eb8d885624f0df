"""Restating a statement on its page, and what both parties then read."""

from pathlib import Path

import pytest
from django.urls import reverse

from tallystick.actions.hold_review import Verdict, hold_review
from tallystick.actions.restate_statement import AlreadyRestated
from tallystick.records.findings import proposed_findings
from tallystick.records.reviews import FindingDecision, Review
from tallystick.records.statements import Statement
from tests.actions.test_restate_statement import (
    LATER,
    a_stated_engagement,
    corrected,
    relieved,
    restated,
)
from tests.cast import Cast
from tests.web.test_answers import page_of, signed_in

pytestmark = pytest.mark.django_db

SAID = "T2 was relieved after all."


def test_a_restatement_is_proposed_where_the_figures_read_otherwise(cast: Cast, home: Path) -> None:
    statement = a_stated_engagement(cast, home)
    before = page_of(statement, cast.ben)
    relieved(statement, cast)

    for_client, for_provider = page_of(statement, cast.ben), page_of(statement, cast.cleo)

    assert "The figures read otherwise now" not in before
    assert "66.66% (2 of 3), missed" in for_client
    assert "100.00% (2 of 2), met" in for_client
    assert "Relief was approved" in for_client
    assert "The figures read otherwise now" in for_provider
    assert "Restate for both parties" in for_client
    assert "Restate for both parties" not in for_provider


def test_restating_opens_the_new_statement(cast: Cast, home: Path) -> None:
    statement = a_stated_engagement(cast, home)
    corrected(statement, cast, home)

    answer = signed_in(cast.ben).post(
        reverse("statement_restate", args=[statement.public_id]), {"reason": SAID}
    )

    restatement = Statement.objects.get(supersedes=statement)
    assert answer.headers["Location"] == reverse("statement", args=[restatement.public_id])
    text = page_of(restatement, cast.cleo)
    assert SAID in text
    assert "A later import" in text
    old = page_of(statement, cast.cleo)
    assert "A later statement takes the place of this one" in old
    assert "Attest the statement" not in old


@pytest.mark.parametrize(
    ("reason", "said"), [("", "required"), (SAID, "reads now as it was stated")]
)
def test_a_refused_restatement_says_why(reason: str, said: str, cast: Cast, home: Path) -> None:
    statement = a_stated_engagement(cast, home)

    answer = signed_in(cast.ben).post(
        reverse("statement_restate", args=[statement.public_id]), {"reason": reason}
    )

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Statement.objects.count() == 1


def test_the_portfolio_counts_the_statement_that_stands(cast: Cast, home: Path) -> None:
    statement = a_stated_engagement(cast, home)
    relieved(statement, cast)
    restated(statement, cast)

    [row] = signed_in(cast.ben).get("/").context["rows"]

    assert row.newest == "1 of 2 levels met in March 2026"
    assert [turn.sentence for turn in row.turns if "Review" in turn.sentence] == [
        "Review the statement of March 2026"
    ]


def test_page_and_interface_tell_the_same_difference(cast: Cast, home: Path) -> None:
    statement = a_stated_engagement(cast, home)
    relieved(statement, cast)
    client = signed_in(cast.ben)

    made = client.post(
        f"/api/statements/{statement.public_id}/restate",
        {"reason": SAID},
        content_type="application/json",
    )

    assert made.status_code == 201, made.content
    [change] = made.json()["difference"]["figures"]
    assert (change["before"]["value"], change["after"]["value"]) == ("0.666666", "1")
    assert change["causes"] == ["relief"]
    page = page_of(Statement.objects.get(public_id=made.json()["id"]), cast.cleo)
    assert "66.66% (2 of 3), missed" in page


def test_a_month_is_reviewed_by_its_newest_statement(cast: Cast, home: Path) -> None:
    statement = a_stated_engagement(cast, home)
    corrected(statement, cast, home)
    newest = restated(statement, cast)

    answer = signed_in(cast.ben).post(
        reverse("review_hold", args=[statement.public_id]), {"summary": "So."}
    )

    assert "Hold the review" not in page_of(statement, cast.ben)
    assert "Hold the review" in page_of(newest, cast.ben)
    assert answer.status_code == 422
    assert not Review.objects.exists()


def test_a_review_begun_before_the_restatement_is_not_held(cast: Cast, home: Path) -> None:
    statement = a_stated_engagement(cast, home)
    verdicts = {
        finding.key: Verdict(FindingDecision.CONFIRMED) for finding in proposed_findings(statement)
    }
    corrected(statement, cast, home)
    restated(statement, cast)

    with pytest.raises(AlreadyRestated):
        hold_review(statement=statement, verdicts=verdicts, summary="", by=cast.ben, as_of=LATER)
