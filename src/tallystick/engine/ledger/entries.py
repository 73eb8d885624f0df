"""An act and its place in a chain -> the bytes that are hashed, stored and never written again."""

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, NamedTuple

from tallystick.engine.canonical import canonical_bytes

VERSION = 1
SALT_BYTES = 16
"""128 bits: who knows all five marks that may be given still cannot tell which was."""
OPERATOR = "operator"
"""The actor of what is done at the command line: whoever runs the installation."""


@dataclass(frozen=True, slots=True)
class Act:
    """
    What stands in the chain itself: ids and words of ours, no text that anybody wrote.

    `actor`, `on_behalf_of` and `subject` are public ids; `noun` and `action` name the kind of
    record and of act.
    """

    at: datetime
    actor: str
    on_behalf_of: str
    action: str
    noun: str
    subject: str


@dataclass(frozen=True, slots=True)
class Place:
    """Which chain an entry belongs to, which it is from 1 on, and the hash of the one before."""

    origin: str
    seq: int
    prev: str | None


class Sealed(NamedTuple):
    """
    An entry as it is stored: its bytes, and what it tells with the salt that hides it.

    After an erasure `salt` and `content` are None, and the entry's bytes stand as they were.
    """

    entry: bytes
    salt: bytes | None
    content: bytes | None


def payload_digest(salt: bytes, content: bytes) -> str:
    """Return the 64 hexadecimal digits that bind an entry to what it tells."""
    return sha256(salt + content).hexdigest()


def entry_bytes(act: Act, place: Place, payload: str) -> bytes:
    """
    Return the canonical bytes (RFC 8785) of an entry; `payload` is the digest of what it tells.

    Raises:
        NotCanonical: for a text with half a character.
    """
    return canonical_bytes(
        {
            "action": act.action,
            "actor": act.actor,
            "at": moment_text(act.at),
            "chain": place.origin,
            "noun": act.noun,
            "object": act.subject,
            "on_behalf_of": act.on_behalf_of,
            "payload": payload,
            "prev": place.prev,
            "seq": place.seq,
            "v": VERSION,
        }
    )


def moment_text(at: datetime) -> str:
    """Return a moment in UTC, always 27 characters, so that texts sort as moments do."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def seal(act: Act, place: Place, told: Any, salt: bytes) -> Sealed:
    """
    Return an entry with what it tells; `told` is any value that has canonical bytes.

    Raises:
        NotCanonical: for a float, a large integer, or what else has no exact form.
    """
    content = canonical_bytes(told)
    return Sealed(entry_bytes(act, place, payload_digest(salt, content)), salt, content)
