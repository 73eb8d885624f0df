"""The history is append-only: the database itself refuses to change or delete it."""

from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from tallystick.actions.write_note import write_note
from tallystick.records.ledger import LedgerEntry
from tests.actions.test_import_service_data import import_text
from tests.cast import EVENT_LOG, TODAY, Cast, an_engagement

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "sentence",
    ["UPDATE records_ledgerentry SET sentence = 'changed'", "DELETE FROM records_ledgerentry"],
)
def test_the_database_refuses_to_change_the_past(cast: Cast, sentence: str) -> None:
    write_note(engagement=an_engagement(), text="A note", by=cast.ada, as_of=TODAY)

    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sentence)

    assert LedgerEntry.objects.count() == 1


def test_a_note_is_entered_in_the_client_s_own_chain(cast: Cast) -> None:
    write_note(engagement=an_engagement(), text="A note", by=cast.ada, as_of=TODAY)

    assert LedgerEntry.objects.visible_to(cast.ben).count() == 1
    assert LedgerEntry.objects.visible_to(cast.cleo).count() == 0


def test_an_import_is_entered_where_both_parties_read_it(cast: Cast, home: Path) -> None:
    import_text(EVENT_LOG, an_engagement(), cast.cleo, home)

    assert LedgerEntry.objects.visible_to(cast.ada).count() == 1
    assert LedgerEntry.objects.visible_to(cast.cleo).count() == 1
    assert LedgerEntry.objects.visible_to(cast.dan).count() == 0
