"""Balances of the credit ledger in words."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from tallystick.engine.service_levels.dealings.balances import Balance
from tallystick.web.components.figures import money


def balance_facts(balance: Balance) -> list[tuple[str, str]]:
    """Return what entries of one currency add up to, in words."""
    said = [
        ("Credited by statements", balance.credited),
        ("Earned back", balance.earned_back),
        ("Waived", balance.waived),
        ("Owed", balance.owed),
        ("Invoiced", balance.invoiced),
        ("Paid", balance.paid),
    ]
    return [(label, money(amount, balance.currency)) for label, amount in said]


def open_facts(balance: Balance) -> list[tuple[str, str, str]]:
    """Return what is still open in one currency, as (label, amount, detail)."""
    said = [
        ("Owed, not invoiced", balance.to_invoice, "for the provider to invoice"),
        ("Invoiced, not paid", balance.to_pay, "for the client to confirm"),
        ("Outstanding", balance.outstanding, "owed and not paid"),
    ]
    return [(label, money(amount, balance.currency), detail) for label, amount, detail in said]


def to_invoice_words(balances: Sequence[Balance]) -> str:
    """Say what is owed and not invoiced, in each currency; empty where nothing is."""
    return "; ".join(money(each.to_invoice, each.currency) for each in balances if each.to_invoice)


def sums_to_invoice(balances: Iterable[Balance]) -> str:
    """Say what is owed and not invoiced over several engagements, in each currency."""
    sums: dict[str, Decimal] = {}
    for each in balances:
        sums[each.currency] = sums.get(each.currency, Decimal(0)) + each.to_invoice
    return "; ".join(money(amount, code) for code, amount in sorted(sums.items()) if amount)
