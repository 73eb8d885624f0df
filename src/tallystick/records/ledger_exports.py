"""What of a ledger somebody may take away: the rows that they see -> lines that anyone verifies."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet

from tallystick.engine.ledger.exports import Header, export_lines
from tallystick.records.ledger import Checkpoint, LedgerEntry, sealed


def lines_under(
    head: Checkpoint, entries: QuerySet[LedgerEntry], handed: QuerySet[Checkpoint]
) -> Iterator[bytes]:
    """Give the export of a chain up to a checkpoint, with those handed out before it."""
    earlier = handed.filter(chain=head.chain, size__lte=head.size, key=head.key).order_by("size")
    header = Header(head.chain, head.key, tuple(earlier.values_list("note", flat=True)))
    return export_lines(header, sealed(entries.filter(chain=head.chain, seq__lte=head.size)))
