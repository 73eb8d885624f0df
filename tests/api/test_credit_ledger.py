"""The credit ledger through the interface."""

from pathlib import Path

import pytest

from tallystick.records.roles import Role
from tests.actions.test_credit_ledger import a_credited_statement
from tests.cast import Cast, a_viewer
from tests.web.test_answers import signed_in

pytestmark = pytest.mark.django_db


def test_entries_and_balances_are_exact_text(cast: Cast, home: Path) -> None:
    engagement = a_credited_statement(cast, home).engagement
    provider, base = (
        signed_in(a_viewer(Role.ACCOUNT_MANAGER)),
        f"/api/engagements/{engagement.public_id}",
    )

    made = provider.post(
        f"{base}/credits/invoice",
        {"amount": "1500.10", "currency": "EUR", "reference": "CN-17"},
        content_type="application/json",
    )

    assert made.status_code == 201, made.content
    client = signed_in(cast.ann)
    entries = client.get(f"{base}/credit-ledger").json()["items"]
    assert [(each["kind"], each["amount"]) for each in entries] == [
        ("invoiced", "1500.10"),
        ("owed", "4000.00"),
    ]
    [balance] = client.get(f"{base}/credit-balances").json()["balances"]
    assert (balance["to_invoice"], balance["outstanding"]) == ("2499.90", "4000.00")


def test_too_much_is_refused_with_a_code_and_a_remedy(cast: Cast, home: Path) -> None:
    engagement = a_credited_statement(cast, home).engagement

    answer = signed_in(cast.ada).post(
        f"/api/engagements/{engagement.public_id}/credits/waiver",
        {"amount": "4000.01", "currency": "EUR", "reason": "Goodwill."},
        content_type="application/json",
    )

    assert answer.status_code == 422
    problem = answer.json()
    assert (problem["code"], problem["place"]) == ("credit.more-than-owed", "amount")
    assert problem["remedy"]
