"""The live check finds in the database what verification finds in an export."""

import base64
from pathlib import Path

import pytest

from tallystick.actions.hand_checkpoint import hand_checkpoint
from tallystick.engine.ledger.checkpoints import Head, sign_head
from tallystick.engine.ledger.notes import SigningKey
from tallystick.engine.ledger.verifying import Handed, verify_export
from tallystick.records.engagements import Engagement
from tallystick.records.ledger import Checkpoint, LedgerEntry
from tallystick.records.ledger_check import check_stored
from tallystick.records.ledger_exports import lines_under
from tallystick.records.ledger_keys import KeyDamaged
from tests.actions.test_hand_checkpoint import overwrite
from tests.actions.test_ledger import acts
from tests.cast import TODAY, Cast, an_engagement

pytestmark = pytest.mark.django_db


@pytest.fixture
def engagement(cast: Cast, home: Path) -> Engagement:
    """Return an engagement with three acts and a checkpoint."""
    engagement = an_engagement()
    acts(cast, engagement, "Planned it.", "Measured it.", "Stated it.")
    hand_checkpoint(engagement=engagement, by=cast.ada, as_of=TODAY)
    return engagement


def said(*held: Handed) -> list[str]:
    """Return what is wrong with any ledger."""
    return [fault.sentence for report in check_stored(held, None) for fault in report.faults]


def test_what_nobody_touched_is_sound(engagement: Engagement, cast: Cast) -> None:
    acts(cast, engagement.client, "Noted it.")

    reports = list(check_stored((), None))

    assert [report.head.origin.split("/")[1] for report in reports] == [
        "engagement", "instance", "organisation",
    ]  # fmt: skip
    assert all(report.sound for report in reports)


@pytest.mark.parametrize(
    "change",
    ["action = 'never'", "at = '2020-01-01 00:00:00+00:00'", "noun = 'Lesson'",
     "subject = 'zzzzzzzzzzzz'", "by_id = NULL", "on_behalf_of_id = NULL"],
)  # fmt: skip
def test_a_column_that_says_something_else_than_was_hashed_is_found(
    engagement: Engagement, change: str
) -> None:
    overwrite(engagement, f"UPDATE records_ledgerentry SET {change} WHERE chain = %s AND seq = 2")  # noqa: S608

    assert said() == ["The columns of entry 2 say something else than was hashed."]


def test_a_deleted_entry_is_missed(engagement: Engagement) -> None:
    overwrite(
        engagement,
        "DELETE FROM records_ledgercontent WHERE entry_id IN (SELECT id FROM records_ledgerentry "
        "WHERE chain = %s AND seq = 2)",
        "DELETE FROM records_ledgerentry WHERE chain = %s AND seq = 2",
    )

    assert said() == ["Entry 2 is missing before entry 3."]


def test_a_deleted_tail_is_missed_by_the_checkpoint_that_is_kept(engagement: Engagement) -> None:
    overwrite(
        engagement,
        "DELETE FROM records_ledgercontent WHERE entry_id IN (SELECT id FROM records_ledgerentry "
        "WHERE chain = %s AND seq = 3)",
        "DELETE FROM records_ledgerentry WHERE chain = %s AND seq = 3",
    )

    (fault,) = said()
    assert fault.startswith("ROLLED BACK: the checkpoint of 3 entries (kept as ")


def test_a_changed_content_is_found(engagement: Engagement) -> None:
    overwrite(
        engagement,
        "UPDATE records_ledgercontent SET told = salt WHERE entry_id IN "
        "(SELECT id FROM records_ledgerentry WHERE chain = %s AND seq = 2)",
    )

    assert said() == ["What entry 2 tells is not what was hashed when it was entered."]


def test_a_backup_put_back_is_found_by_a_checkpoint_that_somebody_brings(
    engagement: Engagement, cast: Cast
) -> None:
    acts(cast, engagement, "Reviewed it.")
    kept = hand_checkpoint(engagement=engagement, by=cast.cleo, as_of=TODAY)
    overwrite(
        engagement,
        "DELETE FROM records_checkpoint WHERE chain = %s AND size = 4",
        "DELETE FROM records_ledgercontent WHERE entry_id IN (SELECT id FROM records_ledgerentry "
        "WHERE chain = %s AND seq = 4)",
        "DELETE FROM records_ledgerentry WHERE chain = %s AND seq = 4",
    )

    assert said(Handed(kept.note, "kept.txt")) == [
        "ROLLED BACK: the checkpoint of 4 entries (kept.txt) was handed out, and here are 3. "
        "Missing: entry 4."
    ]


def test_a_checkpoint_of_a_key_that_was_replaced_still_proves_what_it_signed(
    engagement: Engagement, cast: Cast, home: Path
) -> None:
    old = hand_checkpoint(engagement=engagement, by=cast.cleo, as_of=TODAY)
    (home / "ledger-key").unlink()
    acts(cast, engagement, "Reviewed it.")
    new = hand_checkpoint(engagement=engagement, by=cast.cleo, as_of=TODAY)

    assert old.key != new.key
    assert said(Handed(old.note, "old.txt"), Handed(new.note, "new.txt")) == []
    overwrite(
        engagement,
        "UPDATE records_ledgercontent SET told = salt WHERE entry_id IN "
        "(SELECT id FROM records_ledgerentry WHERE chain = %s AND seq = 2)",
    )
    assert said(Handed(old.note, "old.txt")) == [
        "What entry 2 tells is not what was hashed when it was entered."
    ]


def test_a_checkpoint_of_a_key_that_never_was_ours_proves_nothing(
    engagement: Engagement, cast: Cast
) -> None:
    known = hand_checkpoint(engagement=engagement, by=cast.cleo, as_of=TODAY)
    head = Head(known.chain, known.size, base64.b64decode(known.root))

    assert said(Handed(sign_head(head, SigningKey(bytes(32))), "forged.txt")) == [
        "The checkpoint (forged.txt) proves nothing: it is not signed by the key that you trust."
    ]


def test_the_export_before_a_new_key_is_the_beginning_of_the_one_after(
    engagement: Engagement, cast: Cast, home: Path
) -> None:
    def exported() -> tuple[Checkpoint, list[bytes]]:
        head = hand_checkpoint(engagement=engagement, by=None, as_of=TODAY)
        return head, list(lines_under(head, LedgerEntry.objects.all(), Checkpoint.objects.all()))

    old, before = exported()
    (home / "ledger-key").unlink()
    acts(cast, engagement, "Reviewed it.")
    new, after = exported()

    assert verify_export(before, [Handed(old.note, "old.txt")], old.key).sound
    assert verify_export(after, [], new.key).sound
    assert after[1 : len(before)] == before[1:]


@pytest.mark.parametrize("text", ["", "x", "bm9uZQ=="])
def test_a_damaged_key_file_signs_nothing_and_says_so(
    engagement: Engagement, cast: Cast, home: Path, text: str
) -> None:
    (home / "ledger-key").write_text(text)

    with pytest.raises(KeyDamaged):
        hand_checkpoint(engagement=engagement, by=cast.cleo, as_of=TODAY)

    assert (home / "ledger-key").read_text() == text
