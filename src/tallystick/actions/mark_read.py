"""Mark entries of one's own inbox as read."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from tallystick.records.notifications import Notification
from tallystick.records.viewer import Viewer


@transaction.atomic
def mark_read(*, ids: Collection[str] | None, by: Viewer, as_of: datetime) -> int:
    """
    Mark some entries as read, or all that were told up to now; return how many were unread.

    Nobody reads what another person has read: nothing is entered in a ledger.
    """
    unread = Notification.objects.visible_to(by).filter(read_at=None, made_at__lte=as_of)
    if ids is not None:
        unread = unread.filter(public_id__in=ids)
    return unread.update(read_at=as_of)
