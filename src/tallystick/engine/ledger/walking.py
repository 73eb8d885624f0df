"""Entries in order -> their leaf hashes, up to the first that is not what it should be."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from tallystick.engine.ledger.entries import Sealed, payload_digest
from tallystick.engine.ledger.exports import LineUnreadable
from tallystick.engine.ledger.merkle import leaf_hash
from tallystick.engine.ledger.report import Fault

UNREADABLE = (ValueError, KeyError, TypeError, RecursionError)
_FLAGS_KEPT = 20


@dataclass(slots=True)
class Walk:
    """
    How far the entries of one ledger could be followed.

    `claimed` is what the last entry says is the hash of the one before, where that is not so:
    only a checkpoint can then tell which of the two was changed.
    """

    origin: str
    leaves: list[bytes] = field(default_factory=list)
    erased: int = 0
    flags: list[Fault] = field(default_factory=list)
    fault: Fault | None = None
    claimed: bytes | None = None

    def follow(self, entries: Iterator[Sealed]) -> None:
        """Take in entries from the first on; stop at one that is not what it should be."""
        prev: str | None = None
        at = ""
        leaves, origin = self.leaves, self.origin
        try:
            for seq, each in enumerate(entries, 1):
                said = json.loads(each.entry)
                if (said["seq"], said["prev"], said["chain"]) != (seq, prev, origin) or not (
                    _fits(each, said["payload"])
                ):
                    self.fault = self._explained(seq, prev, each, said, entries)
                    return
                if each.salt is None:
                    self.erased += 1
                if said["at"] < at:
                    self._flag(seq, said["at"], at)
                at = said["at"]
                leaf = sha256(b"\x00" + each.entry).digest()
                leaves.append(leaf)
                prev = leaf.hex()
        except (*UNREADABLE, LineUnreadable):
            number = len(leaves) + 1
            self.fault = Fault("ledger.entry-unreadable", number, f"Entry {number} cannot be read.")

    def _flag(self, seq: int, at: str, before: str) -> None:
        if len(self.flags) < _FLAGS_KEPT:
            sentence = f"Entry {seq} says {at}, earlier than the entry before it ({before})."
            self.flags.append(Fault("ledger.clock-back", seq, sentence))

    def _explained(
        self, seq: int, prev: str | None, each: Sealed, said: Any, rest: Iterator[Sealed]
    ) -> Fault:
        if said["chain"] != self.origin:
            other = f"Entry {seq} belongs to another ledger: {said['chain']}."
            return Fault("ledger.other-chain", seq, other)
        if not _fits(each, said["payload"]):
            other = f"What entry {seq} tells is not what was hashed when it was entered."
            return Fault("ledger.content-changed", seq, other)
        if said["seq"] != seq:
            return _misplaced(seq, said["seq"], rest)
        return self._unlinked(seq, each, said["prev"], next(rest, None))

    def _unlinked(self, seq: int, each: Sealed, named: Any, after: Sealed | None) -> Fault:
        """Tell which side of a broken link was changed: the entry after knows its predecessor."""
        leaf = leaf_hash(each.entry)
        if seq == 1 or (after is not None and json.loads(after.entry)["prev"] != leaf.hex()):
            return unlinked(seq)
        if after is None and named is not None:
            self.claimed = bytes.fromhex(named)
            self.leaves.append(leaf)
        sentence = f"Entry {seq - 1} is not what it was when entry {seq} was entered."
        return Fault("ledger.entry-changed", seq - 1, sentence)


def unlinked(seq: int) -> Fault:
    """Return the fault of an entry that names another one before it than stands there."""
    sentence = f"Entry {seq} does not follow the entry before it: it names another hash."
    return Fault("ledger.link-broken", seq, sentence)


def _fits(each: Sealed, payload: str) -> bool:
    if each.salt is None or each.content is None:
        return True
    return payload_digest(each.salt, each.content) == payload


def _misplaced(seq: int, found: Any, rest: Iterator[Sealed]) -> Fault:
    """Tell a deletion, an insertion and a swap apart by what comes later."""
    if not isinstance(found, int):
        return Fault("ledger.entry-unreadable", seq, f"Entry {seq} cannot be read.")
    if found < seq:
        sentence = f"Entry {found} stands twice, the second time in place of entry {seq}."
        return Fault("ledger.entry-twice", seq, sentence)
    if not any(seq <= number < found for number in _numbers(rest)):
        missing = f"Entry {seq} is" if found == seq + 1 else f"Entries {seq} to {found - 1} are"
        return Fault("ledger.entry-missing", seq, f"{missing} missing before entry {found}.")
    sentence = f"An entry that says it is entry {found} stands in place of entry {seq}."
    return Fault("ledger.out-of-order", seq, sentence)


def _numbers(rest: Iterator[Sealed]) -> list[int]:
    found: list[int] = []
    try:
        for each in rest:
            if isinstance(number := json.loads(each.entry)["seq"], int):
                found.append(number)
    except (*UNREADABLE, LineUnreadable):
        pass  # what was read so far tells enough
    return found
