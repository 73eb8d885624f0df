"""What the entries of a credit ledger add up to, exactly."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tallystick.engine.service_levels.dealings.balances import Entry, EntryKind, balances_of

AMOUNTS = st.decimals("-99999999999", "99999999999", places=4)


def entries(*given: tuple[str, str], currency: str = "EUR") -> list[Entry]:
    """Return entries from (kind, amount) pairs."""
    return [Entry(EntryKind(kind), currency, Decimal(amount)) for kind, amount in given]


def test_what_is_owed_is_credited_less_what_was_earned_back_and_waived() -> None:
    [balance] = balances_of(
        entries(
            ("owed", "4000.00"),
            ("owed", "-500.00"),
            ("earned-back", "1000.00"),
            ("waived", "250.00"),
            ("invoiced", "2000.00"),
            ("paid", "1500.00"),
        )
    )

    assert balance.owed == Decimal("2250.00")
    assert balance.to_invoice == Decimal("250.00")
    assert balance.to_pay == Decimal("500.00")
    assert balance.outstanding == Decimal("750.00")


def test_currencies_are_never_added_up() -> None:
    found = balances_of([*entries(("owed", "1")), *entries(("owed", "2"), currency="CHF")])

    assert [(each.currency, each.owed) for each in found] == [
        ("CHF", Decimal(2)),
        ("EUR", Decimal(1)),
    ]


def test_without_entries_there_is_no_balance() -> None:
    assert balances_of([]) == []


@given(st.lists(st.tuples(st.sampled_from(EntryKind), AMOUNTS), min_size=1, max_size=30))
def test_what_is_owed_is_paid_open_or_not_yet_invoiced(
    given: list[tuple[EntryKind, Decimal]],
) -> None:
    [balance] = balances_of(Entry(kind, "EUR", amount) for kind, amount in given)

    assert balance.paid + balance.to_pay + balance.to_invoice == balance.owed
    assert balance.outstanding == balance.to_pay + balance.to_invoice
