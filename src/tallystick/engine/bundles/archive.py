"""The bundle as a .zip: written alike each time, unpacked with nothing left to trust."""

import re
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from tallystick.engine.bundles.document import BundleUnreadable
from tallystick.engine.zips import UNPACKABLE, is_bomb, member

DOCUMENT, AGREEMENT, LEDGER = "bundle.json", "agreement.json", "ledger.jsonl"
MOST_BYTES = 20 * 2**30
MOST_FILES = 100_000
MOST_TEXT = 256 * 2**20
"""Bytes of a file that is read as a whole; a year of a large agreement has some ten million."""
_NAME = re.compile(r"(data/[0-9]{4}/)?[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_TEXTS = frozenset({DOCUMENT, AGREEMENT, "README.txt"})
_CHUNK = 2**20

README = """This is a statement of Tallystick with all that it was computed from.

bundle.json     the figures as they were stated, and what each was computed from
agreement.json  the agreement, byte for byte as its hash was taken
data/           the service data, one folder for each import
ledger.jsonl    the ledger of the engagement, to be verified with your own checkpoints

To compute it again without the server:

    tallystick verify THIS.zip
"""


def write_archive(
    out: IO[bytes], texts: Iterable[tuple[str, bytes]], rows: dict[str, Path]
) -> None:
    """Write a .zip of texts, by name, and of files of rows; the same contents make equal bytes."""
    with ZipFile(out, "w") as archive:
        for name, data in (("README.txt", README.encode()), *texts):
            archive.writestr(member(name, ZIP_DEFLATED), data)
        for name, path in sorted(rows.items()):
            # Rows are compressed already.
            with (
                archive.open(member(name, ZIP_STORED), "w", force_zip64=True) as out_of_it,
                path.open("rb") as file,
            ):
                shutil.copyfileobj(file, out_of_it, _CHUNK)


def unpack(path: Path, into: Path) -> None:
    """
    Unpack a bundle into an empty folder.

    Raises:
        BundleUnreadable: if it is no .zip, is damaged or too large, or holds what no bundle does.
    """
    try:
        with ZipFile(path) as archive:
            members = archive.infolist()
            _demand_a_bundle(members, path.stat().st_size)
            for each in members:
                target = into.joinpath(*each.filename.split("/"))
                target.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(each) as source, target.open("xb") as unpacked:
                    shutil.copyfileobj(source, unpacked, _CHUNK)
    except UNPACKABLE as error:
        raise _unreadable(f"it cannot be unpacked: {error}") from error


def _demand_a_bundle(members: Sequence[ZipInfo], packed: int) -> None:
    """Look at all members before one is unpacked: how many, how large, and under which names."""
    large = sum(each.file_size for each in members) > MOST_BYTES or any(
        each.file_size > MOST_TEXT for each in members if each.filename in _TEXTS
    )
    if large or len(members) > MOST_FILES or is_bomb(members, packed):
        raise _unreadable("it holds more than any bundle does")
    known: set[str] = set()
    for each in members:
        name = each.filename
        if not _NAME.fullmatch(name):
            raise _unreadable(f"it holds {name[:80]!r}, which no bundle does")
        # Some disks know one file by both spellings.
        if name.lower() in known:
            raise _unreadable(f"it holds {name!r} twice")
        known.add(name.lower())


def _unreadable(what: str) -> BundleUnreadable:
    return BundleUnreadable(
        f"this is no bundle: {what}",
        remedy="Fetch the bundle again from the statement's page, or from the other party.",
    )
