"""No text of a row that a provider may not see is in anything that the provider can get (T2)."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.test import Client

from tallystick.records.audience import Record
from tallystick.records.viewer import Viewer
from tests.access.routes import SESSION, Which, address, ids_for, patterns
from tests.access.test_matrix import ask
from tests.access.world import World, a_world

pytestmark = pytest.mark.django_db

TOKEN = re.compile(r"tok\d{5}")
RECORDS = [model for model in apps.get_models() if issubclass(model, Record)]
READERS = ("delivery lead", "other provider", "other client")


@pytest.fixture
def world(db: None, home: Path) -> World:
    """Return a world of its own."""
    return a_world(home)


def tokens_in(rows: models.QuerySet[Record]) -> set[str]:
    """Return every token that stands in any field of some rows."""
    return {
        token
        for values in rows.values()
        for value in values.values()
        for token in TOKEN.findall(str(value))
    }


def hidden_tokens(viewer: Viewer) -> set[str]:
    """Return the tokens that stand only in rows hidden from a viewer."""
    visible: set[str] = set()
    everything: set[str] = set()
    for model in RECORDS:
        visible |= tokens_in(model._default_manager.visible_to(viewer))  # type: ignore[attr-defined]
        everything |= tokens_in(model._default_manager.all())
    return everything - visible


def crawl(world: World, viewer: Viewer) -> Iterator[tuple[str, str]]:
    """Yield everything that a viewer can get: pages, exports, API answers, refusals."""
    client = Client()
    client.force_login(viewer.person)
    for name, arguments in sorted(patterns().items()):
        if name in SESSION:
            continue
        for which in Which:
            path = address(name, arguments, ids_for(world, viewer, which))
            for method, suffix in (
                ("GET", ""),
                ("GET", "format=csv"),
                ("GET", "q=tok"),
                ("POST", ""),
            ):
                whole = f"{path}{'&' if '?' in path else '?'}{suffix}" if suffix else path
                answer = ask(client, method, whole)
                yield (
                    f"{method} {whole}",
                    f"{answer.headers} {answer.body.decode(errors='replace')}",
                )  # type: ignore[attr-defined]


def leaks(world: World, viewer: Viewer, hidden: set[str]) -> list[str]:
    """Return where hidden tokens were seen."""
    return [
        f"{where}: {', '.join(sorted(seen))}"
        for where, text in crawl(world, viewer)
        if (seen := set(TOKEN.findall(text)) & hidden)
    ]


@pytest.mark.parametrize("reader", READERS)
def test_nothing_hidden_reaches_a_reader(reader: str, world: World) -> None:
    viewer = world.people[reader]
    hidden = hidden_tokens(viewer)

    found = leaks(world, viewer, hidden)

    assert len(hidden) > 30
    assert found == []


def test_the_client_itself_sees_its_texts(world: World) -> None:
    viewer = world.people["sourcing lead"]
    private = hidden_tokens(world.people["delivery lead"]) - hidden_tokens(viewer)

    seen = {token for _, text in crawl(world, viewer) for token in TOKEN.findall(text)}

    assert len(private & seen) > 20


SHOWN = ("Engagement", "Objective", "Agreement", "Lesson", "Statement", "Import", "LedgerEntry")


@pytest.mark.parametrize("name", SHOWN)
def test_the_scan_sees_a_scope_that_is_switched_off(
    name: str, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    viewer = world.people["delivery lead"]
    hidden = hidden_tokens(viewer)
    model = apps.get_model("records", name)

    monkeypatch.setattr(model, "visibility", classmethod(lambda cls, viewer: models.Q()))

    assert leaks(world, viewer, hidden) != []
