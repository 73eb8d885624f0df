"""Every act is one entry of a chain, which the database itself refuses to change or delete."""

from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from tallystick.actions.hand_checkpoint import hand_checkpoint
from tallystick.actions.ledger import enter
from tallystick.actions.write_note import write_note
from tallystick.engine.canonical import NotCanonical
from tallystick.records.ledger import Chain, LedgerContent, LedgerEntry, origin_of, sealed
from tests.actions.test_import_service_data import import_text
from tests.cast import EVENT_LOG, TODAY, Cast, an_engagement

pytestmark = pytest.mark.django_db

REFUSED = [
    *(
        f"UPDATE records_ledgerentry SET {column} = {column}"  # noqa: S608  (our own names)
        for column in ("seq", "chain", "at", "by_id", "action", "noun", "subject", "canonical")
    ),
    "DELETE FROM records_ledgerentry",
    "UPDATE records_ledgercontent SET told = salt",
    "UPDATE records_ledgercontent SET salt = told",
    "UPDATE records_checkpoint SET note = ''",
    "DELETE FROM records_checkpoint",
]


def acts(cast: Cast, chain: Chain, *sentences: str) -> list[LedgerEntry]:
    """Enter acts of Ada's into a chain."""
    subject = an_engagement(name=f"Elsewhere {LedgerEntry.objects.count()}")
    return [
        enter(subject, each, action="test", payload={}, chain=chain, by=cast.ada, as_of=TODAY)
        for each in sentences
    ]


@pytest.mark.parametrize("sentence", REFUSED)
def test_the_database_refuses_to_change_the_past(cast: Cast, home: Path, sentence: str) -> None:
    engagement = an_engagement()
    acts(cast, engagement, "Planned it.")
    hand_checkpoint(engagement=engagement, by=cast.ada, as_of=TODAY)

    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sentence)

    assert LedgerEntry.objects.filter(engagement=engagement).count() == 1


@pytest.mark.parametrize("table", ["ledgerentry", "ledgercontent", "checkpoint"])
def test_the_database_refuses_the_ways_around_a_deletion(
    cast: Cast, home: Path, table: str
) -> None:
    engagement = an_engagement()
    acts(cast, engagement, "Planned it.")
    hand_checkpoint(engagement=engagement, by=cast.ada, as_of=TODAY)
    around = {
        "sqlite": f"REPLACE INTO records_{table} SELECT * FROM records_{table}",  # noqa: S608
        "postgresql": f"SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE records_{table} CASCADE",
    }

    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(around[connection.vendor])


def test_a_note_is_entered_in_the_client_s_own_chain(cast: Cast) -> None:
    write_note(engagement=an_engagement(), text="A note", by=cast.ada, as_of=TODAY)

    assert LedgerEntry.objects.visible_to(cast.ben).count() == 1
    assert LedgerEntry.objects.visible_to(cast.cleo).count() == 0


def test_an_import_is_entered_where_both_parties_read_it(cast: Cast, home: Path) -> None:
    import_text(EVENT_LOG, an_engagement(), cast.cleo, home)

    for model in (LedgerEntry, LedgerContent):
        assert model.objects.visible_to(cast.ada).count() == 1
        assert model.objects.visible_to(cast.cleo).count() == 1
        assert model.objects.visible_to(cast.dan).count() == 0


def test_private_acts_leave_no_gap_in_the_shared_numbers(cast: Cast) -> None:
    engagement = an_engagement()

    acts(cast, engagement, "Planned it.")
    acts(cast, engagement.client, "Thought about it.", "Noted it.")
    acts(cast, None, "Set it up.")
    acts(cast, engagement, "Measured it.")

    shared = LedgerEntry.objects.visible_to(cast.cleo)
    assert list(shared.order_by("id").values_list("seq", flat=True)) == [1, 2]


def test_what_the_installation_does_is_read_by_neither_party(cast: Cast) -> None:
    acts(cast, None, "Set it up.")

    assert not LedgerEntry.objects.visible_to(cast.ada).exists()
    assert not LedgerContent.objects.visible_to(cast.cleo).exists()


def test_equal_acts_have_different_digests(cast: Cast) -> None:
    engagement = an_engagement()
    acts(cast, engagement, "Gave a mark.", "Gave a mark.")

    first, second = sealed(LedgerEntry.objects.filter(chain=origin_of(engagement)))

    assert first.content == second.content
    assert first.salt != second.salt


def test_an_act_without_an_exact_form_is_not_entered(cast: Cast) -> None:
    engagement = an_engagement()

    with pytest.raises(NotCanonical), transaction.atomic():
        enter(
            engagement,
            "Gave a mark.",
            action="test",
            payload={"mark": 4.5},
            chain=engagement,
            by=cast.ada,
            as_of=TODAY,
        )

    assert not LedgerEntry.objects.exists()


def test_an_entry_goes_with_the_transaction_that_it_is_written_in(cast: Cast) -> None:
    engagement = an_engagement()

    @transaction.atomic
    def fails_after_entering() -> None:
        acts(cast, engagement, "Planned it.")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        fails_after_entering()

    assert not LedgerEntry.objects.exists()
