"""No text of a row that a provider may not see is in anything that the provider can get (T2)."""

import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models
from django.http import HttpResponse
from django.test import Client

from tallystick.records.audience import Record
from tallystick.records.viewer import Viewer
from tests.access.routes import SESSION, Which, address, ids_for, patterns
from tests.access.test_matrix import ask
from tests.access.world import World

pytestmark = pytest.mark.django_db

TOKEN = re.compile(r"tok\d{5}")
RECORDS = [model for model in apps.get_models() if issubclass(model, Record)]
READERS = ("sourcing lead", "delivery lead", "other provider", "other client")


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


def crawl(world: World, viewer: Viewer, *, acts: bool = True) -> Iterator[tuple[str, str]]:
    """
    Yield everything that a viewer can get: pages, exports, searches, API answers, refusals.

    Without `acts` nothing is sent, so that nothing changes on the way.
    """
    client = Client()
    client.force_login(viewer.person)
    for which in (Which.OTHER, Which.OWN):
        for name, arguments in sorted(patterns().items()):
            if name not in SESSION:
                path = address(name, arguments, ids_for(world, viewer, which))
                yield from _answers(client, path)
                if acts:
                    yield f"POST {path}", said(ask(client, "POST", path))


def _answers(client: Client, path: str) -> Iterator[tuple[str, str]]:
    """Yield what an address answers; where there is a page, its export and its search as well."""
    first = ask(client, "GET", path)
    yield f"GET {path}", said(first)
    if first.status_code == 200:
        for question in ("format=csv", "q=tok"):
            whole = f"{path}{'&' if '?' in path else '?'}{question}"
            yield f"GET {whole}", said(ask(client, "GET", whole))


def said(answer: HttpResponse) -> str:
    """Return headers and body as one text."""
    return f"{answer.headers} {answer.body.decode(errors='replace')}"  # type: ignore[attr-defined]


def leaks(world: World, viewer: Viewer, hidden: set[str]) -> Iterator[str]:
    """Yield where hidden tokens are seen."""
    for where, text in crawl(world, viewer):
        if seen := set(TOKEN.findall(text)) & hidden:
            yield f"{where}: {', '.join(sorted(seen))}"


@pytest.mark.parametrize("reader", READERS)
def test_nothing_hidden_reaches_any_reader(reader: str, world: World) -> None:
    hidden = hidden_tokens(world.people[reader])

    assert len(hidden) > 30
    assert list(leaks(world, world.people[reader], hidden)) == []


def test_the_client_itself_sees_its_texts(world: World) -> None:
    viewer = world.people["sourcing lead"]
    private = hidden_tokens(world.people["delivery lead"]) - hidden_tokens(viewer)

    seen = {token for _, text in crawl(world, viewer) for token in TOKEN.findall(text)}

    assert len(private & seen) > 20


SHOWN = (
    "Engagement",
    "Objective",
    "Agreement",
    "AgreementDraft",
    "SharedLesson",
    "Statement",
    "Import",
    "LedgerEntry",
)


def test_the_scan_sees_each_scope_that_is_switched_off(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    viewer = world.people["delivery lead"]
    hidden = hidden_tokens(viewer)

    unseen = []
    for name in SHOWN:
        with monkeypatch.context() as patch:
            model = apps.get_model("records", name)
            patch.setattr(model, "visibility", classmethod(lambda cls, viewer: models.Q()))
            if next(leaks(world, viewer, hidden), None) is None:
                unseen.append(name)

    assert unseen == []
