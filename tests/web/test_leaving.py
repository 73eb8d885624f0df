"""
Whoever leaves takes nothing away any more, in a session that is still open.

No file waits in a queue: each is made while it is asked for, and who may have it is asked then.
"""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from tallystick.records.ledger import Checkpoint
from tallystick.records.statements import Statement
from tests.actions.test_answers import a_dispute, a_file
from tests.actions.test_measure_and_state import a_statement
from tests.cast import Cast
from tests.web.pages import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def statement(cast: Cast, home: Path) -> Statement:
    """Return a statement with a disputed point and a file beside it."""
    statement = a_statement(cast, home)
    a_dispute(statement, cast.cleo, files=[a_file()])
    return statement


def addresses(statement: Statement) -> list[str]:
    """Return where the files of an engagement are taken away."""
    engagement = statement.engagement.public_id
    evidence = statement.disputes.get().files.get().public_id
    page = reverse("statement", args=[statement.public_id])
    return [
        f"{page}?format=pdf",
        f"{page}?format=csv",
        reverse("statement_bundle", args=[statement.public_id]),
        reverse("evidence_file", args=[evidence]),
        reverse("ledger", args=[engagement]),
        reverse("checkpoint", args=[engagement]),
        reverse("organisation_ledger"),
        reverse("agreement", args=[statement.agreement.public_id]) + "?format=json",
        f"/api/statements/{statement.public_id}",
        f"/api/engagements/{engagement}/ledger",
    ]


def statuses(client: Client, statement: Statement) -> list[int]:
    """Return how each file is answered, and close what was opened to send it."""
    answers = [client.get(each) for each in addresses(statement)]
    for each in answers:
        each.close()
    return [each.status_code for each in answers]


@pytest.mark.parametrize("how", ["left", "suspended"])
def test_a_membership_that_ends_before_a_file_is_made_ends_the_files(
    statement: Statement, cast: Cast, how: str
) -> None:
    client = signed_in(cast.cleo)
    before = statuses(client, statement)
    heads = Checkpoint.objects.count()
    if how == "left":
        cast.cleo.person.memberships.update(ended_at=datetime.now(UTC))
    else:
        type(cast.cleo.person).objects.filter(pk=cast.cleo.person.pk).update(is_active=False)

    after = statuses(client, statement)

    assert set(before) == {200}
    assert after == [302] * 8 + [401] * 2
    assert Checkpoint.objects.count() == heads
