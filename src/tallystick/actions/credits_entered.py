"""Entries of the credit ledger: what a statement owes, and an exact amount that somebody enters."""

import re
from datetime import datetime
from decimal import Decimal

from tallystick.actions.held_engagement import held_engagement
from tallystick.actions.ledger import enter
from tallystick.actions.texts import SHORT, checked
from tallystick.engine.refusals import Refusal
from tallystick.engine.service_levels.dealings.balances import Balance, EntryKind
from tallystick.engine.service_levels.terms.currencies import DECIMALS
from tallystick.records.credit_entries import CreditEntry
from tallystick.records.credit_ledger import balance_of, entered_for, owed_by
from tallystick.records.engagements import Engagement
from tallystick.records.restating import note_issued_with
from tallystick.records.statements import Statement
from tallystick.records.viewer import Viewer

MOST = Decimal(10) ** 12
_PLAIN = re.compile(r"[0-9]{1,40}(\.[0-9]{1,40})?")


class AmountRefused(Refusal):
    """An amount is not one, or is more than there is."""

    code = "credit.amount-refused"

    def __init__(self, message: str, *, code: str, place: str = "amount", remedy: str) -> None:
        super().__init__(message, place=place, remedy=remedy)
        self.code = code


class EnteredAlready(Refusal):
    """The very same was entered before: the same amount, reference and reason."""

    code = "credit.entered-already"


def enter_owed(statement: Statement, *, by: Viewer, as_of: datetime) -> list[CreditEntry]:
    """
    Enter what a statement owes, level by level; a restatement enters what differs alone.

    It is part of issuing and leaves no entry of its own in the history.
    """
    owed, before = owed_by(note_issued_with(statement)), entered_for(statement)
    made = []
    for kind, level, currency in dict.fromkeys([*owed, *before]):
        key = (kind, level, currency)
        amount = owed.get(key, Decimal(0)) - before.get(key, Decimal(0))
        if amount:
            entry = _entry(statement.engagement, kind, currency, amount, by, as_of)
            entry.statement, entry.window, entry.service_level = statement, statement.window, level
            entry.reason = statement.reason or f"Statement of {statement.window}."
            made.append(entry)
    return CreditEntry.objects.bulk_create(made)


def enter_amount(
    engagement: Engagement,
    kind: EntryKind,
    amount: str | Decimal,
    currency: str,
    *,
    reference: str,
    reason: str,
    by: Viewer,
    as_of: datetime,
) -> CreditEntry:
    """
    Enter an amount of what is still open; whose duty it is was asked before.

    Raises:
        AmountRefused, EnteredAlready, TextNeeded, TextTooLong
    """
    # Of two entries at one instant, the later one sees what the earlier left open.
    engagement = held_engagement(engagement.pk)
    exact = read_amount(amount, currency)
    _demand_open(kind, exact, balance_of(engagement, currency))
    entry = _entry(engagement, kind, currency, exact, by, as_of)
    waived = kind is EntryKind.WAIVED
    entry.reference = checked(reference, "reference", longest=SHORT, needed=not waived)
    entry.reason = checked(reason, "reason", needed=waived)
    _demand_new(entry)
    entry.save()
    text = f"{exact:f} {currency}"
    more = f", {entry.reference}" if entry.reference else ""
    enter(
        entry,
        f"{_SAID[kind]} {text} of credits{more}.",
        action=_ACTIONS[kind],
        payload={
            "kind": kind,
            "amount": f"{exact:f}",
            "currency": currency,
            "reference": entry.reference,
            "reason": entry.reason,
        },
        chain=engagement,
        by=by,
        as_of=as_of,
    )
    return entry


_SAID = {
    EntryKind.INVOICED: "Invoiced",
    EntryKind.PAID: "Confirmed payment of",
    EntryKind.WAIVED: "Waived",
}
_ACTIONS = {
    EntryKind.INVOICED: "invoice_credit",
    EntryKind.PAID: "confirm_payment",
    EntryKind.WAIVED: "waive_credit",
}


def read_amount(value: str | Decimal, currency: str) -> Decimal:
    """
    Return an exact amount above nothing with the decimals of its currency.

    Raises:
        AmountRefused
    """
    if currency not in DECIMALS:
        raise AmountRefused(
            f"{currency[:10]!r} is not a currency of ISO 4217.",
            code="credit.unknown-currency",
            place="currency",
            remedy="Write its code, such as EUR.",
        )
    text = f"{value:f}" if isinstance(value, Decimal) else value.strip()
    exact = Decimal(text) if _PLAIN.fullmatch(text) else Decimal(0)
    places = _places(currency)
    if not 0 < exact < MOST or exact != round(exact, places):
        raise AmountRefused(
            f"{text[:40]!r} is not an amount above nothing with at most {places} decimals.",
            code="credit.amount-unreadable",
            remedy="Write digits and a point, such as 1250.00.",
        )
    # Zeros beyond them say nothing, and no column holds any number of them.
    return round(exact, places) if int(exact.as_tuple().exponent) < -places else exact


def _places(currency: str) -> int:
    # An agreement may round credits to four decimals, whatever its currency has.
    return max(DECIMALS[currency], 4)


def _demand_open(kind: EntryKind, amount: Decimal, balance: Balance) -> None:
    paid = kind is EntryKind.PAID
    most = balance.to_pay if paid else balance.to_invoice
    if amount <= most:
        return
    of = "invoiced and not paid" if paid else "owed and not invoiced"
    raise AmountRefused(
        f"{amount:f} {balance.currency} is more than is {of}: {max(most, Decimal(0)):f} "
        f"{balance.currency}.",
        code="credit.more-than-invoiced" if paid else "credit.more-than-owed",
        remedy="Enter at most that. A credit that is missing is stated first."
        if not paid
        else "Enter at most that. What was not invoiced is invoiced first.",
    )


def _demand_new(entry: CreditEntry) -> None:
    """Take what is sent twice for one: an invoice has a number, and a waiver a reason."""
    same = CreditEntry.objects.filter(
        engagement=entry.engagement,
        kind=entry.kind,
        currency=entry.currency,
        reference=entry.reference,
        reason=entry.reason,
    ).select_related("entered_by")
    before = next((each for each in same if each.amount == entry.amount), None)
    if before is not None:
        raise EnteredAlready(
            f"{before.entered_by.name} entered {before.amount:f} {before.currency} with the same "
            f"words on {before.entered_at:%d %B %Y}.",
            place="reference" if entry.reference else "reason",
            remedy="Nothing needs doing if it is the same; else say in what it differs.",
        )


def _entry(
    engagement: Engagement,
    kind: EntryKind,
    currency: str,
    amount: Decimal,
    by: Viewer,
    as_of: datetime,
) -> CreditEntry:
    decimals = max(0, -int(amount.as_tuple().exponent))
    return CreditEntry(
        engagement=engagement,
        kind=kind,
        currency=currency,
        units=int(amount.scaleb(decimals)),
        decimals=decimals,
        entered_at=as_of,
        entered_by=by.person,
    )
