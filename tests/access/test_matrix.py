"""Every role x every route x own, other and absent object: the exact status (T1, T4)."""

import re
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from tallystick.records.viewer import Viewer
from tests.access.routes import (
    SESSION,
    Which,
    address,
    expectation,
    ids_for,
    patterns,
)
from tests.access.world import ABSENT, World

pytestmark = pytest.mark.django_db

ACTORS = (
    "sourcing lead", "engagement manager", "service owner", "executive", "evaluator", "auditor",
    "account manager", "delivery lead", "other provider", "other client",
)  # fmt: skip
METHODS = ("GET", "POST")


def ask(client: Client, method: str, path: str) -> HttpResponse:
    """Send one request and undo whatever it did."""
    with transaction.atomic():
        answer = client.get(path) if method == "GET" else client.post(path)
        body = b"".join(answer) if answer.streaming else answer.content
        transaction.set_rollback(True)
    answer.body = body  # type: ignore[attr-defined]
    return answer


def requests(world: World, viewer: Viewer) -> Iterator[tuple[str, list[str], Which, str]]:
    """Yield every route with the method and whose object it names."""
    for name, arguments in sorted(patterns().items()):
        if name not in SESSION:
            for which in Which if arguments else (Which.OWN,):
                for method in METHODS:
                    yield name, arguments, which, method


@pytest.mark.parametrize("actor", ACTORS)
def test_every_answer_has_the_exact_status(actor: str, world: World) -> None:
    viewer = world.people[actor]
    client = Client()
    client.force_login(viewer.person)

    wrong = []
    for name, arguments, which, method in requests(world, viewer):
        path = address(name, arguments, ids_for(world, viewer, which))
        expected = expectation(name, arguments).status(viewer, which, method)
        status = ask(client, method, path).status_code
        if status != expected:
            wrong.append(f"{method} {name} ({which}): {status}, not {expected}")

    assert wrong == []


def test_a_stranger_is_asked_to_sign_in_everywhere(world: World) -> None:
    viewer = world.people["sourcing lead"]

    wrong = []
    for name, arguments, which, method in requests(world, viewer):
        path = address(name, arguments, ids_for(world, viewer, which))
        expected = expectation(name, arguments).status(None, which, method)
        status = ask(Client(), method, path).status_code
        if status != expected:
            wrong.append(f"{method} {name} ({which}): {status}, not {expected}")

    assert wrong == []


def masked(body: bytes, ids: dict[str, str]) -> bytes:
    """Return a body without what the address itself, or the session, put into it."""
    for each in sorted(set(ids.values()), key=len, reverse=True):
        body = body.replace(each.encode(), b"ID")
    return re.sub(rb'(csrfmiddlewaretoken" value="|X-CSRFToken[^a-zA-Z0-9]+)[\w]+', b"TOKEN", body)


@pytest.mark.parametrize("actor", ["sourcing lead", "delivery lead", "other provider"])
def test_hidden_and_absent_look_the_same(actor: str, world: World) -> None:
    viewer = world.people[actor]
    client = Client()
    client.force_login(viewer.person)
    hidden, absent = ids_for(world, viewer, Which.OTHER), ids_for(world, viewer, Which.ABSENT)

    told_apart = []
    for name, arguments in sorted(patterns().items()):
        if arguments and name not in SESSION:
            for method in METHODS:
                one = ask(client, method, address(name, arguments, hidden))
                two = ask(client, method, address(name, arguments, absent))
                if masked(one.body, hidden) != masked(two.body, absent):  # type: ignore[attr-defined]
                    told_apart.append(f"{method} {name}")

    assert told_apart == []


@pytest.mark.parametrize(
    "identifier", [ABSENT, "1", "0", "-1", "9" * 31, "%00", "..%2f..%2fetc", "٣", "a" * 5000]
)
def test_an_odd_identifier_is_simply_not_found(identifier: str, world: World) -> None:
    client = Client()
    client.force_login(world.people["delivery lead"].person)

    answer = client.get(f"/engagements/{identifier}/")

    assert answer.status_code == 404
