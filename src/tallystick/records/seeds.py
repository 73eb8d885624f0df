"""What random numbers begin with, where a result is argued about."""

from hashlib import sha256

from tallystick.records.audience import Record


def seed_of(of: Record, digested: str) -> int:
    """
    Return a seed that is told by the figures of a record, by their digest: nobody can choose it.

    Whoever could try seeds until the preferred bid looks firm, or the reserve enough, would.
    """
    return int.from_bytes(sha256(f"{of.public_id}:{digested}".encode()).digest()[:4], "big")
