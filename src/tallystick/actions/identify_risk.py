"""Identify a risk, or word it anew: cause, event and effect, and the one person who owns it."""

from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from tallystick.actions.held_engagement import held_engagement
from tallystick.actions.refusals import NotPermitted, require
from tallystick.actions.risks_kept import demand_people, locked_open, step
from tallystick.actions.texts import checked
from tallystick.engine.lessons.causes import Cause
from tallystick.engine.lessons.words import words_of
from tallystick.engine.refusals import Refusal
from tallystick.engine.risk import in_order
from tallystick.engine.risk.links import RisksCircular
from tallystick.records.agreements import AgreementState
from tallystick.records.engagements import Engagement
from tallystick.records.objectives import Objective
from tallystick.records.people import Person
from tallystick.records.risk_registers import PRIVATE, AnyRisk, Register, register_of
from tallystick.records.risks import CATEGORIES, Proximity, StepKind
from tallystick.records.roles import Duty
from tallystick.records.viewer import Viewer

MOST = 500
"""The most open risks of a register; more are looked at by nobody."""
LIKENESS = 0.5


class RiskPartRefused(Refusal):
    """A part of a risk has a value that it cannot have."""

    code = "risk.part-refused"


class RiskAlike(Refusal):
    """The register has a risk of nearly the same words already."""

    code = "risk.alike"


class TooManyRisks(Refusal):
    """A register with more risks than anybody reviews."""

    code = "risk.too-many"


@dataclass(frozen=True, slots=True)
class RiskWording:
    """What a risk says: because of the cause the event may happen, which has the effect."""

    title: str
    category: str
    owner: Person
    cause: str = ""
    event: str = ""
    effect: str = ""
    cause_code: str = ""
    proximity: str = ""
    supplier: str = ""
    objective: Objective | None = None
    service_level: str = ""
    leads_to: AnyRisk | None = None


_LONGEST = {
    "title": 160, "cause": 4_000, "event": 4_000, "effect": 4_000, "supplier": 120,
    "service_level": 80,
}  # fmt: skip


@transaction.atomic
def identify_risk(
    *,
    engagement: Engagement,
    register: Register,
    wording: RiskWording,
    amends: AnyRisk | None = None,
    different: bool = False,
    by: Viewer,
    as_of: datetime,
) -> AnyRisk:
    """
    Write a risk into a register, or word one anew.

    `different` says that it is not the one whose words are nearly the same.

    Raises:
        NotPermitted, TextNeeded, TextTooLong, RiskPartRefused, RiskPersonRefused, RiskAlike,
        RisksCircular, RiskOver, TooManyRisks
    """
    require(by, Duty.MANAGE_RISKS)
    if register is PRIVATE and not by.is_client:
        raise NotPermitted("The private register is the client's.", remedy="Use the shared one.")
    held_engagement(engagement.pk)
    risk = locked_open(amends) if amends else None
    wording = _checked(engagement, register, wording)
    others = _others(engagement, register, risk)
    _demand_new(wording.title, others, different)
    _demand_no_circle(risk, wording.leads_to, others)
    if risk is None:
        risk = register.risks(
            **register.within(engagement),
            identified_on=as_of.date(),
            identified_at=as_of,
            identified_by=by.person,
        )
    for field in fields(wording):
        setattr(risk, field.name, getattr(wording, field.name))
    risk.save()
    step(
        risk,
        StepKind.AMENDED if amends else StepKind.IDENTIFIED,
        f"{'Reworded' if amends else 'Identified'} the risk “{risk.title}”.",
        action="identify_risk",
        document=_plain(risk),
        by=by,
        as_of=as_of,
    )
    return risk


def _checked(engagement: Engagement, register: Register, wording: RiskWording) -> RiskWording:
    texts: dict[str, Any] = {
        name: checked(getattr(wording, name), name, longest=most, needed=name == "title")
        for name, most in _LONGEST.items()
    }
    wording = replace(wording, **texts)
    for place, known in (
        ("category", CATEGORIES),
        ("cause_code", ["", *Cause]),
        ("proximity", ["", *Proximity]),
    ):
        if getattr(wording, place) not in list(known):
            raise _refused(
                f"There is no {place.replace('_', ' ')} {getattr(wording, place)[:40]!r}.",
                place,
                f"Choose one of: {', '.join(filter(None, known))}.",
            )
    demand_people(engagement, register is PRIVATE, {"owner": wording.owner})
    _check_links(engagement, register, wording)
    return wording


def _check_links(engagement: Engagement, register: Register, wording: RiskWording) -> None:
    objective, other = wording.objective, wording.leads_to
    if objective is not None and objective.engagement_id != engagement.pk:
        raise _refused("The objective is another engagement's.", "objective", "Choose one of this.")
    if other is not None and (
        other.engagement_id != engagement.pk or register_of(other) is not register
    ):
        raise _refused(
            "The risk that it leads to stands in another register.",
            "leads_to",
            "Choose one of the same register.",
        )
    signed = engagement.agreements.filter(state=AgreementState.IN_FORCE)
    known = {name for each in signed for name in each.level_names} if wording.service_level else ()
    if known and wording.service_level not in known:
        raise _refused(
            f"The agreement has no service level {wording.service_level!r}.",
            "service_level",
            f"Choose one of: {', '.join(sorted(known))}.",
        )


def _others(engagement: Engagement, register: Register, risk: AnyRisk | None) -> list[AnyRisk]:
    rows = register.risks.objects.filter(engagement=engagement, closed_on=None).order_by("id")
    found = [each for each in rows if risk is None or each.pk != risk.pk]
    if risk is None and len(found) >= MOST:
        raise TooManyRisks(
            f"There are {MOST} open risks already.",
            place="title",
            remedy="Close what is over, and put together what has one cause.",
        )
    return found


def _demand_new(title: str, others: list[AnyRisk], different: bool) -> None:
    mine = set(words_of(title)) or {title.casefold()}
    for each in others:
        same = each.title.casefold() == title.casefold()
        its = set(words_of(each.title))
        alike = its and len(mine & its) >= LIKENESS * len(mine | its)
        if same or (alike and not different):
            raise RiskAlike(
                f"There is “{each.title}” already.",
                place="title" if same else "different",
                remedy="Amend that one, or choose a title that tells them apart."
                if same
                else "Amend that one, or say that yours is a different risk.",
            )


def _demand_no_circle(
    risk: AnyRisk | None, leads_to: AnyRisk | None, others: list[AnyRisk]
) -> None:
    # A new risk is led to by none: it closes no circle.
    if risk is None or leads_to is None:
        return
    names = {each.pk: f"“{each.title}”" for each in [*others, risk]}
    links = {
        names[each.pk]: [names[each.leads_to_id]]
        for each in others
        if each.leads_to_id in names and each.pk != risk.pk
    }
    if leads_to.pk in names:
        try:
            in_order(names.values(), links | {names[risk.pk]: [names[leads_to.pk]]})
        except RisksCircular as circular:
            # The place of a link among many is of no help to whoever has one field.
            circular.place = "leads_to"
            raise


def _plain(risk: AnyRisk) -> dict[str, Any]:
    names = (*_LONGEST, "category", "cause_code", "proximity")
    texts = {name: getattr(risk, name) for name in names if getattr(risk, name)}
    rows = {
        name: getattr(risk, name).public_id
        for name in ("owner", "objective", "leads_to")
        if getattr(risk, name)
    }
    return texts | rows


def _refused(message: str, place: str, remedy: str) -> RiskPartRefused:
    return RiskPartRefused(message, place=place, remedy=remedy)
