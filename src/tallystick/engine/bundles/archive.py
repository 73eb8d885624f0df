"""The bundle as a .zip: written alike each time, unpacked with nothing left to trust."""

from collections.abc import Iterable
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo
from zlib import error as BadStream

from tallystick.engine.bundles.document import BundleUnreadable

DOCUMENT, AGREEMENT, LEDGER = "bundle.json", "agreement.json", "ledger.jsonl"
MOST_BYTES = 20 * 2**30
MOST_FILES = 100_000
_FOLDERS = frozenset({"data"})
_CHUNK = 2**20
_UNPACKABLE = (BadZipFile, BadStream, EOFError, NotImplementedError, RuntimeError, ValueError)

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
            archive.writestr(_member(name, ZIP_DEFLATED), data)
        for name, path in sorted(rows.items()):
            # Rows are compressed already.
            with (
                archive.open(_member(name, ZIP_STORED), "w", force_zip64=True) as member,
                path.open("rb") as file,
            ):
                while chunk := file.read(_CHUNK):
                    member.write(chunk)


def _member(name: str, compression: int) -> ZipInfo:
    # Without a time of its own a member has one that never changes.
    member = ZipInfo(name)
    member.compress_type = compression
    return member


def unpack(path: Path, into: Path) -> None:
    """
    Unpack a bundle into an empty folder.

    Raises:
        BundleUnreadable: if it is no .zip, is damaged or too large, or holds what no bundle does.
    """
    try:
        with ZipFile(path) as archive:
            members = archive.infolist()
            if len(members) > MOST_FILES or sum(m.file_size for m in members) > MOST_BYTES:
                raise _unreadable("it holds more than any bundle does")
            for member in members:
                _unpack_one(archive, member, into)
    except _UNPACKABLE as error:
        raise _unreadable(f"it cannot be unpacked: {error}") from error


def _unpack_one(archive: ZipFile, member: ZipInfo, into: Path) -> None:
    parts = member.filename.split("/")
    plain = all(part not in {"", ".", ".."} and "\\" not in part for part in parts)
    if not plain or len(parts) > 3 or (len(parts) > 1 and parts[0] not in _FOLDERS):
        raise _unreadable(f"it holds {member.filename[:80]!r}, which no bundle does")
    target = into.joinpath(*parts)
    target.parent.mkdir(parents=True, exist_ok=True)
    left = member.file_size
    with archive.open(member) as source, target.open("xb") as out:
        while chunk := source.read(_CHUNK):
            left -= len(chunk)
            if left < 0:
                raise _unreadable(f"{member.filename[:80]!r} is longer than it says")
            out.write(chunk)


def _unreadable(what: str) -> BundleUnreadable:
    return BundleUnreadable(
        f"this is no bundle: {what}",
        remedy="Fetch the bundle again from the statement's page, or from the other party.",
    )
