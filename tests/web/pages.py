"""What the tests of pages share: a browser with someone signed in, and lessons to answer."""

from datetime import date
from typing import Any

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tallystick.engine.guardrails.stages import Stage
from tallystick.records.lessons import Lesson, LessonState
from tallystick.records.objectives import Objective
from tallystick.records.viewer import Viewer
from tests.cast import TODAY, an_engagement


def signed_in(viewer: Viewer) -> Client:
    """Return a browser in which someone is signed in."""
    client = Client()
    client.force_login(viewer.person)
    return client


def page(viewer: Viewer, route: str, *args: str, **query: str) -> Any:
    """Return the answer to a GET of a page, as someone."""
    return signed_in(viewer).get(reverse(route, args=args), query)


def post(viewer: Viewer, route: str, *args: str, **fields: Any) -> Any:
    """Return the answer to a POST, as someone."""
    return signed_in(viewer).post(reverse(route, args=args), fields)


def text_of(response: HttpResponse) -> str:
    """Return a page's HTML."""
    return response.content.decode()


def queries_for(client: Client, path: str) -> int:
    """Return how many queries a page costs, once what is cached is cached."""
    client.get(path)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


def a_lesson(by: Viewer, **changes: Any) -> Lesson:
    """Return a stored lesson that applies to every engagement at every stage."""
    usual: dict[str, Any] = {
        "client": by.organisation,
        "title": "Name the holidays",
        "context": "A service desk in three countries.",
        "what_happened": "Every holiday was a breach.",
        "root_cause": "The calendar had none.",
        "effect": "Months of quarrel.",
        "preventive_action": "Write the holidays into the calendar.",
        "stages": [stage.value for stage in Stage],
        "state": LessonState.VALIDATED,
        "published_at": TODAY,
        "published_by": by.person,
    }
    return Lesson.objects.create(**usual | changes)


def an_objective(**changes: Any) -> Objective:
    """Return a stored objective that lacks nothing, of a new engagement if none is named."""
    engagement = changes.pop("engagement", None) or an_engagement()
    usual = {
        "engagement": engagement,
        "statement": "Pay every salary on the agreed day",
        "measure": "Share of salaries paid on the day",
        "unit": "%",
        "baseline_value": "97",
        "baseline_on": TODAY.date(),
        "target": "100",
        "due_on": date(2027, 6, 30),
        "source": "Bank report",
        "client_owner": "Ben",
        "provider_owner": "Cleo",
        "stated_at": TODAY,
    }
    return Objective.objects.create(**usual | changes)
