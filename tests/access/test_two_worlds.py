"""A provider that bids gets the same bytes as if the client knew nothing about it (T3)."""

import re

import pytest
from django.core.cache import cache

from tallystick.engine.guardrails.stages import Stage
from tallystick.records.engagements import Engagement
from tallystick.records.notifications import Notification
from tallystick.records.viewer import Viewer
from tests.access.evidenced import furnish_evidence
from tests.access.risked import keep_private_risks
from tests.access.selected import furnish_selection
from tests.access.test_canaries import crawl
from tests.access.world import World
from tests.bidding import a_bid, a_selection
from tests.cast import TODAY, an_engagement

pytestmark = pytest.mark.django_db

OF_THE_REQUEST = re.compile(r"csrf\w*[^a-zA-Z0-9]+(value=\")?\w{32,64}", re.IGNORECASE)
OF_THE_MOMENT = "/checkpoint"
"""A head of the ledger is signed with the moment at which it is handed out."""
OF_THE_CLOCK = re.compile(
    r"name=\"shown_at\" value=\"[^\"]+\"|DTSTAMP:\w+"
    r"|\"(?:\w*_left|(?:elapsed|remaining|margin)_minutes)\":\s*-?[\d.]+"
    r"|(\d+ (?:days?|h) )?(\d+ h )?\d+ min( \d+ s)?"
)
"""What is left of a clock that runs, and when a page was shown."""


def seen(world: World, viewer: Viewer) -> dict[str, str]:
    """Return everything that a viewer can read, by where it stands; acts tell their moment."""
    cache.clear()
    return {
        where: OF_THE_CLOCK.sub("CLOCK", OF_THE_REQUEST.sub("TOKEN", text))
        for where, text in crawl(world, viewer, acts=False)
        if OF_THE_MOMENT not in where
    }


def apart(before: str, after: str) -> str:
    """Return where two answers begin to differ, with what stands around it."""
    at = next((n for n, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), 0)
    return f"{before[at - 60 : at + 60]!r} became {after[at - 60 : at + 60]!r}"


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
    changed = [where for where in before if before[where] != after[where]]
    assert changed == [], apart(before[changed[0]], after[changed[0]])


def test_no_act_on_the_private_register_changes_what_a_provider_gets(world: World) -> None:
    viewer, lead = world.people["account manager"], world.people["sourcing lead"]
    Notification.objects.filter(person=viewer.person).update(read_at=TODAY)
    before = seen(world, viewer)

    for engagement in Engagement.objects.visible_to(lead).exclude(provider=None):
        keep_private_risks(engagement, lead, world.token)

    after = seen(world, viewer)
    assert len(before) > 200
    changed = [where for where in before if before[where] != after[where]]
    assert changed == [], apart(before[changed[0]], after[changed[0]])
