"""Reviews: deciding findings, and what both parties read of it."""

from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tallystick.actions.hold_review import Verdict, hold_review
from tallystick.actions.issue_statement import issue_statement
from tallystick.actions.lesson_wording import wording_of
from tallystick.actions.publish_lesson import LessonWording, publish_lesson
from tallystick.actions.share_lesson import share_lesson
from tallystick.engine.guardrails.finding import Finding
from tallystick.records.findings import proposed_findings
from tallystick.records.lessons import Lesson
from tallystick.records.reviews import FindingDecision, Review
from tallystick.records.statements import Statement
from tallystick.records.viewer import Viewer
from tallystick.web.forms.reviews import field_name
from tests.actions.test_measure_and_state import a_measured_engagement, a_statement
from tests.cast import TODAY, Cast, an_organisation

pytestmark = pytest.mark.django_db


def signed_in(viewer: Viewer) -> Client:
    """Return a browser in which someone is signed in."""
    client = Client()
    client.force_login(viewer.person)
    return client


def answers(findings: list[Finding], decision: str, reason: str = "") -> dict[str, str]:
    """Return the form with the same decision on every finding."""
    given = {"summary": "Talked through with both teams."}
    for finding in findings:
        given[field_name("decision", finding)] = decision
        given[field_name("reason", finding)] = reason
    return given


def a_review(statement: Statement, by: Viewer) -> Review:
    """Return a review in which everything was confirmed."""
    verdicts = {
        finding.key: Verdict(FindingDecision.CONFIRMED, "True.")
        for finding in proposed_findings(statement)
    }
    return hold_review(statement=statement, verdicts=verdicts, summary="So.", by=by, as_of=TODAY)


def a_lesson(review: Review, by: Viewer) -> Lesson:
    """Return a lesson published from the first finding of a review."""
    wording = LessonWording("Staff the morning", "c", "w", "r", "e", "p")
    return publish_lesson(wording=wording, finding=review.findings.first(), by=by, as_of=TODAY)


def test_each_missed_level_is_put_before_the_review(cast: Cast, home: Path) -> None:
    statement = a_statement(cast, home)

    page = signed_in(cast.ben).get(reverse("review_hold", args=[statement.public_id]))

    evidence = [each.evidence.service_level for each in page.context["proposals"]]
    assert sorted(evidence) == ["resolution", "response"]
    assert "was missed in 2026-03" in page.content.decode()
    assert {each.decision.label for each in page.context["proposals"]} == {"Decision"}


def test_a_held_review_keeps_each_decision_with_its_reason(cast: Cast, home: Path) -> None:
    statement = a_statement(cast, home)
    given = answers(proposed_findings(statement), "dismissed", "A test ticket.")

    answer = signed_in(cast.ben).post(
        reverse("review_hold", args=[statement.public_id]), given, follow=True
    )

    decisions = {each.decision for each in Review.objects.get().findings.all()}
    assert decisions == {"dismissed"}
    assert "A test ticket." in answer.content.decode()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"decision": ""}, "Confirm or dismiss"),
        ({"decision": "dismissed", "reason": "  "}, "why this is no finding"),
    ],
)
def test_an_undecided_finding_keeps_the_review_open(
    changes: dict[str, str], said: str, cast: Cast, home: Path
) -> None:
    statement = a_statement(cast, home)
    given = answers(proposed_findings(statement), **changes)

    answer = signed_in(cast.ben).post(reverse("review_hold", args=[statement.public_id]), given)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "Talked through" in answer.content.decode()
    assert not Review.objects.exists()


def test_a_quiet_month_is_reviewed_with_a_summary_alone(cast: Cast, home: Path) -> None:
    agreement = a_measured_engagement(cast, home)
    february = issue_statement(agreement=agreement, window="2026-02", by=cast.ben, as_of=TODAY)
    path = reverse("review_hold", args=[february.public_id])

    shown = signed_in(cast.ben).get(path).content.decode()
    empty = signed_in(cast.ben).post(path)
    held = signed_in(cast.ben).post(path, {"summary": "Quiet."})

    assert "Nothing to decide" in shown
    assert (empty.status_code, held.status_code) == (422, 302)


def test_a_second_review_is_refused_and_the_first_one_opened(cast: Cast, home: Path) -> None:
    statement = a_statement(cast, home)
    review = a_review(statement, cast.ben)
    path = reverse("review_hold", args=[statement.public_id])
    given = answers(proposed_findings(statement), "confirmed")

    looked = signed_in(cast.ben).get(path)
    posted = signed_in(cast.ben).post(path, given)

    assert looked.headers["Location"] == reverse("review", args=[review.public_id])
    assert posted.status_code == 422
    assert Review.objects.count() == 1


def test_both_parties_read_the_decisions(cast: Cast, home: Path) -> None:
    review = a_review(a_statement(cast, home), cast.ben)

    pages = [
        signed_in(who).get(reverse("review", args=[review.public_id])).content.decode()
        for who in (cast.ben, cast.cleo)
    ]

    assert all("Confirmed" in page and "True." in page for page in pages)


def test_a_lesson_is_published_from_a_confirmed_finding_by_the_client(
    cast: Cast, home: Path
) -> None:
    review = a_review(a_statement(cast, home), cast.ben)
    path = reverse("review", args=[review.public_id])
    finding = review.findings.earliest("id")
    link = f"{reverse('lesson_new')}?finding={finding.public_id}"

    shown = [link in signed_in(who).get(path).content.decode() for who in (cast.ben, cast.cleo)]

    assert shown == [True, False]


def test_a_provider_learns_of_a_lesson_once_it_is_shared(cast: Cast, home: Path) -> None:
    review = a_review(a_statement(cast, home), cast.ben)
    lesson = a_lesson(review, cast.ada)
    path = reverse("review", args=[review.public_id])

    before = signed_in(cast.cleo).get(path).content.decode()
    share_lesson(
        lesson=lesson,
        provider=an_organisation("Baltic Desk"),
        wording=wording_of(lesson),
        by=cast.ada,
        as_of=TODAY,
    )
    after = signed_in(cast.cleo).get(path).content.decode()

    assert "Staff the morning" not in before
    assert "esson" not in before.replace("/lessons/", "").replace(">Lessons<", "")
    assert "Staff the morning" in after


def test_statements_without_a_review_wait_for_the_client(cast: Cast, home: Path) -> None:
    statement = a_statement(cast, home)
    path = reverse("reviews", args=[statement.engagement.public_id])

    waiting = [list(signed_in(who).get(path).context["waiting"]) for who in (cast.ben, cast.cleo)]

    assert waiting == [[statement], []]


def test_the_queries_do_not_grow_with_the_reviews(cast: Cast, home: Path) -> None:
    agreement = a_measured_engagement(cast, home)
    path = reverse("reviews", args=[agreement.engagement.public_id])
    client, costs = signed_in(cast.ben), []
    client.get(path)  # the first request of a session costs more

    for window in ("2026-01", "2026-02", "2026-03", "2026-04"):
        a_review(
            issue_statement(agreement=agreement, window=window, by=cast.ben, as_of=TODAY), cast.ben
        )
        with CaptureQueriesContext(connection) as seen:
            client.get(path)
        costs.append(len(seen))

    assert len(set(costs)) == 1
