"""Erase what an entry tells, at the word of whoever runs the installation; the entry stays."""

from datetime import datetime

from django.db import transaction

from tallystick.actions.ledger import enter
from tallystick.actions.texts import checked
from tallystick.engine.refusals import Refusal
from tallystick.records.ledger import LedgerContent, LedgerEntry


class AlreadyErased(Refusal):
    """There is nothing left to erase."""

    code = "ledger.already-erased"


@transaction.atomic
def erase_content(*, entry: LedgerEntry, reason: str, as_of: datetime) -> LedgerEntry:
    """
    Delete content and salt of an entry, and enter in the same chain that it was done, and why.

    Raises:
        TextNeeded, TextTooLong, AlreadyErased
    """
    reason = checked(reason, "reason")
    erased, _ = LedgerContent.objects.filter(entry=entry).delete()
    if not erased:
        raise AlreadyErased(
            f"What entry {entry.seq} told was erased before.",
            remedy="Nothing needs doing.",
        )
    return enter(
        entry,
        f"Erased what entry {entry.seq} told: {reason}",
        action="erase_content",
        payload={"entry": entry.seq, "reason": reason},
        chain=entry.engagement or entry.client,
        by=None,
        as_of=as_of,
    )
