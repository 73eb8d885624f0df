"""Columns and rows -> a file: CSV, a workbook, or Parquet; the same cells in each."""

import io
import tempfile
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import xlsxwriter
from django.http import HttpResponse

from tallystick.engine.columnar import connect
from tallystick.engine.spreadsheets import guarded
from tallystick.web.csv_cells import csv_text, plain_text
from tallystick.web.downloads import download

Rows = Sequence[Sequence[object]]

LONGEST_CELL = 32_767
"""What a cell of a workbook holds, in characters."""
EXACT_IN_A_CELL = 2**53
"""A cell of a workbook is a float: a larger whole number would lose digits."""
_NO_DAY = datetime(2000, 1, 1, tzinfo=UTC)


class FileKind(StrEnum):
    """What a view can be downloaded as."""

    CSV = "csv"
    XLSX = "xlsx"
    PARQUET = "parquet"


FILE_LABELS: Mapping[FileKind, str] = {
    FileKind.CSV: "CSV",
    FileKind.XLSX: "XLSX",
    FileKind.PARQUET: "Parquet",
}


def file_response(kind: FileKind, name: str, labels: Sequence[str], rows: Rows) -> HttpResponse:
    """Return rows as a file to download, named after `name`; equal rows make equal bytes."""
    media_type, write = _WRITERS[kind]
    return download(write(labels, rows), media_type, name, kind)


def csv_bytes(labels: Sequence[str], rows: Rows) -> bytes:
    """Return a CSV document; see `csv_text`."""
    return csv_text(labels, rows).encode()


# --- a workbook


def xlsx_bytes(labels: Sequence[str], rows: Rows) -> bytes:
    """
    Return a workbook of one sheet: numbers, days and moments (in UTC) as such, all else as text.

    Text that a spreadsheet could run has an apostrophe in front, as in the CSV file: a cell is
    text here, and stays so when somebody saves the sheet as CSV.
    """
    out = io.BytesIO()
    # Rows are written as they come and never held; nothing is guessed from what a text looks like.
    book = xlsxwriter.Workbook(out, {"constant_memory": True})
    book.set_properties({"created": _NO_DAY})
    bold = book.add_format({"bold": True})
    formats: dict[type[date], Any] = {
        datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
        date: book.add_format({"num_format": "yyyy-mm-dd"}),
    }
    sheet = book.add_worksheet("Rows")
    sheet.freeze_panes(1, 0)
    for column, label in enumerate(_with_zones(labels, rows)):
        sheet.set_column(column, column, min(40, max(12, len(label) + 2)))
        sheet.write_string(0, column, guarded(label), bold)
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            _write_cell(sheet, number, column, value, formats)
    book.close()
    return out.getvalue()


def _with_zones(labels: Sequence[str], rows: Rows) -> list[str]:
    """Return the labels; a column of moments says its zone, which cells of a workbook cannot."""
    moments = {n for row in rows for n, value in enumerate(row) if isinstance(value, datetime)}
    return [f"{label} (UTC)" if n in moments else label for n, label in enumerate(labels)]


def _write_cell(
    sheet: Any, row: int, column: int, value: Any, formats: Mapping[type[date], Any]
) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, datetime):
        naive = value.astimezone(UTC).replace(tzinfo=None)
        sheet.write_datetime(row, column, naive, formats[datetime])
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, formats[date])
    elif isinstance(value, int | float | Decimal | Fraction) and _is_exact(value):
        sheet.write_number(row, column, float(value))
    else:
        sheet.write_string(row, column, guarded(plain_text(value))[:LONGEST_CELL])


def _is_exact(value: float | Decimal | Fraction) -> bool:
    return abs(float(value)) <= EXACT_IN_A_CELL


# --- Parquet


def parquet_bytes(labels: Sequence[str], rows: Rows) -> bytes:
    """Return a Parquet file with typed columns; text is as it was stored, nothing guards it."""
    columns = [[row[n] for row in rows] for n in range(len(labels))]
    kinds = [parquet_type(column) for column in columns]
    texts = {f"c{n}": _texts(column, kinds[n]) for n, column in enumerate(columns)}
    chosen = ", ".join(
        f"CAST(c{n} AS {kind}) AS {_quoted(label)}"
        for n, (label, kind) in enumerate(zip(labels, kinds, strict=True))
    )
    with tempfile.TemporaryDirectory(prefix="tallystick-") as folder, connect() as connection:
        path = Path(folder) / "rows.parquet"
        connection.register("rows", texts | {"place": np.arange(len(rows))})
        connection.execute(
            f"COPY (SELECT {chosen} FROM rows ORDER BY place) "  # noqa: S608
            f"TO '{path}' (FORMAT parquet, COMPRESSION zstd)"
        )
        return path.read_bytes()


def parquet_type(column: Sequence[object]) -> str:
    """Return the narrowest type that holds every value of a column exactly; text if none does."""
    kinds = {_kind(value) for value in column if value is not None and value != ""}
    if len(kinds) == 1:
        (kind,) = kinds
        return kind if kind != "DECIMAL" else _decimal_type(column)
    if kinds == {"BIGINT", "DECIMAL"}:
        return _decimal_type(column)
    return "DOUBLE" if kinds and kinds <= {"BIGINT", "DECIMAL", "DOUBLE"} else "VARCHAR"


def _kind(value: object) -> str:
    if isinstance(value, bool):
        return "BOOLEAN"
    if isinstance(value, int):
        return "BIGINT" if abs(value) < 2**63 else "VARCHAR"
    if isinstance(value, Decimal):
        return "DECIMAL"
    if isinstance(value, float | Fraction):
        return "DOUBLE"
    if isinstance(value, datetime):
        return "TIMESTAMP WITH TIME ZONE"
    return "DATE" if isinstance(value, date) else "VARCHAR"


def _decimal_type(column: Sequence[object]) -> str:
    exponents = (value.as_tuple().exponent for value in column if isinstance(value, Decimal))
    places = max((-each for each in exponents if isinstance(each, int)), default=0)
    return f"DECIMAL(38, {max(places, 0)})" if places <= 18 else "DOUBLE"


def _texts(column: Sequence[object], kind: str) -> Any:
    absent = (None,) if kind == "VARCHAR" else (None, "")
    found = [None if value in absent else plain_text(value) for value in column]
    return np.array(found, dtype=object)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


_WRITERS: Mapping[FileKind, tuple[str, Callable[[Sequence[str], Rows], bytes]]] = {
    FileKind.CSV: ("text/csv; charset=utf-8", csv_bytes),
    FileKind.XLSX: (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        xlsx_bytes,
    ),
    FileKind.PARQUET: ("application/vnd.apache.parquet", parquet_bytes),
}
