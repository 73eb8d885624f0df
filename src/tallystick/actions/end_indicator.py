"""End an early-warning indicator; what it warned of stays in the risk's history."""

from datetime import datetime

from django.db import transaction

from tallystick.actions.refusals import require
from tallystick.actions.risks_kept import tell
from tallystick.records.risk_registers import AnyIndicator
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer


@transaction.atomic
def end_indicator(*, indicator: AnyIndicator, by: Viewer, as_of: datetime) -> AnyIndicator:
    """
    Stop reading an indicator; one that has ended stays as it was.

    Raises:
        NotPermitted
    """
    require(by, Duty.MANAGE_RISKS)
    if indicator.ended_at is None:
        indicator.ended_at = as_of
        indicator.save(update_fields=["ended_at"])
        tell(
            indicator,
            indicator.risk.engagement,
            f"Ended the indicator “{indicator.name}”.",
            "end_indicator",
            {"risk": indicator.risk.public_id},
            by,
            as_of,
        )
    return indicator
