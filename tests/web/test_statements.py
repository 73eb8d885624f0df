"""Statements: issuing one, and what it says to both parties."""

import csv
import io
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tallystick.actions.issue_statement import issue_statement
from tallystick.records.statements import Statement
from tallystick.records.viewer import Viewer
from tests.actions.test_import_service_data import import_text
from tests.actions.test_measure_and_state import a_measured_engagement, a_statement
from tests.cast import EVENT_LOG, TODAY, Cast, an_engagement
from tests.web.levels import CREDITED, CREDITS, a_measured_level

pytestmark = pytest.mark.django_db


def signed_in(viewer: Viewer) -> Client:
    """Return a browser in which someone is signed in."""
    client = Client()
    client.force_login(viewer.person)
    return client


def test_measured_months_can_be_issued_by_the_client_alone(cast: Cast, home: Path) -> None:
    agreement = a_measured_engagement(cast, home)
    path = reverse("statements", args=[agreement.engagement.public_id])

    for_client = signed_in(cast.ben).get(path).context
    for_provider = signed_in(cast.cleo).get(path).context

    # The data ends on 4 May, before May does.
    months = [each.window for each in for_client["ready"]]
    assert months == ["2026-04", "2026-03", "2026-02", "2026-01"]
    assert for_client["begun"] == "May 2026"
    assert (for_provider["ready"], for_provider["begun"]) == ([], "")


def test_an_issued_statement_is_shown_at_once(cast: Cast, home: Path) -> None:
    agreement = a_measured_engagement(cast, home)

    answer = signed_in(cast.ben).post(
        reverse("statement_issue", args=[agreement.engagement.public_id]),
        {"agreement": agreement.public_id, "window": "2026-03"},
    )

    statement = Statement.objects.get()
    assert answer.status_code == 302
    assert answer.headers["Location"] == reverse("statement", args=[statement.public_id])


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"window": "2026-05"}, "complete past the end of the month"),
        ({"window": "2027-09"}, "Nothing was measured"),
        ({"agreement": "zzzzzzzzzzzz"}, "There is no such agreement"),
        ({"agreement": "", "window": ""}, "required"),
    ],
)
def test_a_refused_issue_says_why_on_the_same_page(
    changes: dict[str, str], said: str, cast: Cast, home: Path
) -> None:
    agreement = a_measured_engagement(cast, home)
    given = {"agreement": agreement.public_id, "window": "2026-03"} | changes

    answer = signed_in(cast.ben).post(
        reverse("statement_issue", args=[agreement.engagement.public_id]), given
    )

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Statement.objects.exists()


def test_the_agreement_of_another_engagement_is_not_known_here(cast: Cast, home: Path) -> None:
    agreement = a_measured_engagement(cast, home)
    other = an_engagement(name="Another desk")

    answer = signed_in(cast.ben).post(
        reverse("statement_issue", args=[other.public_id]),
        {"agreement": agreement.public_id, "window": "2026-03"},
    )

    assert answer.status_code == 422


def test_a_statement_shows_each_level_with_its_missed_tickets(cast: Cast, home: Path) -> None:
    statement = a_statement(cast, home)

    page = signed_in(cast.cleo).get(reverse("statement", args=[statement.public_id]))

    rows = {row.measurement.service_level: row for row in page.context["rows"]}
    assert {level: (row.verdict, row.missed) for level, row in rows.items()} == {
        "response": ("missed", 1),
        "resolution": ("missed", 1),
    }
    assert rows["response"].missed_url in page.content.decode()


def test_a_statement_says_what_changed_since_the_one_before(cast: Cast, home: Path) -> None:
    agreement = a_measured_engagement(cast, home)
    issue_statement(agreement=agreement, window="2026-03", by=cast.ben, as_of=TODAY)
    april = issue_statement(agreement=agreement, window="2026-04", by=cast.ben, as_of=TODAY)

    page = signed_in(cast.cleo).get(reverse("statement", args=[april.public_id]))

    assert page.context["before"].window == "2026-03"
    said = [row.sentence for row in page.context["rows"]]
    assert said == [
        "Response to incidents: nothing due, after missed.",
        "Resolution of incidents: nothing due, after missed.",
    ]


def test_a_better_month_is_said_with_both_figures(cast: Cast, home: Path) -> None:
    agreement = a_measured_engagement(cast, home, EVENT_LOG + MAY_ENDS)
    issue_statement(agreement=agreement, window="2026-03", by=cast.ben, as_of=TODAY)
    may = issue_statement(agreement=agreement, window="2026-05", by=cast.ben, as_of=TODAY)

    page = signed_in(cast.cleo).get(reverse("statement", args=[may.public_id]))

    assert "Response to incidents: up from 66.66% to 100.00%, and now met." in page.content.decode()


MAY_ENDS = "T7,2026-06-02T08:00:00Z,New,P1\nT7,2026-06-02T08:10:00Z,Done,P1\n"


def test_a_statement_pins_the_hashes_of_its_inputs(cast: Cast, home: Path) -> None:
    statement = a_statement(cast, home)

    text = signed_in(cast.cleo).get(reverse("statement", args=[statement.public_id])).content

    wanted = {each.evidence_digest for each in statement.measurements.all()}
    wanted |= {each.digest for m in statement.measurements.all() for each in m.imports.all()}
    wanted.add(statement.agreement.digest)
    assert [each for each in wanted if each not in text.decode()] == []


def test_a_statement_keeps_its_figures_when_the_data_is_corrected(cast: Cast, home: Path) -> None:
    statement = a_statement(cast, home)
    later = EVENT_LOG.replace("T2,2026-03-03T12:00:00Z", "T2,2026-03-03T08:05:00Z")
    import_text(later, statement.engagement, cast.cleo, home)
    signed_in(cast.ben).post(reverse("measure", args=[statement.engagement.public_id]))

    page = signed_in(cast.cleo).get(reverse("statement", args=[statement.public_id]))

    assert [row.verdict for row in page.context["rows"]] == ["missed", "missed"]


def test_the_csv_holds_the_statement_as_shown(cast: Cast, home: Path) -> None:
    statement = a_statement(cast, home)
    path = reverse("statement", args=[statement.public_id])

    text = signed_in(cast.cleo).get(f"{path}?format=csv").content.decode("utf-8-sig")

    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(row["Verdict"], row["Tickets that missed"]) for row in rows] == [
        ("missed", "1"),
        ("missed", "1"),
    ]


def test_only_the_client_is_asked_to_hold_the_review(cast: Cast, home: Path) -> None:
    statement = a_statement(cast, home)
    path = reverse("statement", args=[statement.public_id])
    link = reverse("review_hold", args=[statement.public_id])

    shown = [link in signed_in(who).get(path).content.decode() for who in (cast.ben, cast.cleo)]

    assert shown == [True, False]


def test_the_queries_do_not_grow_with_the_statements(cast: Cast, home: Path) -> None:
    agreement = a_measured_engagement(cast, home)
    path = reverse("statements", args=[agreement.engagement.public_id])
    client, costs = signed_in(cast.ben), []
    client.get(path)  # the first request of a session costs more

    for window in ("2026-01", "2026-02", "2026-03", "2026-04"):
        issue_statement(agreement=agreement, window=window, by=cast.ben, as_of=TODAY)
        with CaptureQueriesContext(connection) as seen:
            client.get(path)
        costs.append(len(seen))

    assert len(set(costs)) == 1


def a_credited_statement(cast: Cast, home: Path) -> Statement:
    """Return the statement of March of a level with a minimum and a credit."""
    agreement = a_measured_level(cast, home, document=CREDITS, **CREDITED)
    return issue_statement(agreement=agreement, window="2026-03", by=cast.ben, as_of=TODAY)


def test_a_statement_shows_its_credits_with_their_formula(cast: Cast, home: Path) -> None:
    statement = a_credited_statement(cast, home)

    page = signed_in(cast.cleo).get(reverse("statement", args=[statement.public_id]))

    text = page.content.decode()
    assert "40% x (10% x 100,000.00) = 4,000.00 EUR" in text
    assert "Ground for termination, Resolution of incidents" in text
    assert page.context["credited"] == "4,000.00 EUR"
    assert page.context["rows"][0].minimum == "80%"


def test_the_credits_of_a_statement_can_be_downloaded(cast: Cast, home: Path) -> None:
    statement = a_credited_statement(cast, home)
    path = reverse("statement", args=[statement.public_id])

    text = signed_in(cast.cleo).get(f"{path}?credits-format=csv").content.decode("utf-8-sig")

    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(row["Line"], row["Amount"]) for row in rows] == [
        ("Resolution of incidents", "4,000.00 EUR")
    ]


def test_a_level_that_was_not_measured_never_reads_as_zero(cast: Cast, home: Path) -> None:
    agreement = a_measured_level(cast, home, low_volume={"measured_from": 5})
    statement = issue_statement(agreement=agreement, window="2026-03", by=cast.ben, as_of=TODAY)

    page = signed_in(cast.cleo).get(reverse("statement", args=[statement.public_id]))

    row = page.context["rows"][0]
    assert (row.verdict, row.value, row.text) == ("not-measured", None, "\u2013")
    assert "Not measured" in page.content.decode()
    assert "3 decided, and measured from 5 on" in page.content.decode()


def test_a_start_up_month_is_badged(cast: Cast, home: Path) -> None:
    agreement = a_measured_level(cast, home, reporting_only_until="2026-04-01")
    statement = issue_statement(agreement=agreement, window="2026-03", by=cast.ben, as_of=TODAY)

    page = signed_in(cast.cleo).get(reverse("statement", args=[statement.public_id]))

    assert "Start-up" in page.content.decode()


def test_a_quarter_is_issued_with_its_third_month(cast: Cast, home: Path) -> None:
    agreement = a_measured_level(cast, home, window="quarter")
    path = reverse("statements", args=[agreement.engagement.public_id])
    client = signed_in(cast.ben)

    months = [each.window for each in client.get(path).context["ready"]]
    answer = client.post(
        reverse("statement_issue", args=[agreement.engagement.public_id]),
        {"agreement": agreement.public_id, "window": months[0]},
    )

    assert months == ["2026-03"]
    assert answer.status_code == 302
    assert Statement.objects.get().measurements.get().window == "2026-Q1"
