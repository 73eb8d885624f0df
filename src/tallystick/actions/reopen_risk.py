"""Reopen a risk that was closed, or that occurred, and may come true after all."""

from datetime import datetime

from django.db import transaction

from tallystick.actions.refusals import require
from tallystick.actions.risks_kept import locked, step
from tallystick.actions.texts import checked
from tallystick.engine.refusals import Refusal
from tallystick.records.risk_registers import AnyRisk
from tallystick.records.risks import PrivateRisk, RiskStatus, StepKind
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer


class NotReopened(Refusal):
    """What is open, or was shared, is not reopened."""

    code = "risk.not-reopened"


@transaction.atomic
def reopen_risk(*, risk: AnyRisk, note: str, by: Viewer, as_of: datetime) -> AnyRisk:
    """
    Open a risk again, as it stood.

    Raises:
        NotPermitted, NotReopened, TextNeeded, TextTooLong
    """
    require(by, Duty.MANAGE_RISKS)
    risk = locked(risk, "engagement", "owner")
    told = checked(note, "note", longest=4_000)
    shared = isinstance(risk, PrivateRisk) and risk.shared_as_id
    if risk.is_open or shared:
        raise NotReopened(
            f"“{risk.title}” {'lives on in the shared register' if shared else 'is open'}.",
            place="note",
            remedy="Go on with the shared one." if shared else "Review or assess it.",
        )
    risk.closed_on = None
    risk.status = _status(risk)
    risk.save(update_fields=["status", "closed_on"])
    step(
        risk,
        StepKind.REOPENED,
        f"Reopened the risk “{risk.title}”.",
        action="reopen_risk",
        note=told,
        expected=risk.expected,
        by=by,
        as_of=as_of,
    )
    return risk


def _status(risk: AnyRisk) -> RiskStatus:
    if risk.response:
        return RiskStatus.RESPONDING
    return RiskStatus.ASSESSED if risk.assessed else RiskStatus.IDENTIFIED
