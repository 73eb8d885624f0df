"""Read a calendar by its secret address, and note that it was read."""

from datetime import datetime, timedelta

from django.db.models import Q

from tallystick.actions.answer_links import hashed
from tallystick.records.calendar_feeds import CalendarFeed
from tallystick.records.people import viewer_of
from tallystick.records.viewer import Viewer

_AN_HOUR = timedelta(hours=1)


def read_calendar_feed(*, secret: str, as_of: datetime) -> Viewer | None:
    """
    Return whose dates an address tells, as they are now; None if it is revoked or they left.

    The secret is looked up by its hash: how alike a guess is does not show in the time it takes.
    """
    known = CalendarFeed.objects.select_related("person").filter(revoked_at=None)
    feed = known.filter(secret_hash=hashed(secret)).first()
    viewer = viewer_of(feed.person) if feed else None
    if feed is None or viewer is None:
        return None
    # Programs read every few minutes; an hour is near enough for its owner.
    old = Q(last_read_at=None) | Q(last_read_at__lt=as_of - _AN_HOUR)
    CalendarFeed.objects.filter(old, pk=feed.pk).update(last_read_at=as_of)
    return viewer
