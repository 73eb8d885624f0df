"""Entries of a credit ledger -> what is owed, invoiced, paid and still open, in each currency."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class EntryKind(StrEnum):
    """What an entry of the credit ledger says."""

    OWED = "owed"
    EARNED_BACK = "earned-back"
    WAIVED = "waived"
    INVOICED = "invoiced"
    PAID = "paid"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: an exact amount of a kind in a currency."""

    kind: EntryKind
    currency: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Balance:
    """
    What entries of one currency add up to.

    `credited` is the sum of what statements credit; less what was `earned_back` and `waived` it
    is `owed` to the client.
    """

    currency: str
    credited: Decimal = Decimal(0)
    earned_back: Decimal = Decimal(0)
    waived: Decimal = Decimal(0)
    invoiced: Decimal = Decimal(0)
    paid: Decimal = Decimal(0)

    @property
    def owed(self) -> Decimal:
        """Return what the provider owes in all, whether invoiced or paid or not."""
        return self.credited - self.earned_back - self.waived

    @property
    def to_invoice(self) -> Decimal:
        """Return what is owed and not invoiced; below nothing, too much was invoiced."""
        return self.owed - self.invoiced

    @property
    def to_pay(self) -> Decimal:
        """Return what is invoiced and not paid."""
        return self.invoiced - self.paid

    @property
    def outstanding(self) -> Decimal:
        """Return what is owed and not paid, whether invoiced or not."""
        return self.owed - self.paid


_FIELD = {
    EntryKind.OWED: "credited",
    EntryKind.EARNED_BACK: "earned_back",
    EntryKind.WAIVED: "waived",
    EntryKind.INVOICED: "invoiced",
    EntryKind.PAID: "paid",
}


def balances_of(entries: Iterable[Entry]) -> list[Balance]:
    """Return the balance of each currency that entries are in, by its code."""
    sums: dict[str, dict[str, Decimal]] = {}
    for each in entries:
        fields = sums.setdefault(each.currency, {})
        name = _FIELD[each.kind]
        fields[name] = fields.get(name, Decimal(0)) + each.amount
    return [Balance(currency, **fields) for currency, fields in sorted(sums.items())]
