"""Assess a risk: how often, how much, what is done about it, and what that leaves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django.db import transaction

from tallystick import __version__
from tallystick.actions.refusals import require
from tallystick.actions.risks_kept import locked_open, step
from tallystick.actions.texts import checked
from tallystick.engine.canonical import canonical_bytes
from tallystick.engine.refusals import Refusal
from tallystick.engine.risk import Cell, Simulated, cell_of, simulate
from tallystick.engine.service_levels.terms.currencies import DECIMALS
from tallystick.records.risk_prices import control_of, plain_price, plain_summary, risk_of
from tallystick.records.risk_registers import AnyRisk
from tallystick.records.risks import RiskStatus, StepKind
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer

MOST_CONTROLS = 20


class AssessmentRefused(Refusal):
    """An assessment has too many controls, or money that cannot be counted with the others."""

    code = "risk.assessment-refused"


@dataclass(frozen=True, slots=True)
class Assessment:
    """
    What a risk may cost. `inherent` holds `frequency` and `magnitude` as plain values.

    Each control holds `name`, `cost`, `on_frequency` and `on_magnitude`, the last two from 0 to
    1: what it leaves. `residual` is what is left where it is stated; without it, it is the
    inherent risk with all controls in place.
    """

    currency: str
    inherent: Mapping[str, Any]
    controls: Sequence[Mapping[str, Any]] = ()
    residual: Mapping[str, Any] | None = None
    note: str = ""


@transaction.atomic
def assess_risk(*, risk: AnyRisk, assessment: Assessment, by: Viewer, as_of: datetime) -> AnyRisk:
    """
    Keep an assessment; the newest one counts, those before stay in the history.

    Raises:
        NotPermitted, RiskOver, AssessmentRefused, TextTooLong, PriceRefused, and what the engine
        refuses: figures out of order, a negative loss, a chance beyond 100 %
    """
    require(by, Duty.MANAGE_RISKS)
    risk = locked_open(risk)
    note = checked(assessment.note, "note", longest=4_000, needed=False)
    _demand_currency(risk, assessment.currency)
    document = _document(risk, assessment)
    left = document["residual"]
    risk.assessed = document
    risk.currency, risk.level = assessment.currency, document["level"]
    risk.expected, risk.p80 = Decimal(left["expected"]), Decimal(left["p80"])
    risk.reviewed_on = as_of.date()
    if risk.status == RiskStatus.IDENTIFIED:
        risk.status = RiskStatus.ASSESSED
    risk.save()
    step(
        risk,
        StepKind.ASSESSED,
        f"Assessed the risk “{risk.title}”: {risk.expected:,.2f} {risk.currency} a year are left "
        "on average.",
        action="assess_risk",
        note=note,
        expected=risk.expected,
        document=document,
        by=by,
        as_of=as_of,
    )
    return risk


def _demand_currency(risk: AnyRisk, currency: str) -> None:
    if currency not in DECIMALS:
        raise AssessmentRefused(
            f"There is no currency “{currency[:10]}”.",
            place="currency",
            remedy="Write its code, such as EUR.",
        )
    others = (
        type(risk)
        ._default_manager.filter(engagement=risk.engagement, closed_on=None)
        .exclude(pk=risk.pk)
        .exclude(currency="")
    )
    other = others.exclude(currency=currency).values_list("currency", flat=True).first()
    if other is not None:
        raise AssessmentRefused(
            f"This register counts in {other}, and {currency} cannot be added to it.",
            place="currency",
            remedy=f"Convert the figures to {other}.",
        )


def _document(risk: AnyRisk, assessment: Assessment) -> dict[str, Any]:
    if len(assessment.controls) > MOST_CONTROLS:
        raise AssessmentRefused(
            f"{len(assessment.controls)} controls are named; at most {MOST_CONTROLS} are kept.",
            place="controls",
            remedy="Put together what works together.",
        )
    key = risk.public_id
    before = risk_of(key, assessment.inherent, "inherent.")
    after, controls = before, []
    for number, given in enumerate(assessment.controls):
        place = f"controls[{number}]."
        control = control_of(frozenset([key]), given, place)
        (after,) = control.applied([after])
        controls.append(
            {
                "name": checked(str(given.get("name", "")), f"{place}name", longest=160),
                **{each: str(given[each]) for each in ("cost", "on_frequency", "on_magnitude")},
            }
        )
    if assessment.residual is not None:
        after = risk_of(key, assessment.residual, "residual.")
    figures: dict[str, Any] = {
        "inherent": plain_price(before),
        "residual": plain_price(after),
        "controls": controls,
        "by_hand": assessment.residual is not None,
    }
    seed = _seed(risk, figures)
    cells = {"inherent": cell_of(before), "residual": cell_of(after)}
    return {
        "currency": assessment.currency,
        "controls": controls,
        "by_hand": figures["by_hand"],
        "level": cells["residual"].level.value,
        "seed": seed,
        "engine": __version__,
        **{
            name: _told(figures[name], cells[name], simulate([priced], seed=seed))
            for name, priced in (("inherent", before), ("residual", after))
        },
    }


def _told(figures: dict[str, Any], cell: Cell, simulated: Simulated) -> dict[str, Any]:
    place: dict[str, Any] = {"cell": [cell.chance, cell.impact], "level": cell.level.value}
    return figures | place | plain_summary(simulated.total)


def _seed(risk: AnyRisk, figures: Mapping[str, Any]) -> int:
    """Return what the random numbers begin with: told by the figures, chosen by nobody."""
    told = risk.public_id.encode() + canonical_bytes(figures)
    return int.from_bytes(sha256(told).digest()[:4], "big")
