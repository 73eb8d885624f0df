"""Make the private address of one's own calendar; the one before is revoked."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from tallystick.actions.answer_links import hashed, new_token
from tallystick.actions.ledger import enter
from tallystick.records.calendar_feeds import CalendarFeed
from tallystick.records.people import Person
from tallystick.records.viewer import Viewer


@dataclass(frozen=True, slots=True)
class NewFeed:
    """A feed as it was made; `secret` is told this once."""

    feed: CalendarFeed
    secret: str


@transaction.atomic
def make_calendar_feed(*, by: Viewer, as_of: datetime) -> NewFeed:
    """Make a feed for whoever asks; an address that was given away before stops working."""
    # Two at once would both be the one that works.
    Person.objects.select_for_update(of=("self",)).get(pk=by.person.pk)
    CalendarFeed.objects.filter(person=by.person, revoked_at=None).update(revoked_at=as_of)
    secret = new_token()
    made = CalendarFeed.objects.create(person=by.person, secret_hash=hashed(secret), made_at=as_of)
    enter(
        made,
        "Made a private calendar address.",
        action="make_calendar_feed",
        payload={},
        chain=by.organisation,
        by=by,
        as_of=as_of,
    )
    return NewFeed(made, secret)
