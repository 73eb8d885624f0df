"""A text and a key -> a signed note (c2sp.org/signed-note), and back; Ed25519 only."""

import base64
import binascii
import re
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from tallystick.engine.refusals import Refusal

_ED25519 = b"\x01"
_SIGNATURE = re.compile(r"— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")
LONGEST_NOTE = 100_000
"""In characters; room for every cosignature that a note may carry."""


class KeyUnreadable(Refusal):
    """A text is no public key of a ledger."""

    code = "ledger.key-unreadable"


class NoteUnreadable(Refusal):
    """A text is no signed note."""

    code = "ledger.note-unreadable"


class NotSigned(Refusal):
    """A note carries no signature, or none that fits, of the key that is trusted."""

    code = "ledger.not-signed"


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public key under a name, which is the origin of the ledger whose heads it signs."""

    name: str
    public: bytes

    @property
    def key_id(self) -> bytes:
        """Return the 4 bytes that tell in a note which key signed."""
        return sha256(self.name.encode() + b"\n" + _ED25519 + self.public).digest()[:4]

    @property
    def text(self) -> str:
        """Return name, id and key as one line, as other programs for signed notes take it."""
        return f"{self.name}+{self.key_id.hex()}+{_encoded(_ED25519 + self.public)}"


class SigningKey:
    """An installation's private key, 32 bytes."""

    def __init__(self, private: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(private)

    @classmethod
    def generated(cls) -> "SigningKey":
        """Return a new one."""
        return cls(Ed25519PrivateKey.generate().private_bytes_raw())

    @property
    def private(self) -> bytes:
        """Return the bytes to keep in a file that its owner alone reads."""
        return self._key.private_bytes_raw()

    @property
    def public(self) -> bytes:
        """Return the 32 bytes to hand to everybody."""
        return self._key.public_key().public_bytes_raw()

    def named(self, name: str) -> VerifierKey:
        """Return the public half under the name of a ledger."""
        return VerifierKey(name, self.public)

    def sign(self, text: str, name: str) -> str:
        """Return the text, which ends in a newline, as a note that this key signed."""
        signature = self._key.sign(text.encode())
        return f"{text}\n— {name} {_encoded(self.named(name).key_id + signature)}\n"


def read_key(text: str, name: str) -> VerifierKey:
    """
    Return a public key under a name; from `name+id+key`, or from the 32 bytes in base64.

    Raises:
        KeyUnreadable: if it is neither, or its id is not that of its name and key.
    """
    parts = text.strip().split("+", maxsplit=2)
    try:
        if len(parts) == 3 and (full := _decoded(parts[2])).startswith(_ED25519):
            key = VerifierKey(parts[0], full[1:])
            if len(key.public) == 32 and key.text == text.strip():
                return VerifierKey(name, key.public)
    except ValueError:
        pass
    try:
        if len(public := _decoded(text.strip())) == 32:
            return VerifierKey(name, public)
    except ValueError:
        pass
    raise KeyUnreadable(
        "this is no public key of a ledger",
        place="--key",
        remedy="Give the line that the history page shows, or a file that holds it.",
    )


def open_note(note: str, key: VerifierKey) -> str:
    """
    Return the text of a note that a key signed; other signatures are passed over.

    Raises:
        NoteUnreadable: if it is no note.
        NotSigned: if no signature is of this key, or one of this key does not fit.
    """
    text, signatures = _parts(note)
    ours = [
        signed[4:] for name, signed in signatures if (name, signed[:4]) == (key.name, key.key_id)
    ]
    if not ours:
        raise NotSigned("it is not signed by the key that you trust")
    for signature in ours:
        try:
            Ed25519PublicKey.from_public_bytes(key.public).verify(signature, text.encode())
        except InvalidSignature as problem:
            raise NotSigned("its signature does not fit its text") from problem
    return text


def _parts(note: str) -> tuple[str, list[tuple[str, bytes]]]:
    text, blank, lines = note.rpartition("\n\n")
    if not blank or not lines.endswith("\n") or _CONTROL.search(note) or len(note) > LONGEST_NOTE:
        raise NoteUnreadable("it is not a signed note")
    signatures = []
    for line in lines[:-1].split("\n"):
        found = _SIGNATURE.fullmatch(line)
        if found is None:
            raise NoteUnreadable("a signature line of it cannot be read")
        try:
            signatures.append((found[1], _decoded(found[2])))
        except ValueError as problem:
            raise NoteUnreadable("a signature line of it cannot be read") from problem
    return text + "\n", signatures


def _encoded(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _decoded(text: str) -> bytes:
    """Return the bytes of base64 that has one form only; ValueError for any other."""
    data = base64.b64decode(text.encode(), validate=True)
    # The last character holds bits that nothing reads; a change there is a change too.
    if _encoded(data) != text:
        raise binascii.Error("not the one form")
    return data
