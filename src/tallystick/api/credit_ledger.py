"""The credit ledger: entries, what they add up to, and the deeds that enter them."""

from datetime import UTC, datetime
from typing import Annotated, Any

from ninja import Query
from pydantic import Field

from tallystick.actions.confirm_payment import confirm_payment
from tallystick.actions.invoice_credit import invoice_credit
from tallystick.actions.waive_credit import waive_credit
from tallystick.api.credits import Money
from tallystick.api.lookup import ViewerRequest, find
from tallystick.api.routing import Operations
from tallystick.api.values import In, Line, Listed, OptionalWords, Out, SafePage, Words, listed
from tallystick.engine.service_levels.dealings.balances import EntryKind
from tallystick.records.credit_entries import CreditEntry
from tallystick.records.credit_ledger import balance_values, balances_in
from tallystick.records.engagements import Engagement

operations = Operations(tags=["Credits"])

Code = Annotated[str, Field(pattern=r"^[A-Z]{3}$", examples=["EUR"])]
Amount = Annotated[str, Field(pattern=r"^[0-9]+(\.[0-9]+)?$", max_length=40, examples=["1250.00"])]


class EntryOut(Out):
    """
    One entry; none is edited, a correction is a further one.

    `statement`, `window` and `service_level` say what is owed for; a month's caps name no level.
    """

    id: str
    kind: EntryKind
    currency: str
    amount: Money
    statement: str | None
    window: str
    service_level: str
    reference: str
    reason: str
    entered_at: datetime
    entered_by: str


class BalanceOut(Out):
    """What the entries of one currency add up to; `to_invoice` is owed and not invoiced."""

    currency: str
    credited: Money
    earned_back: Money
    waived: Money
    owed: Money
    invoiced: Money
    paid: Money
    to_invoice: Money
    to_pay: Money
    outstanding: Money


class Balances(Out):
    """The balance of each currency."""

    balances: list[BalanceOut]


class Settled(In):
    """An amount, and the number of the credit note, invoice or payment."""

    amount: Amount
    currency: Code
    reference: Line
    reason: OptionalWords = ""


class Waived(In):
    """An amount that is given up, and why."""

    amount: Amount
    currency: Code
    reason: Words


def _out(entry: CreditEntry) -> EntryOut:
    same = ("kind", "currency", "window", "service_level", "reference", "reason", "entered_at")
    return EntryOut(
        id=entry.public_id,
        amount=f"{entry.amount:f}",
        statement=entry.statement.public_id if entry.statement else None,
        entered_by=entry.entered_by.name,
        **{name: getattr(entry, name) for name in same},
    )


@operations.reads("/engagements/{engagement_id}/credit-ledger", "credit_ledger", Listed[EntryOut])
def entries(request: ViewerRequest, engagement_id: str, asked: Query[SafePage]) -> Listed[EntryOut]:
    """Return the entries of an engagement, the newest first."""
    engagement = find(Engagement, request.viewer, engagement_id)
    rows = CreditEntry.objects.visible_to(request.viewer).filter(engagement=engagement)
    known = rows.select_related("statement", "entered_by").order_by("-entered_at", "-id")
    return listed(known, asked, _out)


@operations.reads("/engagements/{engagement_id}/credit-balances", "credit_balances", Balances)
def balances(request: ViewerRequest, engagement_id: str) -> Balances:
    """Return what the entries add up to, in each currency."""
    engagement = find(Engagement, request.viewer, engagement_id)
    found = balances_in([engagement]).get(engagement.pk, [])
    return Balances(balances=[BalanceOut(**balance_values(each)) for each in found])


def _given(request: ViewerRequest, engagement_id: str) -> dict[str, Any]:
    return {
        "engagement": find(Engagement, request.viewer, engagement_id),
        "by": request.viewer,
        "as_of": datetime.now(UTC),
    }


@operations.acts(
    "/engagements/{engagement_id}/credits/invoice", "invoice_credit", EntryOut, status=201
)
def invoice(request: ViewerRequest, engagement_id: str, given: Settled) -> EntryOut:
    """Record the provider's credit note or invoice over what is owed."""
    return _out(invoice_credit(**_given(request, engagement_id), **given.model_dump()))


@operations.acts(
    "/engagements/{engagement_id}/credits/payment", "confirm_payment", EntryOut, status=201
)
def payment(request: ViewerRequest, engagement_id: str, given: Settled) -> EntryOut:
    """Confirm, as the client, that what was invoiced has been paid."""
    return _out(confirm_payment(**_given(request, engagement_id), **given.model_dump()))


@operations.acts(
    "/engagements/{engagement_id}/credits/waiver", "waive_credit", EntryOut, status=201
)
def waiver(request: ViewerRequest, engagement_id: str, given: Waived) -> EntryOut:
    """Give up, as the client, what is owed and not invoiced."""
    return _out(waive_credit(**_given(request, engagement_id), **given.model_dump()))
