"""Decide what is done about a risk, by whom, and which plan stands ready."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from tallystick.actions.identify_risk import RiskPartRefused
from tallystick.actions.refusals import require
from tallystick.actions.risks_kept import demand_people, locked_open, step
from tallystick.actions.texts import checked
from tallystick.records.people import Person
from tallystick.records.risk_registers import PRIVATE, AnyPlan, AnyRisk, register_of
from tallystick.records.risks import Response, RiskStatus, StepKind
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer


@dataclass(frozen=True, slots=True)
class ResponseWording:
    """What is done; `actionee` does it, the owner answers for it."""

    response: str
    words: str
    actionee: Person | None = None
    plan: AnyPlan | None = None


@transaction.atomic
def respond_to_risk(
    *, risk: AnyRisk, wording: ResponseWording, by: Viewer, as_of: datetime
) -> AnyRisk:
    """
    Keep a response; the one before stays in the history.

    Raises:
        NotPermitted, RiskOver, TextNeeded, TextTooLong, RiskPartRefused, RiskPersonRefused
    """
    require(by, Duty.MANAGE_RISKS)
    risk = locked_open(risk)
    words = checked(wording.words, "words", longest=4_000)
    if wording.response not in list(Response):
        raise RiskPartRefused(
            f"There is no response {wording.response[:40]!r}.",
            place="response",
            remedy=f"Choose one of: {', '.join(Response)}.",
        )
    register = register_of(risk)
    demand_people(risk.engagement, register is PRIVATE, {"actionee": wording.actionee})
    plan = wording.plan
    if plan is not None and (
        register_of(plan) is not register or plan.engagement_id != risk.engagement_id
    ):
        raise RiskPartRefused(
            "The plan stands in another register.", place="plan", remedy="Choose one of the same."
        )
    risk.response, risk.response_words = wording.response, words
    risk.actionee, risk.plan = wording.actionee, plan
    risk.status = RiskStatus.RESPONDING
    risk.save()
    step(
        risk,
        StepKind.RESPONDED,
        f"Decided to {wording.response} the risk “{risk.title}”.",
        action="respond_to_risk",
        note=words,
        document={"response": wording.response, "plan": plan.public_id if plan else None},
        by=by,
        as_of=as_of,
    )
    return risk
