"""An export as a file to keep: its lines alone, or a .zip with checkpoint and key beside them."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from os import SEEK_END
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from tallystick.engine.zips import UNPACKABLE, is_bomb, member

LEDGER = "ledger.jsonl"
LONGEST_LINE = 16 * 2**20
"""In bytes; the first line of a ledger names some fifty thousand checkpoints in as many."""
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
        with bundle.open(member(LEDGER, ZIP_DEFLATED), "w", force_zip64=True) as ledger:
            ledger.writelines(lines)
        for name, text in (
            ("checkpoint.txt", checkpoint),
            ("key.txt", f"{key}\n"),
            ("README.txt", README),
        ):
            bundle.writestr(member(name, ZIP_DEFLATED), text)


@contextmanager
def opened(path: Path) -> Iterator[Iterable[bytes]]:
    """
    Give the lines of an export, from a .zip or a plain file.

    What cannot be unpacked ends the lines early, as what is cut off does: `verify` says so.
    """
    with path.open("rb") as file:
        packed = file.read(2) == b"PK"
        file.seek(0)
        yield _unpacked(file) if packed else lines_of(file)


def lines_of(file: IO[bytes]) -> Iterator[bytes]:
    """Give the lines of a file, up to one that is longer than any of ours, cut off."""
    while line := file.readline(LONGEST_LINE + 1):
        yield line
        if len(line) > LONGEST_LINE:
            return


def _unpacked(file: IO[bytes]) -> Iterator[bytes]:
    size = file.seek(0, SEEK_END)
    try:
        with ZipFile(file) as bundle:
            if is_bomb([bundle.getinfo(LEDGER)], size):
                raise ValueError("it unpacks to more than any ledger")
            with bundle.open(LEDGER) as ledger:
                yield from lines_of(ledger)
    except UNPACKABLE:
        # A line that is none: the damage is somewhere at or before this place.
        yield b""
