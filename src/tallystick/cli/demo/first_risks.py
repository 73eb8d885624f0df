"""Risks thought of at the beginning: one that passes with the acceptance, one that came true."""

from datetime import datetime, timedelta
from decimal import Decimal

from tallystick.actions.close_risk import close_risk
from tallystick.actions.identify_risk import RiskWording, identify_risk
from tallystick.actions.record_occurrence import Occurrence, record_occurrence
from tallystick.cli.demo.months import Month
from tallystick.records.engagements import Engagement
from tallystick.records.risk_registers import PRIVATE, AnyRisk
from tallystick.records.risks import PrivateRisk
from tallystick.records.viewer import Viewer

TITLE = "The transition slips past the end of the old agreement"


def fear_of_a_late_transition(engagement: Engagement, by: Viewer, as_of: datetime) -> None:
    """Identify it, in the client's own register: nobody competes yet."""
    wording = RiskWording(
        title=TITLE,
        category="delivery",
        owner=by.person,
        cause="Whoever does it today has no interest in a short handover.",
        event="The service is not accepted on the day on which the old agreement ends.",
        effect="Two suppliers are paid for the same months, or nobody is on duty.",
        cause_code="transition-hurried",
    )
    _feared(engagement, wording, by, as_of - timedelta(days=1))


def relief_at_the_acceptance(engagement: Engagement, by: Viewer, as_of: datetime) -> None:
    """Close it: the service was accepted in time."""
    feared = PrivateRisk.objects.visible_to(by).get(
        engagement=engagement, title=TITLE, closed_on=None
    )
    close_risk(risk=feared, note="The service was accepted in time.", by=by, as_of=as_of)


def a_restore_that_fails(engagement: Engagement, by: Viewer, began: Month) -> None:
    """Identify that a restore may fail, and keep that it did; both for the client alone."""
    feared, seen = began.at(9, 9), began.plus(7).at(12, 9)
    wording = RiskWording(
        title="A restore is needed that nobody has ever tried",
        category="technology",
        owner=by.person,
        cause="Backup jobs are counted, and no file is ever restored.",
        event="A server is lost, and its backup does not hold what was on it.",
        effect="Work of days is done again.",
        cause_code="contingency-missing",
    )
    record_occurrence(
        risk=_feared(engagement, wording, by, feared),
        occurrence=Occurrence(
            on=seen.date(),
            words="A file server was lost. Half of its folders were in no backup: nine days of "
            "drawings were redone by hand.",
            cost=Decimal(38_000),
        ),
        by=by,
        as_of=seen,
    )


def _feared(engagement: Engagement, wording: RiskWording, by: Viewer, as_of: datetime) -> AnyRisk:
    return identify_risk(
        engagement=engagement, register=PRIVATE, wording=wording, by=by, as_of=as_of
    )
