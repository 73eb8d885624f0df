"""Every page asks the database the same number of questions for 5 rows as for 50."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tallystick.records.engagements import Engagement
from tallystick.records.viewer import Viewer
from tallystick.site.registry import ROUTES
from tests.access.growth import grow
from tests.access.routes import SESSION, Which, address, ids_for, patterns
from tests.access.world import World

pytestmark = pytest.mark.django_db

MOST = 75
"""
More questions than this are too many for any page, whatever the rows.

The dearest pages look for findings, and a finding may lie in each of some forty tables.
"""


def questions(world: World, viewer: Viewer) -> dict[str, int]:
    """Return how many queries each readable page takes for a viewer."""
    client = Client()
    client.force_login(viewer.person)
    # An index of lessons is brought up to date at the first look; what is counted comes after.
    client.get("/api/lessons")
    counted = {}
    for name, arguments in sorted(patterns().items()):
        if name in SESSION or not ROUTES[name].get:
            continue
        path = address(name, arguments, ids_for(world, viewer, Which.OWN))
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(path)
            if answer.streaming:
                b"".join(answer)
        if answer.status_code == 200:
            counted[name] = len(asked)
    return counted


@pytest.mark.parametrize("reader", ["sourcing lead", "delivery lead"])
def test_the_number_of_queries_does_not_grow_with_the_rows(reader: str, world: World) -> None:
    viewer = world.people[reader]
    engagement = Engagement.objects.get(public_id=world.own["nordwind-baltic"]["engagement_id"])
    lead = world.people["sourcing lead"]
    grow(engagement, range(5), lead)
    few = questions(world, viewer)

    grow(engagement, range(5, 50), lead)
    many = questions(world, viewer)

    assert len(few) > 20
    assert {name: (few[name], many[name]) for name in few if few[name] != many.get(name)} == {}
    assert {name: count for name, count in many.items() if count > MOST} == {}
