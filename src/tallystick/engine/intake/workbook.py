"""A workbook (.xlsx) -> rows of text cells with their line numbers, checked before it is opened."""

import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook.workbook import Workbook

from tallystick.engine.intake.files import (
    DamagedFile,
    ProtectedWorkbook,
    UnpacksTooFar,
    open_bytes,
    too_large,
)
from tallystick.engine.intake.limits import Limits
from tallystick.engine.intake.text import Row
from tallystick.engine.refusals import Refusal

_NESTED = (".zip", ".xlsx", ".xlsm", ".xls", ".gz", ".7z", ".rar", ".docx", ".jar")
_ENCRYPTED = 0x1
# What openpyxl and zipfile were seen to raise for altered workbooks; they have no common class.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    InvalidFileException,
    ParseError,
    LookupError,
    ValueError,  # defusedxml's refusals of entities and DTDs are among these
    TypeError,  # an attribute that the format does not know
    AttributeError,
    ArithmeticError,
    OSError,  # no workbook inside the archive
    NotImplementedError,  # an unknown compression method
)
_AT_ONCE = 1_000


class ActiveWorkbook(Refusal):
    """The workbook carries more than cells: macros, links to other files, or archives."""

    code = "intake.active-workbook"


class UnknownSheet(Refusal):
    """The sheet that the mapping names is not in the workbook."""

    code = "intake.unknown-sheet"


def workbook_rows(path: Path, limits: Limits, sheet: str | None) -> Iterator[Row]:
    """
    Yield the rows of one sheet (the first, if none is named); empty rows are passed over.

    Dates come as ISO 8601 text whatever the workbook's epoch (1900 or 1904); the width of a
    row is not kept, since a workbook does not store empty cells.

    Raises:
        DamagedFile, ProtectedWorkbook, ActiveWorkbook, UnpacksTooFar, TooLarge, UnknownSheet
    """
    with open_bytes(path, limits) as stream:
        content = io.BytesIO(stream.read())
    _check_directory(content, limits)
    with closing(_open(content)) as book:
        rows = _sheet_rows(book, sheet)
        line = 0
        while batch := _next_batch(rows):
            for row in batch:
                line += 1
                cells = _trimmed(row)
                if cells:
                    yield line, cells


def sheet_names(path: Path, limits: Limits) -> list[str]:
    """Return the names of a workbook's sheets, in order. Raises as `workbook_rows` does."""
    with open_bytes(path, limits) as stream:
        content = io.BytesIO(stream.read())
    _check_directory(content, limits)
    with closing(_open(content)) as book:
        return [sheet.title for sheet in book.worksheets]


def _damaged() -> DamagedFile:
    return DamagedFile(
        "the workbook cannot be read: its contents are damaged",
        remedy="Open it in a spreadsheet and save it again as .xlsx or .csv.",
    )


def _open(content: io.BytesIO) -> Workbook:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and print settings that we do not read
            return load_workbook(content, read_only=True, data_only=True, keep_links=False)
    except _BROKEN as problem:
        raise _damaged() from problem


def _check_directory(content: io.BytesIO, limits: Limits) -> None:
    """Refuse a workbook by its table of contents, before any of it is unpacked."""
    try:
        with zipfile.ZipFile(content) as archive:
            members = archive.infolist()
    except _BROKEN as problem:
        raise _damaged() from problem
    _check_sizes(members, len(content.getbuffer()), limits)
    for member in members:
        _check_member(member)


def _check_sizes(members: list[zipfile.ZipInfo], packed: int, limits: Limits) -> None:
    remedy = "Save the sheet with the data alone as .csv and upload that."
    if len(members) > limits.max_members:
        raise UnpacksTooFar(f"the workbook has {len(members)} parts", remedy=remedy)
    unpacked = sum(member.file_size for member in members)
    if unpacked > limits.max_bytes:
        raise too_large(limits)
    if unpacked > limits.unpacked(packed):
        raise UnpacksTooFar(
            f"the workbook unpacks to {unpacked // packed} times its size", remedy=remedy
        )


def _check_member(member: zipfile.ZipInfo) -> None:
    name = member.filename.lower()
    if member.flag_bits & _ENCRYPTED:
        raise ProtectedWorkbook(
            "the workbook is protected by a password",
            place=member.filename,
            remedy="Save it without password.",
        )
    if name.endswith("vbaproject.bin") or "/externallinks/" in name or name.endswith(_NESTED):
        raise ActiveWorkbook(
            "the workbook carries macros, links to other files or files within it",
            place=member.filename,
            remedy="Save the sheet with the data alone as .xlsx without macros, or as .csv.",
        )


def _sheet_rows(book: Workbook, name: str | None) -> Iterator[tuple[Any, ...]]:
    names = [sheet.title for sheet in book.worksheets]
    if not names or (name is not None and name not in names):
        raise UnknownSheet(
            f"the workbook has no sheet named {name!r}" if name else "the workbook has no sheet",
            place="sheet",
            remedy=f"Name one of: {', '.join(names)}." if names else "Add a sheet with the data.",
        )
    sheet = book[name or names[0]]
    # The size that a sheet claims may be forged: 16,384 columns would be padded to each row.
    sheet.reset_dimensions()
    return iter(sheet.iter_rows(values_only=True))


def _next_batch(rows: Iterator[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of validations and formats that we do not read
            return list(islice(rows, _AT_ONCE))
    except _BROKEN as problem:
        raise _damaged() from problem


def _trimmed(row: tuple[Any, ...]) -> list[str]:
    width = len(row)
    while width and (row[width - 1] is None or row[width - 1] == ""):
        width -= 1
    return [_text(cell) for cell in row[:width]]


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, (datetime, date, time)):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
