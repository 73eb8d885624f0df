"""The page of the credit ledger, and what the portfolio says of it."""

from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tallystick.records.credit_entries import CreditEntry
from tallystick.records.roles import Role
from tests.actions.test_credit_ledger import a_credited_statement
from tests.actions.test_measure_and_state import a_statement
from tests.cast import Cast, a_viewer
from tests.web.test_answers import signed_in

pytestmark = pytest.mark.django_db


def test_what_is_owed_stands_on_every_page_that_asks_for_it(cast: Cast, home: Path) -> None:
    engagement = a_credited_statement(cast, home).engagement
    client = signed_in(cast.ann)

    pages = [
        client.get(path).content.decode()
        for path in (
            "/",
            reverse("engagement", args=[engagement.public_id]),
            reverse("credit_ledger", args=[engagement.public_id]),
        )
    ]

    assert ["4,000.00 EUR" in page for page in pages] == [True, True, True]
    assert client.get("/").context["to_invoice"] == "4,000.00 EUR"


def test_each_side_is_offered_what_it_may_enter(cast: Cast, home: Path) -> None:
    engagement = a_credited_statement(cast, home).engagement
    path = reverse("credit_ledger", args=[engagement.public_id])
    people = (a_viewer(Role.ACCOUNT_MANAGER), cast.ada, cast.ann)

    offered = [
        [deed.name for deed, _, _ in signed_in(who).get(path).context["deeds"]] for who in people
    ]

    assert offered == [["invoice"], ["payment", "waiver"], []]


def test_an_invoice_is_recorded_and_shown(cast: Cast, home: Path) -> None:
    engagement = a_credited_statement(cast, home).engagement
    given = {
        "invoice-amount": "1500.00",
        "invoice-currency": "EUR",
        "invoice-reference": "CN-17",
    }

    answer = signed_in(a_viewer(Role.ACCOUNT_MANAGER)).post(
        reverse("credit_invoice", args=[engagement.public_id]), given, follow=True
    )

    text = answer.content.decode()
    assert "CN-17" in text
    assert "2,500.00 EUR" in signed_in(cast.ben).get("/").content.decode()


def test_too_much_is_refused_beside_the_amount(cast: Cast, home: Path) -> None:
    engagement = a_credited_statement(cast, home).engagement
    given = {"waiver-amount": "9000", "waiver-currency": "EUR", "waiver-reason": "Goodwill."}

    answer = signed_in(cast.ada).post(reverse("credit_waiver", args=[engagement.public_id]), given)

    assert answer.status_code == 422
    text = answer.content.decode()
    assert "9000 EUR is more than is owed and not invoiced: 4000.00 EUR." in text
    assert "Goodwill." in text
    assert CreditEntry.objects.count() == 1


def test_without_credits_the_page_says_where_they_come_from(cast: Cast, home: Path) -> None:
    engagement = a_statement(cast, home).engagement

    page = signed_in(cast.ada).get(reverse("credit_ledger", args=[engagement.public_id]))

    assert "No credit yet" in page.content.decode()
    assert page.context["deeds"] == []


def test_the_portfolio_asks_once_for_all_balances(cast: Cast, home: Path) -> None:
    engagement = a_credited_statement(cast, home).engagement
    client = signed_in(cast.ann)
    client.get("/")  # the first request of a session costs more
    costs = []
    for number in range(2):
        with CaptureQueriesContext(connection) as seen:
            client.get("/")
        costs.append(len(seen))
        entry = CreditEntry.objects.filter(engagement=engagement).first()
        assert entry is not None
        entry.pk, entry.public_id, entry.currency = None, f"more{number}", "CHF"
        entry.save()

    assert len(set(costs)) == 1
    assert client.get("/").context["to_invoice"] == "8,000.00 CHF; 4,000.00 EUR"
