"""The portfolio, planning an engagement, and the overview of one."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from tallystick.actions.issue_statement import issue_statement
from tallystick.engine.guardrails.stages import Stage
from tallystick.records.engagements import Engagement
from tallystick.records.notes import InternalNote
from tests.actions.test_measure_and_state import a_measured_engagement
from tests.cast import EVENT_LOG, TODAY, Cast, an_engagement, an_organisation
from tests.web.pages import a_lesson, an_objective, page, post, queries_for, signed_in, text_of

pytestmark = pytest.mark.django_db

PLAN = {
    "name": "Payroll",
    "service_type": "application-support",
    "scope": "Support of payroll.",
    "starts_on": "2027-01-01",
    "ends_on": "2029-12-31",
}


def a_statement(cast: Cast, home: Path) -> Engagement:
    """Return an engagement whose March is measured and stated."""
    agreement = a_measured_engagement(cast, home)
    issue_statement(agreement=agreement, window="2026-03", by=cast.ben, as_of=TODAY)
    return agreement.engagement


# --- the portfolio


def test_a_fresh_installation_says_what_to_do_first(cast: Cast) -> None:
    html = text_of(page(cast.ada, "home"))

    assert "No engagement yet" in html
    assert f'href="{reverse("engagement_new")}"' in html


def test_who_may_not_plan_is_told_who_does(cast: Cast) -> None:
    html = text_of(page(cast.ann, "home"))

    assert "A sourcing lead or an engagement manager plans one." in html
    assert reverse("engagement_new") not in html


def test_a_provider_without_engagements_is_not_asked_to_plan_one(cast: Cast) -> None:
    html = text_of(page(cast.dan, "home"))

    assert "once a client has appointed you" in html
    assert reverse("engagement_new") not in html


def test_a_provider_sees_its_own_engagements_only(cast: Cast) -> None:
    an_engagement(name="Own desk")
    an_engagement(name="Foreign desk", provider=cast.dan.organisation)

    html = text_of(page(cast.cleo, "home"))

    assert "Own desk" in html
    assert "Foreign desk" not in html


def test_the_newest_statement_is_summed_up_in_words(cast: Cast, home: Path) -> None:
    a_statement(cast, home)

    html = text_of(page(cast.ada, "home"))

    assert "0 of 2 levels met in March 2026" in html
    assert "Review the statement of March 2026" in html


def test_a_provider_is_told_which_objectives_wait_for_its_word(cast: Cast) -> None:
    an_objective()

    html = text_of(page(cast.cleo, "home"))

    assert "Acknowledge 1 objective" in html


def test_the_client_is_told_how_many_lessons_wait(cast: Cast) -> None:
    engagement = an_engagement(stage=Stage.DEFINE, provider=None)
    a_lesson(cast.ada)
    an_objective(engagement=engagement, provider_owner="")

    html = text_of(page(cast.ada, "home"))

    assert "Answer 1 lesson" in html
    assert "Mend" not in html


def test_nothing_waits_for_an_auditor(cast: Cast) -> None:
    an_engagement(stage=Stage.DEFINE, provider=None)
    a_lesson(cast.ada)

    html = text_of(page(cast.ann, "home"))

    assert "Answer 1 lesson" not in html
    assert "in 0 engagements" in html


def test_a_provider_learns_nothing_of_findings(cast: Cast) -> None:
    an_engagement()
    a_lesson(cast.ada)

    html = text_of(page(cast.cleo, "home"))

    assert "finding" not in html.lower()
    assert "Name the holidays" not in html


def test_a_closing_engagement_is_not_said_to_block(cast: Cast) -> None:
    an_engagement(stage=Stage.CLOSE)

    row = page(cast.ada, "home").context["rows"][0]

    assert row.blocking == 0


def test_the_portfolio_is_a_file_too(cast: Cast) -> None:
    an_engagement(name="=cmd()")

    response = page(cast.ada, "home", format="csv")

    assert response["Content-Type"].startswith("text/csv")
    assert "'=cmd()" in text_of(response)


def many(cast: Cast, first: int, last: int) -> None:
    """Store engagements with objectives, an agreement-less stage and a lesson to answer."""
    for number in range(first, last):
        an_objective(engagement=an_engagement(name=f"Desk {number}"))


@pytest.mark.parametrize("who", ["ada", "cleo"])
def test_the_portfolio_costs_the_same_queries_for_5_and_50(cast: Cast, who: str) -> None:
    client = signed_in(getattr(cast, who))
    a_lesson(cast.ada)
    many(cast, 0, 5)
    few = queries_for(client, "/")
    many(cast, 5, 50)

    assert queries_for(client, "/") == few


# --- planning


def test_a_plan_opens_at_its_gate(cast: Cast) -> None:
    response = post(cast.ada, "engagement_new", **PLAN)

    engagement = Engagement.objects.get()
    assert response.status_code == 302
    assert response["Location"] == reverse("gate", args=[engagement.public_id])
    assert engagement.stage == Stage.DEFINE


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": ""}, "Give the engagement a name."),
        ({"service_type": "gardening"}, "Select a valid choice"),
        ({"starts_on": "soon"}, "Write the day as 2027-01-31."),
        ({"starts_on": "0001-01-01"}, "Give a year from 1970 to 2199."),
        ({"ends_on": "2026-12-31"}, "Give an end date after the start date."),
        ({"name": "service DESK"}, "Choose another name"),
    ],
    ids=["no-name", "unknown-type", "no-day", "year-1", "ends-first", "taken"],
)
def test_a_wrong_plan_is_shown_again_with_what_is_wrong(
    cast: Cast, changes: dict[str, Any], said: str
) -> None:
    an_engagement(name="Service desk")

    response = post(cast.ada, "engagement_new", **PLAN | changes)

    html = text_of(response)
    assert response.status_code == 422
    assert said in html
    assert "Support of payroll." in html
    assert Engagement.objects.count() == 1


# --- one engagement


def test_the_overview_shows_the_newest_month_that_is_over(cast: Cast, home: Path) -> None:
    # The data ends in May: May is not over, April is.
    late = "T5,2026-04-07T08:00:00Z,New,P1\nT5,2026-04-20T08:00:00Z,Done,P1\n"
    agreement = a_measured_engagement(cast, home, EVENT_LOG + late)

    html = text_of(page(cast.cleo, "engagement", agreement.engagement.public_id))

    assert "Service levels, April 2026" in html
    assert "Missed" in html


def test_a_month_in_which_nothing_was_due_is_neither_met_nor_missed(cast: Cast, home: Path) -> None:
    engagement = a_statement(cast, home)

    html = text_of(page(cast.cleo, "engagement", engagement.public_id))

    assert "Service levels, April 2026" in html
    assert html.count("Nothing due") == 2


def test_the_client_sees_the_gate_and_what_is_open(cast: Cast) -> None:
    engagement = an_engagement(stage=Stage.DEFINE, provider=None)
    a_lesson(cast.ada)

    html = text_of(page(cast.ada, "engagement", engagement.public_id))

    assert "The define gate waits for 1 lesson and 1 gap in the objectives." in html
    assert "The engagement has no objective." in html
    assert "Only Nordwind Energy" in html


def test_the_provider_sees_neither_gate_nor_findings_nor_notes(cast: Cast) -> None:
    engagement = an_engagement()
    a_lesson(cast.ada)
    InternalNote.objects.create(
        client=engagement.client,
        engagement=engagement,
        text="Walk away at 5.",
        written_at=TODAY,
        written_by=cast.ada.person,
    )

    html = text_of(page(cast.cleo, "engagement", engagement.public_id)).lower()

    assert not any(word in html for word in ("gate", "finding", "walk away", "/notes/"))


def test_an_appointment_is_private_until_the_award_is_known(cast: Cast) -> None:
    engagement = an_engagement(stage=Stage.SELECT)

    html = text_of(page(cast.ada, "engagement", engagement.public_id))

    assert "Only Nordwind Energy" in html
    assert "Shared with" not in html


def test_the_overview_names_the_other_party(cast: Cast) -> None:
    engagement = an_engagement(ends_on=date(2028, 1, 1))

    html = text_of(page(cast.cleo, "engagement", engagement.public_id))

    assert "Shared with Nordwind Energy" in html
    assert "1 Jan 2025 to 1 Jan 2028" in html


def test_the_overview_costs_the_same_queries_for_5_and_50_objectives(cast: Cast) -> None:
    engagement = an_engagement()
    client = signed_in(cast.ada)
    path = reverse("engagement", args=[engagement.public_id])
    for _ in range(5):
        an_objective(engagement=engagement)
    few = queries_for(client, path)
    for _ in range(45):
        an_objective(engagement=engagement)

    assert queries_for(client, path) == few


def test_another_clients_engagement_does_not_exist(cast: Cast) -> None:
    engagement = an_engagement(client=an_organisation("Southwind"))

    response = page(cast.ada, "engagement", engagement.public_id)

    assert response.status_code == 404
