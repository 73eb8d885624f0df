"""
A ledger -> lines of a file that anyone can verify, and back.

The first line says which ledger it is, which key signs its heads, and which checkpoints were
handed out. Each other line is one entry: `[length,"salt",{entry},{what it tells}]`. Entry and
content stand there byte for byte as they were hashed, and `length` is that of the entry, so a
reader cuts them out and hashes them without writing anything anew. A line is JSON as well.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tallystick.engine.canonical import canonical_bytes
from tallystick.engine.ledger.entries import SALT_BYTES, Sealed
from tallystick.engine.refusals import Refusal

KIND = "tallystick-ledger"
_SALT_DIGITS = 2 * SALT_BYTES


class LineUnreadable(Refusal):
    """A line of an export is not of the form in which exports are written."""

    code = "ledger.line-unreadable"


@dataclass(frozen=True, slots=True)
class Header:
    """Which ledger an export holds, the public key's line, and the checkpoints handed out."""

    origin: str
    key: str
    checkpoints: tuple[str, ...]


def header_line(header: Header) -> bytes:
    """Return the first line of an export."""
    known = {"checkpoints": list(header.checkpoints), "key": header.key, "origin": header.origin}
    return canonical_bytes(known | {"kind": KIND, "v": 1}) + b"\n"


def read_header(line: bytes) -> Header:
    """
    Return what the first line says.

    Raises:
        LineUnreadable: if a byte of it is not as `header_line` would write it.
    """
    try:
        said = json.loads(line)
        header = Header(str(said["origin"]), str(said["key"]), tuple(said["checkpoints"]))
        texts = all(isinstance(note, str) for note in header.checkpoints)
        if texts and header_line(header) == line:
            return header
    except (ValueError, KeyError, TypeError, RecursionError, Refusal):
        pass
    raise LineUnreadable("the first line is not that of a ledger's export")


def entry_line(sealed: Sealed) -> bytes:
    """Return the line of one entry."""
    entry, salt, content = sealed
    if salt is None or content is None:
        return b"[%d,null,%s,null]\n" % (len(entry), entry)
    return b'[%d,"%s",%s,%s]\n' % (len(entry), salt.hex().encode(), entry, content)


def read_line(line: bytes) -> Sealed:
    """
    Return the entry of a line.

    Raises:
        LineUnreadable: if a byte of its frame is not as `entry_line` would write it.
    """
    length, _, rest = line.partition(b",")
    try:
        end = int(length[1:])
        if rest.startswith(b"null,"):
            sealed = Sealed(rest[5 : 5 + end], None, None)
        else:
            salt = bytes.fromhex(rest[1 : 1 + _SALT_DIGITS].decode("ascii"))
            begin = _SALT_DIGITS + 3
            sealed = Sealed(rest[begin : begin + end], salt, rest[begin + end + 1 : -2])
        if entry_line(sealed) == line:
            return sealed
    except ValueError:
        pass
    raise LineUnreadable("the line is not that of an entry")


def export_lines(header: Header, entries: Iterable[Sealed]) -> Iterator[bytes]:
    """Give every line of an export, each with its newline."""
    yield header_line(header)
    yield from map(entry_line, entries)
