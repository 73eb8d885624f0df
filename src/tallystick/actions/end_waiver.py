"""End a waiver before its day, or after it: what it covered counts from then on."""

from datetime import datetime

from django.db import transaction

from tallystick.actions.findings_kept import keep_findings_in
from tallystick.actions.ledger import enter
from tallystick.actions.refusals import require
from tallystick.actions.texts import checked
from tallystick.engine.refusals import Refusal
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer
from tallystick.records.waivers import Waiver


class WaiverEnded(Refusal):
    """The waiver was ended before."""

    code = "waiver.ended"


@transaction.atomic
def end_waiver(*, waiver: Waiver, reason: str, by: Viewer, as_of: datetime) -> Waiver:
    """
    End a waiver from now on; it stays in the history with its reason.

    Raises:
        NotPermitted, TextNeeded, TextTooLong, WaiverEnded
    """
    require(by, Duty.WAIVE_FINDING)
    waiver = Waiver.objects.select_for_update(of=("self",)).get(pk=waiver.pk)
    reason = checked(reason, "reason", longest=1_000)
    if waiver.ended_at:
        raise WaiverEnded("This waiver was ended before.", remedy="Nothing needs doing.")
    waiver.ended_at, waiver.ended_by, waiver.ended_because = as_of, by.person, reason
    waiver.save(update_fields=["ended_at", "ended_by", "ended_because"])
    enter(
        waiver,
        f"Ended the waiver of {waiver.code} in {waiver.engagement.name}: {reason}",
        action="end_waiver",
        payload={"reason": reason},
        chain=by.organisation,
        by=by,
        as_of=as_of,
    )
    keep_findings_in([waiver.engagement], as_of, by=by)
    return waiver
