"""Take an activity off the responsibility matrix."""

from datetime import datetime

from django.db import transaction

from tallystick.actions.governing import tell
from tallystick.actions.held_engagement import held_engagement
from tallystick.actions.refusals import require
from tallystick.records.activities import Activity
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer


@transaction.atomic
def remove_activity(*, activity: Activity, by: Viewer, as_of: datetime) -> None:
    """
    Take a row off; the ledger keeps that it was there.

    Raises:
        NotPermitted
    """
    require(by, Duty.GOVERN)
    held_engagement(activity.engagement.pk)
    Activity.objects.filter(pk=activity.pk).delete()
    tell(
        activity,
        f"Took “{activity.name}” off the responsibility matrix.",
        action="remove_activity",
        payload={"name": activity.name},
        by=by,
        as_of=as_of,
    )
