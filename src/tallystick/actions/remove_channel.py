"""Take away a channel that nobody uses."""

from datetime import datetime

from django.db import transaction

from tallystick.actions.governing import tell
from tallystick.actions.held_engagement import held_engagement
from tallystick.actions.refusals import require
from tallystick.records.channels import Channel
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer


@transaction.atomic
def remove_channel(*, channel: Channel, by: Viewer, as_of: datetime) -> None:
    """
    Take a channel away; the ledger keeps that it was there.

    Raises:
        NotPermitted
    """
    require(by, Duty.GOVERN)
    held_engagement(channel.engagement.pk)
    Channel.objects.filter(pk=channel.pk).delete()
    tell(
        channel,
        f"Took the channel for “{channel.purpose}” away.",
        action="remove_channel",
        payload={"purpose": channel.purpose},
        by=by,
        as_of=as_of,
    )
