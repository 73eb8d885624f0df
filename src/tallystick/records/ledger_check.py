"""The ledgers as they stand in the database -> a report for each, as for an export."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from tallystick.engine.ledger.checkpoints import origin_of as origin_on
from tallystick.engine.ledger.checkpoints import read_checkpoint
from tallystick.engine.ledger.entries import OPERATOR, moment_text
from tallystick.engine.ledger.notes import VerifierKey, read_key
from tallystick.engine.ledger.report import Fault, Report
from tallystick.engine.ledger.verifying import Handed, verify
from tallystick.engine.refusals import Refusal
from tallystick.records.ledger import Checkpoint, LedgerEntry, origin_of, sealed


def check_stored(held: Sequence[Handed], trusted: str | None) -> Iterator[Report]:
    """
    Verify every chain against the checkpoints kept with it and those that somebody brings.

    Raises:
        KeyUnreadable: if `trusted` is no key.
    """
    chains = {*_names(LedgerEntry), *_names(Checkpoint), *(origin_on(each.note) for each in held)}
    for chain in sorted(chains):
        brought = [each for each in held if origin_on(each.note) == chain]
        yield _checked(chain, brought, trusted)


def _names(model: type[LedgerEntry] | type[Checkpoint]) -> list[str]:
    return list(model.objects.order_by().values_list("chain", flat=True).distinct())


def _checked(chain: str, brought: Sequence[Handed], trusted: str | None) -> Report:
    handed = list(Checkpoint.objects.filter(chain=chain).order_by("size", "id"))
    kept = [_kept(each) for each in handed]
    key = _key(chain, handed, trusted)
    entries = LedgerEntry.objects.filter(chain=chain)
    if trusted is None:
        brought = [_opened(each, kept) for each in brought]
    report = verify(chain, sealed(entries), [*kept, *brought], key)
    columns = () if report.faults else tuple(_column_faults(chain))
    return report.with_faults(columns)


def _kept(checkpoint: Checkpoint) -> Handed:
    # A key that was replaced still opens what it signed.
    key = read_key(checkpoint.key, checkpoint.chain)
    return Handed(checkpoint.note, f"kept as {checkpoint.public_id}", key)


def _opened(brought: Handed, kept: Sequence[Handed]) -> Handed:
    """Return a checkpoint with the key that signed it, if one was kept that did."""
    for key in {each.key for each in kept if each.key}:
        try:
            read_checkpoint(brought.note, key)
        except Refusal:
            continue
        return replace(brought, key=key)
    return brought


def _key(chain: str, handed: Sequence[Checkpoint], trusted: str | None) -> VerifierKey | None:
    text = trusted or (handed[-1].key if handed else None)
    return read_key(text, chain) if text else None


def _column_faults(chain: str) -> Iterator[Fault]:
    """Give a fault for the first entry whose columns tell otherwise than its bytes."""
    rows = LedgerEntry.objects.filter(chain=chain).order_by("seq")
    for row in rows.select_related("by", "on_behalf_of", "engagement", "client").iterator():
        hashed = json.loads(bytes(row.canonical))
        columns = _columns(row)
        if {name: hashed[name] for name in columns} != columns:
            sentence = f"The columns of entry {row.seq} say something else than was hashed."
            yield Fault("ledger.columns-changed", row.seq, sentence)
            return


def _columns(row: LedgerEntry) -> dict[str, Any]:
    return {
        "chain": origin_of(row.engagement or row.client),
        "seq": row.seq,
        "at": moment_text(row.at),
        "actor": row.by.public_id if row.by else OPERATOR,
        "on_behalf_of": row.on_behalf_of.public_id if row.on_behalf_of else "",
        "action": row.action,
        "noun": row.noun,
        "object": row.subject,
    }
