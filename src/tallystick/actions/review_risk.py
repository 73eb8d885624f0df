"""Review a risk: somebody looked at it, and says what became of it."""

from datetime import datetime

from django.db import transaction

from tallystick.actions.refusals import require
from tallystick.actions.risks_kept import locked_open, step
from tallystick.actions.texts import checked
from tallystick.records.risk_registers import AnyRisk
from tallystick.records.risks import StepKind
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer


@transaction.atomic
def review_risk(*, risk: AnyRisk, note: str, by: Viewer, as_of: datetime) -> AnyRisk:
    """
    Keep that a risk was looked at today; a warning counts as seen.

    Raises:
        NotPermitted, RiskOver, TextNeeded, TextTooLong
    """
    require(by, Duty.MANAGE_RISKS)
    risk = locked_open(risk)
    told = checked(note, "note", longest=4_000)
    risk.reviewed_on = as_of.date()
    risk.warned_on = None
    risk.save(update_fields=["reviewed_on", "warned_on"])
    step(
        risk,
        StepKind.REVIEWED,
        f"Reviewed the risk “{risk.title}”.",
        action="review_risk",
        note=told,
        by=by,
        as_of=as_of,
    )
    return risk
