"""Operations of governance: the same as the pages do, with typed answers and refusals."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from tests.actions.governing import a_forum, a_post
from tests.cast import Cast, an_engagement

pytestmark = pytest.mark.django_db


def sent(client: Client, path: str, **body: Any) -> Any:
    """Post a body and return the answer's status and values."""
    answer = client.post(f"/api{path}", body, content_type="application/json")
    return answer.status_code, answer.json()


@pytest.fixture
def lead(cast: Cast) -> Client:
    """Return a client in which the sourcing lead is signed in."""
    client = Client()
    client.force_login(cast.ada.person)
    return client


def test_an_activity_is_kept_and_its_hole_told(cast: Cast, lead: Client) -> None:
    engagement = an_engagement()
    owner = a_post(engagement, cast.ada, "Owner", holder=cast.ada)
    path = f"/engagements/{engagement.public_id}/responsibilities"

    status, row = sent(
        lead, f"{path}/state", name="Restore", parts=[{"post": owner.public_id, "letter": "A"}]
    )

    assert status == 201
    assert [each["kind"] for each in row["holes"]] == ["nobody responsible"]
    assert lead.get(f"/api{path}").json()["items"] == [row]


def test_a_forum_that_never_meets_is_refused_with_its_code(cast: Cast, lead: Client) -> None:
    engagement = an_engagement()

    status, problem = sent(
        lead,
        f"/engagements/{engagement.public_id}/forums/state",
        name="Board",
        level="strategic",
        client_quorum=0,
        provider_quorum=0,
        rule="FREQ=MONTHLY;BYMONTHDAY=20;BYDAY=1MO",
        first_on=datetime.now(UTC).date().isoformat(),
        at="10:00",
        zone="Europe/Berlin",
    )

    assert (status, problem["code"]) == (422, "cadence.never-fires")


def test_a_meeting_is_held_and_figures_follow(cast: Cast, lead: Client) -> None:
    forum = a_forum(cast.ada, cast.cleo)
    key = forum.engagement.public_id
    meeting = forum.meetings.order_by("due_at")[0]
    today = datetime.now(UTC).date()

    status, held = sent(
        lead,
        f"/meetings/{meeting.public_id}/hold",
        held_on=today.isoformat(),
        present=[cast.ada.person.public_id],
    )
    assert (status, held["client_quorum"], held["provider_quorum"]) == (200, True, False)

    status, item = sent(
        lead,
        f"/engagements/{key}/action-items/give",
        task="Send it",
        owner=cast.cleo.person.public_id,
        due_on=(today + timedelta(days=3)).isoformat(),
    )
    assert status == 201
    figures = lead.get(f"/api/engagements/{key}/governance").json()
    assert figures["open_actions"] == 1
    status, problem = sent(
        lead, f"/action-items/{item['id']}/finish", outcome="done", on=today.isoformat()
    )
    assert (status, problem["code"]) == (403, "not-permitted")


def test_a_meeting_is_called_and_a_day_that_is_over_refused(cast: Cast, lead: Client) -> None:
    forum = a_forum(cast.ada, cast.cleo)
    path = f"/forums/{forum.public_id}/meetings/call"
    on = datetime.now(UTC).date() + timedelta(days=3)

    status, called = sent(lead, path, on=on.isoformat(), at="14:00", because="An outage")
    refused, problem = sent(lead, path, on="2020-01-01", at="14:00", because="An outage")

    assert (status, called["called_because"], called["state"]) == (201, "An outage", "planned")
    assert (refused, problem["code"], problem["place"]) == (422, "meeting.day-refused", "on")
