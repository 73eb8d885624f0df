"""A provider that bids gets the same bytes as if the client knew nothing about it (T3)."""

import re

import pytest
from django.core.cache import cache

from tallystick.engine.guardrails.stages import Stage
from tallystick.records.notifications import Notification
from tallystick.records.viewer import Viewer
from tests.access.evidenced import furnish_evidence
from tests.access.selected import furnish_selection
from tests.access.test_canaries import crawl
from tests.access.world import World
from tests.bidding import a_bid, a_selection
from tests.cast import TODAY, an_engagement

pytestmark = pytest.mark.django_db

OF_THE_REQUEST = re.compile(r"csrf\w*[^a-zA-Z0-9]+(value=\")?\w{32,64}", re.IGNORECASE)
OF_THE_MOMENT = "/checkpoint"
"""A head of the ledger is signed with the moment at which it is handed out."""


def seen(world: World, viewer: Viewer) -> dict[str, str]:
    """Return everything that a viewer can read, by where it stands; acts tell their moment."""
    cache.clear()
    return {
        where: OF_THE_REQUEST.sub("TOKEN", text)
        for where, text in crawl(world, viewer)
        if where.startswith("GET") and OF_THE_MOMENT not in where
    }


def test_no_competition_changes_what_a_bidder_gets(
    world: World,
) -> None:
    viewer, lead = world.people["account manager"], world.people["sourcing lead"]
    # Whoever opens an entry has read it: all are read, so that the first walk changes nothing.
    Notification.objects.filter(person=viewer.person).update(read_at=TODAY)
    before = seen(world, viewer)

    # The reader's own company bids, and another one does.
    selection = a_selection(lead, name=world.token("Competed"))
    for name in (viewer.organisation.name, "Far Desk"):
        furnish_evidence(world.token, a_bid(selection, lead, name), lead)

    # And a whole competition is held, awarded and debriefed for an engagement of the client's own.
    held = an_engagement(name=world.token("Held"), stage=Stage.SELECT, provider=None)
    furnish_selection(held, lead, world.token)

    after = seen(world, viewer)
    assert len(before) > 200
    assert [where for where in before if before[where] != after[where]] == []
