"""State an early-warning indicator of a risk: which figure, which threshold, how many in a row."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from tallystick.actions.refusals import require
from tallystick.actions.risks_kept import locked_open, tell
from tallystick.actions.texts import checked
from tallystick.engine.refusals import Refusal
from tallystick.engine.risk import Comparison, WarningSign
from tallystick.records.agreements import AgreementState
from tallystick.records.indicators import SignSource
from tallystick.records.objectives import Objective
from tallystick.records.risk_registers import AnyIndicator, AnyRisk, register_of
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer

MOST = 20
MOST_THRESHOLD = 10**15


class IndicatorRefused(Refusal):
    """An indicator reads nothing, or a risk has more than anybody looks at."""

    code = "indicator.refused"


@dataclass(frozen=True, slots=True)
class SignWording:
    """What an indicator reads, and when it warns."""

    name: str
    source: SignSource
    comparison: Comparison
    threshold: Decimal
    consecutive: int = 1
    service_level: str = ""
    objective: Objective | None = None


@transaction.atomic
def state_indicator(
    *, risk: AnyRisk, wording: SignWording, by: Viewer, as_of: datetime
) -> AnyIndicator:
    """
    Keep an indicator; it is read after each measurement and once a day.

    Raises:
        NotPermitted, RiskOver, IndicatorRefused, SignRefused, TextNeeded, TextTooLong
    """
    require(by, Duty.MANAGE_RISKS)
    risk = locked_open(risk)
    name = checked(wording.name, "name", longest=160)
    WarningSign(wording.comparison, wording.threshold, wording.consecutive)
    _check(risk, wording)
    register = register_of(risk)
    indicator = register.indicators.objects.create(
        **register.under(risk=risk),
        name=name,
        source=wording.source,
        service_level=wording.service_level,
        objective=wording.objective,
        comparison=wording.comparison,
        threshold=wording.threshold,
        consecutive=wording.consecutive,
        stated_at=as_of,
        stated_by=by.person,
    )
    tell(
        indicator,
        risk.engagement,
        f"Set the indicator “{name}” on the risk “{risk.title}”.",
        "state_indicator",
        _plain(indicator),
        by,
        as_of,
    )
    return indicator


def _check(risk: AnyRisk, wording: SignWording) -> None:
    if register_of(risk).indicators.objects.filter(risk=risk, ended_at=None).count() >= MOST:
        raise IndicatorRefused(
            f"The risk has {MOST} indicators already.",
            place="name",
            remedy="End one that never told anything.",
        )
    if abs(wording.threshold) > MOST_THRESHOLD:
        raise IndicatorRefused(
            f"The threshold is {wording.threshold}.",
            place="threshold",
            remedy="Give a figure in the unit of what is read.",
        )
    signed = risk.engagement.agreements.filter(state=AgreementState.IN_FORCE)
    known = {name for each in signed for name in each.level_names}
    if wording.source is SignSource.SERVICE_LEVEL and wording.service_level not in known:
        raise IndicatorRefused(
            f"There is no service level {wording.service_level!r} in force.",
            place="service_level",
            remedy=f"Choose one of: {', '.join(sorted(known))}."
            if known
            else "Wait for the agreement.",
        )
    objective = wording.objective
    if wording.source is SignSource.OBJECTIVE and (
        objective is None or objective.engagement_id != risk.engagement_id
    ):
        raise IndicatorRefused(
            "No objective is named.", place="objective", remedy="Choose one of this engagement."
        )


def _plain(indicator: AnyIndicator) -> dict[str, Any]:
    return {
        "risk": indicator.risk.public_id,
        "source": indicator.source,
        "service_level": indicator.service_level,
        "objective": indicator.objective.public_id if indicator.objective else None,
        "comparison": indicator.comparison,
        "threshold": f"{indicator.threshold:f}",
        "consecutive": indicator.consecutive,
    }
