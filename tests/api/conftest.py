"""A world in which every kind of record exists, and programs that are signed in to it."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from tallystick.records.viewer import Viewer
from tests.access.built import built, world
from tests.access.world import World

__all__ = ["built", "world"]


@dataclass(frozen=True, slots=True)
class Program:
    """A program that speaks JSON for someone of the world."""

    client: Client

    def get(self, path: str) -> Any:
        """Return the answer's values; the answer must be 200."""
        answer = self.client.get(f"/api{path}")
        assert answer.status_code == 200, answer.content
        return answer.json()

    def asks(self, path: str) -> HttpResponse:
        """Return the answer to a GET, whatever it is."""
        return self.client.get(f"/api{path}")

    def posts(self, path: str, **values: Any) -> HttpResponse:
        """Return the answer to a POST of JSON."""
        return self.client.post(f"/api{path}", values, content_type="application/json")


@dataclass(frozen=True, slots=True)
class Stage:
    """A world, and who acts in it."""

    world: World

    def ids(self, engagement: str = "nordwind-baltic") -> dict[str, str]:
        """Return the ids of what belongs to an engagement."""
        return self.world.own[engagement] | {"code": "LSN001"}

    def viewer(self, who: str) -> Viewer:
        """Return a person of the world."""
        return self.world.people[who]

    def program(self, who: str = "sourcing lead") -> Program:
        """Return a program signed in as someone of the world."""
        client = Client()
        client.force_login(self.viewer(who).person)
        return Program(client)


@pytest.fixture
def stage(world: World) -> Stage:
    """Return the world, ready to be asked."""
    return Stage(world)
