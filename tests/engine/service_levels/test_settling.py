"""What is owed line by line, and what was taken off it."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tallystick.engine.service_levels.dealings.balances import Entry, EntryKind, balances_of
from tallystick.engine.service_levels.dealings.settling import Dated, settled

FIRST, LATER = date(2027, 4, 10), date(2027, 5, 10)


def an_entry(kind: EntryKind, amount: int, on: date = FIRST, window: str = "") -> Dated:
    return Dated(Entry(kind, "EUR", Decimal(amount)), on, window, "resolution" if window else "")


def test_what_is_invoiced_is_taken_off_what_is_owed_longest() -> None:
    entries = [
        an_entry(EntryKind.OWED, 50, LATER, "2027-04"),
        an_entry(EntryKind.OWED, 100, FIRST, "2027-03"),
        an_entry(EntryKind.WAIVED, 20, LATER),
        an_entry(EntryKind.INVOICED, 90, LATER),
        an_entry(EntryKind.PAID, 90, LATER),
    ]

    lines = [(each.window, each.owed, each.given_up, each.invoiced) for each in settled(entries)]

    assert lines == [("2027-03", 100, 20, 80), ("2027-04", 50, 0, 10)]


def test_a_correction_counts_with_the_credit_it_corrects_since_the_first_day() -> None:
    entries = [
        an_entry(EntryKind.OWED, 100, FIRST, "2027-03"),
        an_entry(EntryKind.OWED, -40, LATER, "2027-03"),
    ]

    (line,) = settled(entries)

    assert (line.owed, line.owed_since) == (60, FIRST)


def test_a_credit_that_was_taken_back_whole_is_no_line() -> None:
    entries = [
        an_entry(EntryKind.OWED, 100, FIRST, "2027-03"),
        an_entry(EntryKind.OWED, -100, LATER, "2027-03"),
    ]

    assert settled(entries) == []


@given(
    st.lists(
        st.builds(
            an_entry,
            st.sampled_from(EntryKind),
            st.integers(1, 900),
            st.dates(FIRST, LATER),
            st.sampled_from(["2027-01", "2027-02", "2027-03"]),
        ),
        max_size=12,
    )
)
def test_what_is_open_line_by_line_is_what_the_ledger_has_to_invoice(entries: list[Dated]) -> None:
    lines = settled(entries)

    still_open = sum(each.owed - each.given_up - each.invoiced for each in lines)
    balances = balances_of(each.entry for each in entries)
    assert all(each.owed - each.given_up - each.invoiced >= 0 for each in lines)
    assert still_open == max(sum(each.to_invoice for each in balances), 0)
