"""Nothing is reachable that the registry does not declare, and it declares nothing else."""

import pytest
from django.test import Client

from tallystick.cli.main import FILE_COMMANDS, RECORD_COMMANDS
from tallystick.site.registry import COMMANDS, OPERATIONS, PAGES, ROUTES
from tests.access.routes import patterns
from tests.cast import Cast


def test_every_address_is_declared() -> None:
    undeclared = set(patterns()) - set(ROUTES)

    assert undeclared == set()


def test_every_declared_route_has_an_address() -> None:
    dead = set(ROUTES) - set(patterns())

    assert dead == set()


def test_every_command_is_declared() -> None:
    assert set(COMMANDS) == {*FILE_COMMANDS, *RECORD_COMMANDS}


def test_pages_and_operations_are_told_apart_by_their_names() -> None:
    assert all(name.startswith("api:") for name in OPERATIONS)
    assert not any(name.startswith("api:") for name in PAGES)


def test_a_route_taken_off_the_registry_is_gone(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(cast.ada.person)
    assert client.get("/lessons/").status_code == 200

    monkeypatch.delitem(ROUTES, "lessons")  # type: ignore[arg-type]

    assert client.get("/lessons/").status_code == 404
