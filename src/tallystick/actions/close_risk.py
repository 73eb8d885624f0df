"""Close a risk that can no longer come true."""

from datetime import datetime

from django.db import transaction

from tallystick.actions.refusals import require
from tallystick.actions.risks_kept import locked_open, step
from tallystick.actions.texts import checked
from tallystick.records.risk_registers import AnyRisk
from tallystick.records.risks import RiskStatus, StepKind
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer


@transaction.atomic
def close_risk(*, risk: AnyRisk, note: str, by: Viewer, as_of: datetime) -> AnyRisk:
    """
    Close a risk; its history stays.

    Raises:
        NotPermitted, RiskOver, TextNeeded, TextTooLong
    """
    require(by, Duty.MANAGE_RISKS)
    risk = locked_open(risk)
    told = checked(note, "note", longest=4_000)
    risk.status, risk.closed_on = RiskStatus.CLOSED, as_of.date()
    risk.save(update_fields=["status", "closed_on"])
    step(
        risk,
        StepKind.CLOSED,
        f"Closed the risk “{risk.title}”.",
        action="close_risk",
        note=told,
        by=by,
        as_of=as_of,
    )
    return risk
