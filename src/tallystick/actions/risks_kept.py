"""What every act on a risk shares: its lock, its step, its ledger entry."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar, cast

from tallystick.actions.findings_kept import keep_findings_in
from tallystick.actions.ledger import enter, shared_chain
from tallystick.engine.refusals import Refusal
from tallystick.records.audience import ClientPrivate, Record
from tallystick.records.engagements import Engagement
from tallystick.records.issues import Issue
from tallystick.records.people import Person, people_of_side
from tallystick.records.risk_registers import AnyPlan, AnyRisk, AnyRun, register_of
from tallystick.records.risks import StepKind
from tallystick.records.roles import Side
from tallystick.records.viewer import Viewer

R = TypeVar("R", bound=AnyRisk | AnyPlan | AnyRun)


class RiskOver(Refusal):
    """A risk that is closed, or that occurred for good, is reopened before it changes."""

    code = "risk.over"


class RiskPersonRefused(Refusal):
    """A risk and a plan belong to somebody who acts for a party that reads them."""

    code = "risk.person-refused"


def locked(row: R, *related: str) -> R:
    """Return the row as it stands now, held until the transaction ends."""
    rows = type(row)._default_manager.select_for_update(of=("self",))
    # A risk always has an owner and an engagement, which `of` may name.
    return cast(R, rows.select_related(*related).get(pk=row.pk))


def locked_open(risk: AnyRisk) -> AnyRisk:
    """
    Return an open risk, held until the transaction ends.

    Raises:
        RiskOver: if it is closed.
    """
    found = locked(risk, "engagement", "owner")
    if not found.is_open:
        raise RiskOver(
            f"“{found.title}” was {found.status} on {found.closed_on}.",
            place="status",
            remedy="Reopen it first, or identify a new risk.",
        )
    return found


def step(
    risk: AnyRisk,
    kind: StepKind,
    sentence: str,
    *,
    action: str,
    by: Viewer | None,
    as_of: datetime,
    note: str = "",
    on: date | None = None,
    expected: Decimal | None = None,
    document: Mapping[str, Any] | None = None,
    issue: Issue | None = None,
) -> None:
    """
    Keep a step of a risk and enter it; `risk` is saved and holds how it stands after it.

    `issue` is what the step raised. One of a shared risk names its risk itself.
    """
    register = register_of(risk)
    raised = {"issue": issue} if issue and register.is_private else {}
    register.steps.objects.create(
        **register.under(risk=risk),
        **raised,
        kind=kind,
        note=note,
        on=on or as_of.date(),
        status=risk.status,
        expected=expected,
        document=dict(document or {}),
        taken_at=as_of,
        taken_by=by.person if by else None,
    )
    payload = {"status": risk.status, "note": note, "document": dict(document or {})}
    tell(risk, risk.engagement, sentence, action, payload, by, as_of)
    keep_findings_in([risk.engagement], as_of, by=by)


def tell(
    row: Record,
    engagement: Engagement,
    sentence: str,
    action: str,
    payload: Mapping[str, Any],
    by: Viewer | None,
    as_of: datetime,
) -> None:
    """Enter an act into the chain of those who may read of it."""
    enter(
        row,
        sentence,
        action=action,
        payload=payload,
        chain=engagement.client if isinstance(row, ClientPrivate) else shared_chain(engagement),
        by=by,
        as_of=as_of,
    )


def demand_people(
    engagement: Engagement, private: bool, people: Mapping[str, Person | None]
) -> None:
    """
    Demand people who act for a party that reads the row.

    Raises:
        RiskPersonRefused: for the first of `people`, by place, who does not.
    """
    sides = (Side.CLIENT,) if private or not engagement.provider_id else tuple(Side)
    known = {
        key
        for side in sides
        for key in people_of_side(engagement, side).values_list("pk", flat=True)
    }
    for place, person in people.items():
        if person is not None and person.pk not in known:
            raise RiskPersonRefused(
                f"{person.name} does not act for {'the client' if private else 'either party'}.",
                place=place,
                remedy="Choose somebody who does: they have to be able to read it.",
            )
