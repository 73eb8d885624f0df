"""An export as a file to keep: its lines alone, or a .zip with checkpoint and key beside them."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo
from zlib import error as BadStream

LEDGER = "ledger.jsonl"
UNPACKABLE = (BadZipFile, BadStream, EOFError, KeyError, OSError, RuntimeError, ValueError)
"""What the library raises for a .zip that is damaged, encrypted, or of another making."""
README = """This is an export of a ledger, made by Tallystick.

ledger.jsonl    the checkpoints that were handed out, and every entry as it was hashed
checkpoint.txt  the signed head of this export: keep it where nobody else can change it
key.txt         the public key that signs; compare it with the one you noted before

To verify it without the server:

    tallystick ledger verify THIS.zip --checkpoint an-older-checkpoint.txt --key key.txt
"""


def write_bundle(out: IO[bytes], lines: Iterable[bytes], checkpoint: str, key: str) -> None:
    """Write a .zip of an export; the same export gives the same bytes."""
    with ZipFile(out, "w", ZIP_DEFLATED) as bundle:
        with bundle.open(_member(LEDGER), "w", force_zip64=True) as member:
            member.writelines(lines)
        for name, text in (
            ("checkpoint.txt", checkpoint),
            ("key.txt", f"{key}\n"),
            ("README.txt", README),
        ):
            bundle.writestr(_member(name), text)


def _member(name: str) -> ZipInfo:
    # Without a time of its own a member has one that never changes.
    member = ZipInfo(name)
    member.compress_type = ZIP_DEFLATED
    return member


@contextmanager
def opened(path: Path) -> Iterator[Iterable[bytes]]:
    """
    Give the lines of an export, from a .zip or a plain file.

    What cannot be unpacked ends the lines early, as what is cut off does: `verify` says so.
    """
    with path.open("rb") as file:
        if file.read(2) != b"PK":
            file.seek(0)
            yield file
            return
        yield _unpacked(file)


def _unpacked(file: IO[bytes]) -> Iterator[bytes]:
    try:
        with ZipFile(file) as bundle, bundle.open(LEDGER) as member:
            yield from member
    except UNPACKABLE:
        # A line that is none: the damage is somewhere at or before this place.
        yield b""
