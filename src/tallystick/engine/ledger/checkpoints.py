"""The head of a ledger -> a signed checkpoint (c2sp.org/tlog-checkpoint), and back."""

import base64
import binascii
import re
from dataclasses import dataclass

from tallystick.engine.ledger.notes import (
    NoteUnreadable,
    NotSigned,
    SigningKey,
    VerifierKey,
    open_note,
)

_SIZE = re.compile(r"0|[1-9][0-9]{0,15}")


@dataclass(frozen=True, slots=True)
class Head:
    """How many entries a ledger has, and the root hash (32 bytes) over all of them."""

    origin: str
    size: int
    root: bytes

    @property
    def root_text(self) -> str:
        """Return the root in base64, as checkpoints and pages write it."""
        return base64.b64encode(self.root).decode()

    @property
    def text(self) -> str:
        """Return the three lines that are signed."""
        return f"{self.origin}\n{self.size}\n{self.root_text}\n"


def sign_head(head: Head, key: SigningKey) -> str:
    """Return the checkpoint of a head, as it is handed out."""
    return key.sign(head.text, head.origin)


def read_checkpoint(note: str, key: VerifierKey | None) -> Head:
    """
    Return the head that a checkpoint signs; lines after the third are read by nobody.

    Raises:
        NoteUnreadable: if it is no checkpoint.
        NotSigned: if the key did not sign it, or there is none.
    """
    if key is None:
        raise NotSigned("there is no key to open it with")
    lines = open_note(note, key).split("\n")
    if len(lines) < 4 or not lines[0] or not _SIZE.fullmatch(lines[1]):
        raise NoteUnreadable("it is a signed note, but no checkpoint")
    try:
        root = base64.b64decode(lines[2].encode(), validate=True)
    except (binascii.Error, ValueError) as problem:
        raise NoteUnreadable("its root hash cannot be read") from problem
    if len(root) != 32:
        raise NoteUnreadable("its root hash cannot be read")
    return Head(lines[0], int(lines[1]), root)


def origin_of(note: str) -> str:
    """Return which ledger a checkpoint says that it is of, before anything is verified."""
    return note.split("\n", maxsplit=1)[0]
