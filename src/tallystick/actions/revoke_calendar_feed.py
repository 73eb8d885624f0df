"""Revoke the private address of one's own calendar."""

from datetime import datetime

from django.db import transaction

from tallystick.actions.ledger import enter
from tallystick.records.calendar_feeds import CalendarFeed
from tallystick.records.viewer import Viewer


@transaction.atomic
def revoke_calendar_feed(*, by: Viewer, as_of: datetime) -> bool:
    """Let one's address lead nowhere; return whether there was one."""
    own = CalendarFeed.objects.filter(person=by.person, revoked_at=None).first()
    if own is None:
        return False
    CalendarFeed.objects.filter(pk=own.pk).update(revoked_at=as_of)
    enter(
        own,
        "Revoked a private calendar address.",
        action="revoke_calendar_feed",
        payload={},
        chain=by.organisation,
        by=by,
        as_of=as_of,
    )
    return True
