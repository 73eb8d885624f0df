"""A checkpoint is the signed head of a ledger; one that contradicts the last is never signed."""

import stat
from pathlib import Path

import pytest
from django.db import connection

from tallystick.actions.erase_content import AlreadyErased, erase_content
from tallystick.actions.hand_checkpoint import LedgerRewritten, hand_checkpoint
from tallystick.actions.keep_key import keep_key
from tallystick.engine.ledger.checkpoints import read_checkpoint
from tallystick.engine.ledger.notes import read_key
from tallystick.engine.ledger.report import Report
from tallystick.engine.ledger.verifying import Handed, verify
from tallystick.records.engagements import Engagement
from tallystick.records.ledger import ERASED, Checkpoint, LedgerEntry, origin_of, sealed
from tests.actions.test_ledger import acts
from tests.cast import TODAY, Cast, an_engagement

pytestmark = pytest.mark.django_db


def handed(engagement: Engagement, cast: Cast) -> Checkpoint:
    """Hand a checkpoint to Cleo."""
    return hand_checkpoint(engagement=engagement, by=cast.cleo, as_of=TODAY)


def verified(engagement: Engagement, *held: Checkpoint) -> Report:
    """Verify an engagement's ledger as it is stored."""
    origin = origin_of(engagement)
    notes = [Handed(each.note, "held") for each in held]
    key = read_key(held[0].key, origin)
    return verify(origin, sealed(LedgerEntry.objects.filter(chain=origin)), notes, key)


def test_a_checkpoint_signs_what_is_stored(cast: Cast, home: Path) -> None:
    engagement = an_engagement()
    acts(cast, engagement, "Planned it.", "Measured it.", "Stated it.")

    checkpoint = handed(engagement, cast)

    head = read_checkpoint(checkpoint.note, read_key(checkpoint.key, origin_of(engagement)))
    assert (head.size, head.root_text) == (3, checkpoint.root)
    assert verified(engagement, checkpoint).sound


def test_both_parties_see_what_was_handed_out_and_nobody_else(cast: Cast, home: Path) -> None:
    engagement = an_engagement()

    handed(engagement, cast)

    seen = [Checkpoint.objects.visible_to(who).count() for who in (cast.ada, cast.cleo, cast.dan)]
    assert seen == [1, 1, 0]


def test_a_head_that_has_not_moved_is_signed_once(cast: Cast, home: Path) -> None:
    engagement = an_engagement()
    acts(cast, engagement, "Planned it.")

    first, second = handed(engagement, cast), handed(engagement, cast)

    assert first == second
    assert LedgerEntry.objects.filter(engagement=engagement).count() == 1


def test_the_key_is_made_once_and_is_its_owner_s_alone(cast: Cast, home: Path) -> None:
    first, second = keep_key(as_of=TODAY), keep_key(as_of=TODAY)

    path = home / "ledger-key"
    assert first.public == second.public
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in home.iterdir()] == ["ledger-key"]
    assert [entry.action for entry in LedgerEntry.objects.filter(chain=origin_of(None))] == [
        "keep_key"
    ]


def overwrite(engagement: Engagement, *sentences: str) -> None:
    """Do what only somebody with the database in hand can: switch the guard off and write."""
    tables = ("ledgerentry", "ledgercontent", "checkpoint")
    off = {
        "sqlite": [
            f"DROP TRIGGER IF EXISTS records_{table}_refuses_{verb}"
            for table in tables
            for verb in ("update", "delete")
        ],
        "postgresql": [
            # Or the checks that wait for the end of the test would forbid the change.
            "SET CONSTRAINTS ALL IMMEDIATE",
            *(f"ALTER TABLE records_{table} DISABLE TRIGGER USER" for table in tables),
        ],
    }[connection.vendor]
    with connection.cursor() as cursor:
        for each in off:
            cursor.execute(each)
        for each in sentences:
            cursor.execute(each, [origin_of(engagement)])


def test_a_head_that_contradicts_the_last_is_never_signed(cast: Cast, home: Path) -> None:
    engagement = an_engagement()
    acts(cast, engagement, "Planned it.", "Measured it.")
    checkpoint = handed(engagement, cast)
    overwrite(
        engagement,
        "UPDATE records_ledgerentry SET canonical = (SELECT canonical FROM records_ledgerentry"
        " WHERE action = 'keep_key') WHERE chain = %s AND seq = 2",
    )

    with pytest.raises(LedgerRewritten):
        handed(engagement, cast)

    report = verified(engagement, checkpoint)
    assert report.faults[0].sentence == ("Entry 2 belongs to another ledger: tallystick/instance.")


def test_an_erasure_takes_the_content_and_leaves_the_chain(cast: Cast, home: Path) -> None:
    engagement = an_engagement()
    first, _ = acts(cast, engagement, "Admitted Ada.", "Measured it.")
    before = handed(engagement, cast)

    erase_content(entry=first, reason="Ada asked for it.", as_of=TODAY)

    fresh = LedgerEntry.objects.get(pk=first.pk)
    assert (fresh.sentence, fresh.payload) == (ERASED, {})
    report = verified(engagement, before, handed(engagement, cast))
    assert (report.sound, report.erased, report.head.size) == (True, 1, 3)


def test_nothing_is_erased_twice(cast: Cast, home: Path) -> None:
    (entry,) = acts(cast, an_engagement(), "Admitted Ada.")
    erase_content(entry=entry, reason="Ada asked for it.", as_of=TODAY)

    with pytest.raises(AlreadyErased):
        erase_content(entry=entry, reason="Again.", as_of=TODAY)
