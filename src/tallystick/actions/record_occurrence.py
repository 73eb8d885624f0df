"""Record that a risk came true: what happened, what it cost, and whether it may happen again."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from tallystick.actions.identify_risk import RiskPartRefused
from tallystick.actions.refusals import require
from tallystick.actions.risks_kept import locked_open, step
from tallystick.actions.texts import checked
from tallystick.records.risk_registers import AnyRisk
from tallystick.records.risks import RiskStatus, StepKind
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer

MOST_COST = 10**15


@dataclass(frozen=True, slots=True)
class Occurrence:
    """What happened; `again` says that it may happen once more, so the risk stays open."""

    on: date
    words: str
    cost: Decimal | None = None
    again: bool = False


@transaction.atomic
def record_occurrence(
    *, risk: AnyRisk, occurrence: Occurrence, by: Viewer, as_of: datetime
) -> AnyRisk:
    """
    Keep that a risk came true.

    Raises:
        NotPermitted, RiskOver, RiskPartRefused, TextNeeded, TextTooLong
    """
    require(by, Duty.MANAGE_RISKS)
    risk = locked_open(risk)
    words = checked(occurrence.words, "words", longest=4_000)
    _check(risk, occurrence, as_of)
    if not occurrence.again:
        risk.closed_on = occurrence.on
    risk.status = RiskStatus.OCCURRED
    risk.save(update_fields=["status", "closed_on"])
    cost = None if occurrence.cost is None else f"{occurrence.cost:f}"
    step(
        risk,
        StepKind.OCCURRED,
        f"The risk “{risk.title}” came true on {occurrence.on}.",
        action="record_occurrence",
        note=words,
        on=occurrence.on,
        document={"cost": cost, "again": occurrence.again},
        by=by,
        as_of=as_of,
    )
    return risk


def _check(risk: AnyRisk, occurrence: Occurrence, as_of: datetime) -> None:
    if not risk.identified_on <= occurrence.on <= as_of.date():
        raise RiskPartRefused(
            f"{occurrence.on} is not between {risk.identified_on}, when the risk was identified, "
            "and today.",
            place="on",
            remedy="Give the day on which it happened; what came before is a surprise, not a risk.",
        )
    if occurrence.cost is not None and not 0 <= occurrence.cost <= MOST_COST:
        raise RiskPartRefused(
            f"The cost is {occurrence.cost}.",
            place="cost",
            remedy="Write what it cost as a figure from 0 on.",
        )
