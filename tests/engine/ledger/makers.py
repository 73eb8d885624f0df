"""A ledger of some entries, made as the product makes it."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from tallystick.engine.ledger.checkpoints import Head, sign_head
from tallystick.engine.ledger.entries import Act, Place, Sealed, seal
from tallystick.engine.ledger.exports import Header, export_lines
from tallystick.engine.ledger.merkle import Tree, leaf_hash
from tallystick.engine.ledger.notes import SigningKey

ORIGIN = "tallystick/engagement/bcdfghjkmnpq"
KEY = SigningKey(bytes(range(32)))
START = datetime(2026, 7, 6, 9, 0, tzinfo=UTC)


def entries(
    number: int, *, origin: str = ORIGIN, first: Sequence[Sealed] = (), word: str = "Did"
) -> list[Sealed]:
    """Return as many entries in a chain, one a minute, after those given."""
    made = list(first)
    for seq in range(len(made) + 1, number + 1):
        prev = leaf_hash(made[-1].entry).hex() if made else None
        at = START + timedelta(minutes=seq)
        act = Act(at, "ada", "nordwind", "test", "Engagement", "bcdfghjkmnpq")
        told = {"sentence": f"{word} thing {seq}.", "by": "Ada Müller", "payload": {"n": seq}}
        made.append(seal(act, Place(origin, seq, prev), told, bytes([seq % 256] * 16)))
    return made


def head(chain: Sequence[Sealed], size: int | None = None, origin: str = ORIGIN) -> Head:
    """Return the head over the first entries of a chain; by default over all."""
    size = len(chain) if size is None else size
    return Head(origin, size, Tree([leaf_hash(each.entry) for each in chain]).root(size))


def checkpoint(chain: Sequence[Sealed], size: int | None = None, origin: str = ORIGIN) -> str:
    """Return a signed checkpoint over the first entries of a chain."""
    return sign_head(head(chain, size, origin), KEY)


def export(chain: Sequence[Sealed], **header: Any) -> list[bytes]:
    """Return the lines of an export with a checkpoint of its own head."""
    usual = {
        "origin": ORIGIN,
        "key": KEY.named(ORIGIN).text,
        "checkpoints": (checkpoint(chain),),
    }
    return list(export_lines(Header(**usual | header), chain))
