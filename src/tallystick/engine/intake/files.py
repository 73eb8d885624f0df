"""A path -> its bytes, unpacked and capped, and what kind of file they are."""

import gzip
import hashlib
import io
import zlib
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO, cast

from tallystick.engine.intake.limits import Limits
from tallystick.engine.refusals import Refusal

_GZIP = b"\x1f\x8b"
_ZIP = b"PK\x03\x04"
_PARQUET = b"PAR1"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class EmptyFile(Refusal):
    """The file holds nothing."""

    code = "intake.empty-file"


class TooLarge(Refusal):
    """The file costs more than the limits allow."""

    code = "intake.too-large"


class UnpacksTooFar(Refusal):
    """A small file unpacks to a very large one, as a decompression bomb does."""

    code = "intake.unpacks-too-far"


class DamagedFile(Refusal):
    """The file is cut short or its bytes were altered."""

    code = "intake.damaged-file"


class ProtectedWorkbook(Refusal):
    """The workbook is encrypted, or is in the format of Excel 2003 and before."""

    code = "intake.protected-workbook"


class Kind(StrEnum):
    """What a file holds once unpacked."""

    TEXT = "text"
    WORKBOOK = "workbook"
    PARQUET = "parquet"


class _Capped(io.RawIOBase):
    """A stream that refuses to give more than `most` bytes."""

    def __init__(self, source: BinaryIO, packed: int, limits: Limits) -> None:
        self._source = source
        self._most = limits.unpacked(packed)
        self._limits = limits
        self._given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self._read(len(buffer))
        self._given += len(data)
        if self._given > self._most:
            raise self._refusal()
        buffer[: len(data)] = data
        return len(data)

    def _read(self, size: int) -> bytes:
        try:
            return self._source.read(size)
        except (gzip.BadGzipFile, EOFError, zlib.error) as problem:
            raise DamagedFile(
                "the compressed file is cut short or damaged",
                place=f"after {self._given} unpacked bytes",
                remedy="Compress the file again, or upload it without compression.",
            ) from problem

    def _refusal(self) -> Refusal:
        if self._most == self._limits.max_bytes:
            return too_large(self._limits)
        return UnpacksTooFar(
            f"the file unpacks to more than {self._limits.max_ratio} times its size",
            remedy="Upload the file without compression.",
        )

    def close(self) -> None:
        self._source.close()
        super().close()


def too_large(limits: Limits) -> TooLarge:
    """Return the refusal of a file above `max_bytes`."""
    return TooLarge(
        f"the file is larger than {limits.max_bytes // 2**20} MB",
        remedy="Export a shorter period, and upload the periods one after another.",
    )


def open_bytes(path: Path, limits: Limits) -> BinaryIO:
    """
    Open a file, gzip or plain, as a stream of its unpacked bytes.

    Raises:
        EmptyFile, TooLarge: at once.
        DamagedFile, TooLarge, UnpacksTooFar: while reading.
    """
    size = path.stat().st_size
    if size == 0:
        raise EmptyFile("the file is empty", remedy="Export the file again and check its size.")
    if size > limits.max_bytes:
        raise too_large(limits)
    with path.open("rb") as start:
        packed = start.read(2) == _GZIP
    raw = _Capped(_unpacking(path) if packed else path.open("rb"), size, limits)
    return io.BufferedReader(raw, 2**16)


def _unpacking(path: Path) -> BinaryIO:
    return cast(BinaryIO, gzip.open(path, "rb"))


def head_of(path: Path, limits: Limits, size: int = 2**16) -> bytes:
    """Return the first unpacked bytes of a file."""
    with open_bytes(path, limits) as stream:
        return stream.read(size)


def kind_of(head: bytes) -> Kind:
    """
    Tell what a file is by its first bytes; its name is not asked.

    Raises:
        EmptyFile: if there are no bytes.
        ProtectedWorkbook: if it is an encrypted or an old workbook.
    """
    if not head:
        raise EmptyFile("the file is empty", remedy="Export the file again and check its size.")
    if head.startswith(_OLE):
        raise ProtectedWorkbook(
            "the workbook is protected by a password or is an old .xls file",
            remedy="Open it in a spreadsheet and save it without password as .xlsx or .csv.",
        )
    if head.startswith(_PARQUET):
        return Kind.PARQUET
    return Kind.WORKBOOK if head.startswith(_ZIP) else Kind.TEXT


def digest_of(path: Path) -> str:
    """Return "sha256:" and the hexadecimal digest of the file's bytes as they were uploaded."""
    with path.open("rb") as stream:
        return "sha256:" + hashlib.file_digest(stream, "sha256").hexdigest()
