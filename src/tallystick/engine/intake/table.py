"""A file on disk -> a header and a stream of rows, whatever its format."""

import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tallystick.engine.intake.files import EmptyFile, Kind, TooLarge, head_of, kind_of
from tallystick.engine.intake.limits import Limits
from tallystick.engine.intake.mended import MENDED_COLUMNS
from tallystick.engine.intake.parquet import open_parquet, parquet_rows
from tallystick.engine.intake.text import Row, delimiter_of, encoding_of, text_rows
from tallystick.engine.intake.workbook import workbook_rows
from tallystick.engine.refusals import Refusal
from tallystick.engine.spreadsheets import unguarded

_LIKE_A_TIME = re.compile(r"\d{1,4}([-/.])\d{1,2}\1\d{1,4}([T ,]+\d{1,2}:\d{2}.*)?")
_LIKE_A_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)*")


class NoHeader(Refusal):
    """The first row does not name the columns."""

    code = "intake.no-header"


class NoRows(Refusal):
    """There is a header and nothing below it."""

    code = "intake.no-rows"


@dataclass(frozen=True, slots=True)
class RawTable:
    """
    A file opened for reading: its header, and its rows as they stand.

    `rows` is read once, in order; each row comes with the line it starts on (the first line of
    a file is 1). `mended` tells that the file is a list of rejected rows that came back: its two
    added columns and the guards against formulas are gone from header and rows.
    """

    header: tuple[str, ...]
    rows: Iterator[Row]
    kind: Kind
    encoding: str
    delimiter: str
    mended: bool


@contextmanager
def open_table(
    path: Path,
    *,
    limits: Limits | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
) -> Iterator[RawTable]:
    """
    Open a CSV file or an .xlsx workbook, plain or gzip, or a Parquet file; what is not named is
    guessed. A Parquet file's rows come as text here; `parquet_cells` reads its columns.

    Raises:
        EmptyFile, NoHeader, NoRows: if there is no table in it.
        Refusal: the other refusals of `files`, `text` and `workbook`, at once or while reading.
    """
    limits = limits or Limits()
    head = head_of(path, limits)
    kind = kind_of(head)
    encoding = encoding_of(head, encoding)
    if kind is Kind.WORKBOOK:
        delimiter = delimiter or ","
        rows = workbook_rows(path, limits, sheet)
    elif kind is Kind.PARQUET:
        delimiter = delimiter or ","
        rows = _parquet_table(path, limits)
    else:
        delimiter = delimiter or delimiter_of(head, encoding)
        rows = text_rows(path, limits, encoding, delimiter)
    with closing(rows):  # type: ignore[type-var]  # both are generators
        line, first = next(rows, (0, []))
        header = _checked_header(line, first, limits)
        mended = set(MENDED_COLUMNS) <= set(header)
        rows = _within(rows, len(header), limits)
        if kind is Kind.WORKBOOK:
            rows = _padded(rows, len(header))
        if mended:
            header, rows = _without_reasons(header, rows)
        yield RawTable(header, _not_empty(rows), kind, encoding, delimiter, mended)


def _parquet_table(path: Path, limits: Limits) -> Iterator[Row]:
    table = open_parquet(path, limits)
    yield 1, [*table.header]
    yield from parquet_rows(table)


def _checked_header(line: int, cells: list[str], limits: Limits) -> tuple[str, ...]:
    if not line:
        raise EmptyFile("the file holds no rows", remedy="Export it again and check its size.")
    if len(cells) > limits.max_columns:
        raise TooLarge(
            f"the file has {len(cells)} columns, more than {limits.max_columns}",
            place=f"line {line}",
            remedy="Export only the columns that are needed.",
        )
    names = tuple(cell.strip() for cell in cells)
    if _like_data(names):
        raise NoHeader(
            "the first row does not name the columns",
            place=f"line {line}",
            remedy="Add a first row with the name of each column.",
        )
    return names


def _like_data(names: tuple[str, ...]) -> bool:
    filled = [name for name in names if name]
    numbers = sum(_LIKE_A_NUMBER.fullmatch(name) is not None for name in filled)
    times = any(_LIKE_A_TIME.fullmatch(name) for name in filled)
    return times or 2 * numbers >= len(filled)


def _within(rows: Iterator[Row], width: int, limits: Limits) -> Iterator[Row]:
    most = min(limits.max_rows, limits.max_cells // width)
    for count, row in enumerate(rows, start=1):
        if count > most or len(row[1]) > limits.max_columns:
            raise TooLarge(
                f"the file has more than {most} rows or {limits.max_columns} columns",
                place=f"line {row[0]}",
                remedy="Export a shorter period, and upload the periods one after another.",
            )
        yield row


def _padded(rows: Iterator[Row], width: int) -> Iterator[Row]:
    for line, cells in rows:
        yield line, cells + [""] * (width - len(cells))


def _without_reasons(
    header: tuple[str, ...], rows: Iterator[Row]
) -> tuple[tuple[str, ...], Iterator[Row]]:
    added = {place for place, name in enumerate(header) if name in MENDED_COLUMNS}

    def original(cells: list[str]) -> list[str]:
        return [unguarded(cell) for place, cell in enumerate(cells) if place not in added]

    names = tuple(unguarded(name) for place, name in enumerate(header) if place not in added)
    return names, ((line, original(cells)) for line, cells in rows)


def _not_empty(rows: Iterator[Row]) -> Iterator[Row]:
    first = next(rows, None)
    if first is None:
        raise NoRows(
            "the file has a header and no rows below it",
            remedy="Check the filter or the period of the export.",
        )
    yield first
    yield from rows
