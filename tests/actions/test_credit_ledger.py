"""Credits are owed by statements, invoiced by the provider, confirmed or waived by the client."""

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tallystick.actions.confirm_payment import confirm_payment
from tallystick.actions.credits_entered import AmountRefused, EnteredAlready
from tallystick.actions.invoice_credit import invoice_credit
from tallystick.actions.issue_statement import issue_statement
from tallystick.actions.refusals import NotPermitted
from tallystick.actions.texts import TextNeeded
from tallystick.actions.waive_credit import waive_credit
from tallystick.records.credit_entries import CreditEntry
from tallystick.records.credit_ledger import balance_of
from tallystick.records.engagements import Engagement
from tallystick.records.ledger import LedgerEntry
from tallystick.records.roles import Role
from tallystick.records.statements import Statement
from tallystick.records.viewer import Viewer
from tests.actions.test_restate_statement import LATER, corrected, restated
from tests.actions.test_signing_races import Race, outcomes
from tests.cast import TODAY, Cast, a_viewer
from tests.racing import at_once, elsewhere
from tests.web.levels import CREDITED, CREDITS, a_measured_level

pytestmark = pytest.mark.django_db

Deed = Callable[..., CreditEntry]


def a_credited_statement(cast: Cast, home: Path) -> Statement:
    """Return the statement of March, which credits 4,000.00 EUR."""
    agreement = a_measured_level(cast, home, document=CREDITS, **CREDITED)
    return issue_statement(agreement=agreement, window="2026-03", by=cast.ben, as_of=TODAY)


def entered(
    deed: Deed, engagement: Engagement, by: Viewer, amount: str, **more: Any
) -> CreditEntry:
    """Enter an amount in euros."""
    usual = {"currency": "EUR", "reference": "CN-1", "reason": "As agreed."}
    return deed(engagement=engagement, amount=amount, by=by, as_of=LATER, **usual | more)


@pytest.fixture
def amir(cast: Cast) -> Viewer:
    """Return the account manager of Baltic Desk."""
    return a_viewer(Role.ACCOUNT_MANAGER)


def test_a_statement_owes_its_credit_by_level_and_window(cast: Cast, home: Path) -> None:
    statement = a_credited_statement(cast, home)

    entry = CreditEntry.objects.get()
    assert (entry.kind, entry.amount, entry.currency) == ("owed", Decimal("4000.00"), "EUR")
    assert (entry.window, entry.service_level) == ("2026-03", "resolution")
    assert (entry.statement, entry.entered_by, entry.entered_at) == (
        statement,
        cast.ben.person,
        TODAY,
    )
    issued = LedgerEntry.objects.get(action="issue_statement")
    assert issued.payload["credits"] == ["owed 4000.00 EUR"]


def test_from_owed_to_invoiced_to_paid(cast: Cast, home: Path, amir: Viewer) -> None:
    engagement = a_credited_statement(cast, home).engagement

    entered(invoice_credit, engagement, amir, "2500.50", reference="CN-17")
    entered(confirm_payment, engagement, cast.ben, "1000", reference="Transfer 4")
    entered(waive_credit, engagement, cast.ada, "99.50", reference="")

    balance = balance_of(engagement, "EUR")
    assert (balance.owed, balance.invoiced, balance.paid) == (
        Decimal("3900.50"),
        Decimal("2500.50"),
        Decimal(1000),
    )
    assert (balance.to_invoice, balance.outstanding) == (Decimal("1400.00"), Decimal("2900.50"))
    sentences = LedgerEntry.objects.filter(noun="CreditEntry").order_by("id")
    assert [each.sentence for each in sentences] == [
        "Invoiced 2500.50 EUR of credits, CN-17.",
        "Confirmed payment of 1000 EUR of credits, Transfer 4.",
        "Waived 99.50 EUR of credits.",
    ]


@pytest.mark.parametrize(
    ("deed", "who", "amount", "code"),
    [
        (invoice_credit, "amir", "4000.01", "credit.more-than-owed"),
        (waive_credit, "ada", "4000.01", "credit.more-than-owed"),
        (confirm_payment, "ada", "0.01", "credit.more-than-invoiced"),
        (invoice_credit, "amir", "0", "credit.amount-unreadable"),
        (invoice_credit, "amir", "-5", "credit.amount-unreadable"),
        (invoice_credit, "amir", "NaN", "credit.amount-unreadable"),
        (invoice_credit, "amir", "1e400", "credit.amount-unreadable"),
        (invoice_credit, "amir", "1.00001", "credit.amount-unreadable"),
        (invoice_credit, "amir", "1,000", "credit.amount-unreadable"),
        (invoice_credit, "amir", "1_5", "credit.amount-unreadable"),
        (invoice_credit, "amir", "1e3", "credit.amount-unreadable"),
        (invoice_credit, "amir", "٣", "credit.amount-unreadable"),
        (invoice_credit, "amir", "sNaN", "credit.amount-unreadable"),
        (invoice_credit, "amir", "9" * 41, "credit.amount-unreadable"),
    ],
)
def test_an_amount_beyond_what_is_open_is_refused(
    deed: Deed, who: str, amount: str, code: str, cast: Cast, home: Path, amir: Viewer
) -> None:
    engagement = a_credited_statement(cast, home).engagement
    by = {"amir": amir, "ada": cast.ada}[who]

    with pytest.raises(AmountRefused) as refused:
        entered(deed, engagement, by, amount)

    assert refused.value.code == code
    assert CreditEntry.objects.count() == 1


def test_another_currency_is_another_balance(cast: Cast, home: Path, amir: Viewer) -> None:
    engagement = a_credited_statement(cast, home).engagement

    with pytest.raises(AmountRefused, match=r"not invoiced: 0 CHF"):
        entered(invoice_credit, engagement, amir, "1", currency="CHF")
    with pytest.raises(AmountRefused, match="is not a currency"):
        entered(invoice_credit, engagement, amir, "1", currency="XYZ")


@pytest.mark.parametrize("deed", [waive_credit, confirm_payment])
def test_who_owes_neither_waives_nor_confirms(
    deed: Deed, cast: Cast, home: Path, amir: Viewer
) -> None:
    engagement = a_credited_statement(cast, home).engagement

    for by in (amir, cast.cleo, cast.ann):
        with pytest.raises(NotPermitted):
            entered(deed, engagement, by, "1")


def test_only_the_provider_invoices(cast: Cast, home: Path) -> None:
    engagement = a_credited_statement(cast, home).engagement

    for by in (cast.ada, cast.ben, cast.ann):
        with pytest.raises(NotPermitted):
            entered(invoice_credit, engagement, by, "1")


def test_a_waiver_needs_its_reason_and_an_invoice_its_number(
    cast: Cast, home: Path, amir: Viewer
) -> None:
    engagement = a_credited_statement(cast, home).engagement

    with pytest.raises(TextNeeded):
        entered(waive_credit, engagement, cast.ada, "1", reason="")
    with pytest.raises(TextNeeded):
        entered(invoice_credit, engagement, amir, "1", reference=" ")


def test_a_restatement_adds_what_corrects_and_edits_nothing(
    cast: Cast, home: Path, amir: Viewer
) -> None:
    first = a_credited_statement(cast, home)
    entered(invoice_credit, first.engagement, amir, "4000")
    corrected(first, cast, home)

    second = restated(first, cast, reason="T2 was in time.")

    correcting = CreditEntry.objects.get(statement=second)
    assert (correcting.kind, correcting.amount) == ("owed", Decimal("-4000.00"))
    assert correcting.reason == "T2 was in time."
    assert CreditEntry.objects.get(statement=first).amount == Decimal("4000.00")
    balance = balance_of(first.engagement, "EUR")
    assert (balance.owed, balance.to_invoice) == (Decimal("0.00"), Decimal("-4000.00"))


def test_an_amount_that_no_float_holds_stays_exact(cast: Cast, home: Path, amir: Viewer) -> None:
    engagement = a_credited_statement(cast, home).engagement
    for number in range(3):
        entered(invoice_credit, engagement, amir, "0.1", reference=f"CN-{number}")

    assert balance_of(engagement, "EUR").invoiced == Decimal("0.3")


def test_killed_between_row_and_entry_nothing_is_invoiced(
    cast: Cast, home: Path, amir: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    engagement = a_credited_statement(cast, home).engagement

    def killed(*arguments: Any, **named: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("tallystick.actions.credits_entered.enter", killed)

    with pytest.raises(KeyboardInterrupt):
        entered(invoice_credit, engagement, amir, "1")

    assert CreditEntry.objects.count() == 1


def test_zeros_without_end_are_no_decimals(cast: Cast, home: Path, amir: Viewer) -> None:
    engagement = a_credited_statement(cast, home).engagement

    entry = entered(invoice_credit, engagement, amir, "1000." + "0" * 38)

    assert (entry.units, entry.decimals) == (10_000_000, 4)
    assert balance_of(engagement, "EUR").invoiced == Decimal(1000)


@pytest.mark.parametrize(
    ("deed", "who", "reference"),
    [(invoice_credit, "amir", "CN-17"), (waive_credit, "ada", "")],
)
def test_what_is_sent_twice_is_entered_once(
    deed: Deed, who: str, reference: str, cast: Cast, home: Path, amir: Viewer
) -> None:
    engagement = a_credited_statement(cast, home).engagement
    by = amir if who == "amir" else cast.ada
    entered(deed, engagement, by, "100", reference=reference)

    with pytest.raises(EnteredAlready) as refused:
        entered(deed, engagement, by, "100.00", reference=reference)

    assert refused.value.place == ("reference" if reference else "reason")
    assert CreditEntry.objects.count() == 2
    assert (
        entered(deed, engagement, by, "100", reference=reference, reason="Another.").amount == 100
    )


def test_a_payment_sent_twice_at_one_instant_is_confirmed_once(
    race: Race, cast: Cast, home: Path, amir: Viewer
) -> None:
    engagement = a_credited_statement(cast, home).engagement
    entered(invoice_credit, engagement, amir, "4000")
    pay = partial(entered, confirm_payment, engagement, cast.ben, "2000")

    with race():
        given = at_once(pay, pay)
        left = elsewhere(lambda: balance_of(engagement, "EUR").paid)

    assert outcomes(given) == ["CreditEntry", "credit.entered-already"]
    assert left == Decimal(2000)
