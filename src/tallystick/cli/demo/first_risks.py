"""The risk that every engagement starts with: it is identified at once, and over once accepted."""

from datetime import datetime, timedelta

from tallystick.actions.close_risk import close_risk
from tallystick.actions.identify_risk import RiskWording, identify_risk
from tallystick.records.engagements import Engagement
from tallystick.records.risk_registers import PRIVATE
from tallystick.records.risks import PrivateRisk
from tallystick.records.viewer import Viewer

TITLE = "The transition slips past the end of the old agreement"


def fear_of_a_late_transition(engagement: Engagement, by: Viewer, as_of: datetime) -> None:
    """Identify it, in the client's own register: nobody competes yet."""
    identify_risk(
        engagement=engagement,
        register=PRIVATE,
        wording=RiskWording(
            title=TITLE,
            category="delivery",
            owner=by.person,
            cause="Whoever does it today has no interest in a short handover.",
            event="The service is not accepted on the day on which the old agreement ends.",
            effect="Two suppliers are paid for the same months, or nobody is on duty.",
            cause_code="transition-hurried",
        ),
        by=by,
        as_of=as_of - timedelta(days=1),
    )


def relief_at_the_acceptance(engagement: Engagement, by: Viewer, as_of: datetime) -> None:
    """Close it: the service was accepted in time."""
    feared = PrivateRisk.objects.visible_to(by).get(
        engagement=engagement, title=TITLE, closed_on=None
    )
    close_risk(risk=feared, note="The service was accepted in time.", by=by, as_of=as_of)
