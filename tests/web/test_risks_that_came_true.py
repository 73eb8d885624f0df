"""From a risk that came true to its issue and back, on pages and through the API."""

import pytest
from django.urls import reverse

from tallystick.records.issues import Issue
from tallystick.records.risk_registers import PRIVATE
from tallystick.records.viewer import Viewer
from tests.api.test_issues import act, read
from tests.cast import TODAY, Cast, an_engagement
from tests.risking import a_risk
from tests.web.pages import page, post, text_of

pytestmark = pytest.mark.django_db

HAPPENED = {"on": f"{TODAY:%Y-%m-%d}", "words": "It did.", "cost": "5000"}
TOLD = {"issue_title": "The desk is thin", "issue_words": "Since Monday."}


def said(viewer: Viewer, route: str, key: str) -> str:
    """Return the text of a page that is there."""
    answer = page(viewer, route, key)
    assert answer.status_code == 200
    return text_of(answer)


def test_a_shared_risk_and_its_issue_name_each_other_to_both() -> None:
    cast, engagement = Cast(), an_engagement()
    risk = a_risk(engagement, cast.ada)
    form = said(cast.ada, "risk_occurred", risk.public_id)
    assert "the other side is asked" in form
    assert "issue_title" not in form

    assert post(cast.ada, "risk_occurred", risk.public_id, **HAPPENED).status_code == 302

    issue = Issue.objects.get()
    for viewer in (cast.ada, cast.cleo):
        assert reverse("issue", args=[issue.public_id]) in said(viewer, "risk", risk.public_id)
        there = said(viewer, "issue", issue.public_id)
        assert "Risk that came true" in there
        assert reverse("risk", args=[risk.public_id]) in there
        assert read(viewer, f"/issues/{issue.public_id}")["risk"] == risk.public_id
        assert read(viewer, f"/risks/{risk.public_id}")["issues"] == [issue.public_id]


def test_the_issue_of_a_private_risk_names_it_to_the_client_alone() -> None:
    cast, engagement = Cast(), an_engagement()
    risk = a_risk(engagement, cast.ada, "The supplier fails", register=PRIVATE)
    assert "Raise an issue, called" in said(cast.ada, "risk_occurred", risk.public_id)

    answer = post(cast.ada, "risk_occurred", risk.public_id, **HAPPENED, **TOLD)

    assert answer.status_code == 302
    issue = Issue.objects.get()
    listed = f"/engagements/{engagement.public_id}/issues"
    assert issue.title in said(cast.ada, "risk", risk.public_id)
    assert risk.title in said(cast.ada, "issue", issue.public_id)
    assert read(cast.ada, f"/issues/{issue.public_id}")["risk"] == risk.public_id
    assert read(cast.ada, listed)["items"][0]["risk"] == risk.public_id
    theirs = said(cast.cleo, "issue", issue.public_id)
    assert "Since Monday." in theirs
    for hidden in (risk.title, risk.public_id, "It did.", "5000", "Risk that came true"):
        assert hidden not in theirs
    assert read(cast.cleo, f"/issues/{issue.public_id}")["risk"] is None
    assert read(cast.cleo, listed)["items"][0]["risk"] is None


def test_half_an_issue_keeps_what_was_written_and_says_what_is_missing() -> None:
    cast, engagement = Cast(), an_engagement()
    risk = a_risk(engagement, cast.ada, register=PRIVATE)

    answer = post(
        cast.ada, "risk_occurred", risk.public_id, **HAPPENED, issue_title="The desk is thin"
    )

    assert answer.status_code == 422
    assert "The issue words is empty" in text_of(answer)
    assert "The desk is thin" in text_of(answer)
    assert not Issue.objects.exists()


def test_through_the_api_a_private_risk_becomes_an_issue_only_if_asked() -> None:
    cast, engagement = Cast(), an_engagement()
    risk = a_risk(engagement, cast.ada, register=PRIVATE)
    path = f"/risks/{risk.public_id}/occurred"
    happened = {"on": f"{TODAY:%Y-%m-%d}", "words": "It did.", "again": True}

    act(cast.ada, path, 200, **happened)
    assert not Issue.objects.exists()
    assert act(cast.ada, path, 422, **happened, issue_title="Thin")["place"] == "issue_words"
    act(cast.ada, path, 200, **happened, **TOLD)

    assert read(cast.ada, f"/risks/{risk.public_id}")["issues"] == [Issue.objects.get().public_id]
