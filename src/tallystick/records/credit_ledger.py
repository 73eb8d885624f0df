"""The credit ledger of engagements: its entries, what they add up to, and what a statement owes."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from tallystick.engine.service_levels.credits import CreditNote, LineKind
from tallystick.engine.service_levels.dealings.balances import (
    Balance,
    Entry,
    EntryKind,
    balances_of,
)
from tallystick.engine.service_levels.dealings.difference import amounts_of
from tallystick.records.credit_entries import CreditEntry
from tallystick.records.engagements import Engagement
from tallystick.records.statements import Statement

Owed = tuple[EntryKind, str, str]
"""What a statement leaves in the ledger: a kind, a service level, a currency."""


def balances_in(engagements: Iterable[Engagement]) -> Mapping[int, Sequence[Balance]]:
    """Return the balances of each engagement by its key, in one query and exactly."""
    sums = (
        CreditEntry.objects.filter(engagement__in=list(engagements))
        .order_by()
        .values("engagement_id", "kind", "currency", "decimals")
        .annotate(units=Sum("units"))
    )
    entries: dict[int, list[Entry]] = {}
    for each in sums:
        amount = Decimal(each["units"]).scaleb(-each["decimals"])
        entry = Entry(EntryKind(each["kind"]), each["currency"], amount)
        entries.setdefault(each["engagement_id"], []).append(entry)
    return {key: balances_of(some) for key, some in entries.items()}


def balance_of(engagement: Engagement, currency: str) -> Balance:
    """Return the balance of an engagement in a currency; nothing where it has no entry."""
    found = balances_in([engagement]).get(engagement.pk, [])
    return next((each for each in found if each.currency == currency), Balance(currency))


def owed_by(note: CreditNote | None) -> dict[Owed, Decimal]:
    """
    Return what a credit note leaves in the ledger, by service level; caps are owed less.

    What is earned back stands as a kind of its own, above nothing.
    """
    owed: dict[Owed, Decimal] = {}
    for (level, kind, currency), amount in amounts_of(note).items():
        back = kind is LineKind.EARN_BACK
        key = (EntryKind.EARNED_BACK if back else EntryKind.OWED, level, currency)
        owed[key] = owed.get(key, Decimal(0)) + (-amount if back else amount)
    return {key: amount for key, amount in owed.items() if amount}


def entered_for(statement: Statement) -> dict[Owed, Decimal]:
    """Return what a statement and those whose place it took have left in the ledger so far."""
    chain, each = [], statement.supersedes
    while each is not None:
        chain.append(each)
        each = each.supersedes
    entered: dict[Owed, Decimal] = {}
    for entry in CreditEntry.objects.filter(statement__in=chain):
        key = (EntryKind(entry.kind), entry.service_level, entry.currency)
        entered[key] = entered.get(key, Decimal(0)) + entry.amount
    return entered


def balance_values(balance: Balance) -> dict[str, Any]:
    """Return a balance with its amounts as text."""
    names = (
        "credited", "earned_back", "waived", "owed", "invoiced", "paid", "to_invoice", "to_pay",
        "outstanding",
    )  # fmt: skip
    return {"currency": balance.currency} | {name: f"{getattr(balance, name):f}" for name in names}
