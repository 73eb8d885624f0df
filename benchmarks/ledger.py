"""Verifying a ledger, against taking one SHA-256 of the same bytes."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from benchmarks.harness import Result, Sizes, at_most, side_by_side, within
from tallystick.engine.ledger.checkpoints import Head, sign_head
from tallystick.engine.ledger.entries import Act, Place, Sealed, seal
from tallystick.engine.ledger.exports import Header, export_lines
from tallystick.engine.ledger.merkle import Tree, leaf_hash
from tallystick.engine.ledger.notes import SigningKey
from tallystick.engine.ledger.verifying import verify_export

ORIGIN = "tallystick/engagement/bcdfghjkmnpq"
FIRST = datetime(2026, 1, 1, tzinfo=UTC)
# Half above what was measured when it was set, so that a slower way is noticed.
REACH = 16.0
PROMISED = 100_000
"""Entries a CPU second."""


def made(number: int) -> list[bytes]:
    """Return an export of so many entries, as the product writes it."""
    key = SigningKey(bytes(32))
    entries: list[Sealed] = []
    leaves: list[bytes] = []
    for seq in range(1, number + 1):
        at = FIRST + timedelta(seconds=seq)
        act = Act(at, "bcdfghjkmnpq", "zxwvtsrqpnmk", "measure_service_levels", "Engagement", "x")
        told = {
            "sentence": f"Measured 14 service levels up to act {seq}.",
            "by": "Ada Moreno",
            "organisation": "Nordwind Energy",
            "payload": {f"measurement{seq}": "resolution 2026-03 931/980"},
        }
        place = Place(ORIGIN, seq, leaves[-1].hex() if leaves else None)
        entries.append(seal(act, place, told, seq.to_bytes(16, "big")))
        leaves.append(leaf_hash(entries[-1].entry))
    note = sign_head(Head(ORIGIN, number, Tree(leaves).root(number)), key)
    return list(export_lines(Header(ORIGIN, key.named(ORIGIN).text, (note,)), entries))


def results(sizes: Sizes) -> Iterator[Result]:
    """Give the ratio, and how many entries are verified in a CPU second."""
    lines = made(sizes.ledger_entries)

    def verify_it() -> None:
        assert verify_export(lines).sound

    def hash_it() -> None:
        for line in lines:
            sha256(line).digest()

    ours, other = side_by_side(verify_it, hash_it, sizes.runs)
    yield at_most(
        f"verify a ledger of {sizes.ledger_entries:,} / SHA-256 of its lines",
        ours,
        other,
        REACH,
        unit="CPU seconds",
        note="reading lines, both hashes of each entry, links, contents, the tree, a signature.",
    )
    yield within(
        "verify a ledger: seconds for 100,000 entries",
        ours / sizes.ledger_entries * PROMISED,
        1.0,
        unit="CPU seconds",
        note=f"{sizes.ledger_entries / ours:,.0f} entries a CPU second.",
    )
