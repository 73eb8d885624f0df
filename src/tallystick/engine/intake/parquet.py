"""A Parquet file -> its columns by name, and its rows as text; checked before it is read."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from tallystick.engine.columnar import connect_apart
from tallystick.engine.intake.files import DamagedFile, UnpacksTooFar, open_bytes, too_large
from tallystick.engine.intake.limits import Limits
from tallystick.engine.intake.text import NulInText, Row
from tallystick.engine.refusals import Refusal

# Old writers do not mark their texts as such; folders named key=value are no columns of ours.
_SCAN = "read_parquet('{path}', binary_as_string = true, hive_partitioning = false)"
_SIZES = """
select coalesce(sum(total_uncompressed_size), 0)::bigint from parquet_metadata(?)
"""
_ROWS = "select num_rows from parquet_file_metadata(?)"
_NUMBERED = "select row_number() over () + 1 as line, {cells} from {scan}"
_SOME_LINES = "select * from ({numbered}) where line in (select unnest(?::bigint[]))"
_AT_ONCE = 4_096

_TEXT_OF: Mapping[str, str] = {
    "VARCHAR": "{name}",
    "BOOLEAN": "upper({name}::varchar)",
    **dict.fromkeys(
        ("FLOAT", "DOUBLE"),
        "case when {name} = trunc({name}) and abs({name}) < 1e15 "
        "then {name}::bigint::varchar else {name}::varchar end",
    ),
    **dict.fromkeys(
        ("TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS", "TIMESTAMP WITH TIME ZONE"),
        "replace({name}::varchar, ' ', 'T')",
    ),
}
_ZONED = ("TIMESTAMP WITH TIME ZONE",)
_CLOCKS = ("TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS", *_ZONED)


class PackedParquet(Refusal):
    """The Parquet file is compressed as a whole; its columns are compressed already."""

    code = "intake.packed-parquet"


@dataclass(frozen=True, slots=True)
class ParquetColumn:
    """A column as the file declares it."""

    name: str
    kind: str

    @property
    def text(self) -> str:
        """Return the expression for the column's cells as text."""
        return _TEXT_OF.get(self.kind, "{name}::varchar").format(name=self._quoted)

    @property
    def is_clock(self) -> bool:
        """Tell whether the cells are points in time, not texts."""
        return self.kind in _CLOCKS

    @property
    def is_zoned(self) -> bool:
        """Tell whether the points in time are instants, not what a clock on the wall shows."""
        return self.kind in _ZONED

    @property
    def microseconds(self) -> str:
        """Return the expression for a point in time as microseconds since 1970."""
        return f"epoch_us({self._quoted}{'' if self.is_zoned else '::timestamp'})"

    @property
    def _quoted(self) -> str:
        return '"' + self.name.replace('"', '""') + '"'


@dataclass(frozen=True, slots=True)
class ParquetTable:
    """A Parquet file that keeps within the limits."""

    path: Path
    rows: int
    columns: tuple[ParquetColumn, ...]

    @property
    def header(self) -> tuple[str, ...]:
        """Return the names of the columns."""
        return tuple(column.name.strip() for column in self.columns)

    @property
    def scan(self) -> str:
        """Return the expression that reads the file."""
        return _scan(self.path)


def open_parquet(path: Path, limits: Limits) -> ParquetTable:
    """
    Look at a Parquet file's own table of contents.

    Raises:
        EmptyFile, DamagedFile, PackedParquet, TooLarge, UnpacksTooFar
    """
    with open_bytes(path, limits) as stream:
        stream.read(1)
    with path.open("rb") as start:
        if start.read(4) != b"PAR1":
            raise PackedParquet(
                "the Parquet file is compressed once more", remedy="Upload it as it was exported."
            )
    with readable(), connect_apart() as connection:
        (rows,) = connection.execute(_ROWS, [str(path)]).fetchone() or (0,)
        (size,) = connection.execute(_SIZES, [str(path)]).fetchone() or (0,)
        described = connection.execute(f"describe from {_scan(path)}").fetchall()
    columns = tuple(ParquetColumn(name, kind) for name, kind, *_ in described)
    _check(int(rows), int(size), len(columns), path.stat().st_size, limits)
    return ParquetTable(path, int(rows), columns)


def _scan(path: Path) -> str:
    return _SCAN.format(path=str(path).replace("'", "''"))


def _check(rows: int, size: int, width: int, packed: int, limits: Limits) -> None:
    if rows > limits.max_columnar_rows or width > limits.max_columns:
        raise too_large(limits)
    # Not `limits.unpacked`: that much is never in memory together.
    if size > max(limits.free_bytes, packed * limits.max_ratio):
        raise UnpacksTooFar(
            f"the file unpacks to more than {limits.max_ratio} times its size",
            remedy="Write it again with Parquet's usual compression.",
        )


def numbered(table: ParquetTable, cells: Mapping[str, str]) -> str:
    """
    Return the statement for some columns, by their names in the answer, and for `line`.

    The first row is said to be on line 2, as in a text file below its header.
    """
    named = ", ".join(f"{cell} as {name}" for name, cell in cells.items())
    return _NUMBERED.format(cells=named, scan=table.scan)


def parquet_rows(table: ParquetTable, lines: Collection[int] | None = None) -> Iterator[Row]:
    """
    Yield the rows as text, or those of some lines; an empty cell is an empty text.

    Raises:
        DamagedFile
    """
    cells = {f"c{place}": f"coalesce({each.text}, '')" for place, each in enumerate(table.columns)}
    statement, values = numbered(table, cells), []
    if lines is not None:
        statement, values = _SOME_LINES.format(numbered=statement), [sorted(lines)]
    with readable(), connect_apart() as connection:
        result = connection.execute(statement, values)
        while batch := result.fetchmany(_AT_ONCE):
            for line, *texts in batch:
                yield line, texts


@contextmanager
def readable() -> Iterator[None]:
    """
    Refuse a file that DuckDB cannot read as Parquet.

    Raises:
        DamagedFile
    """
    try:
        yield
    except duckdb.Error as problem:
        if isinstance(problem, duckdb.OutOfMemoryException) or "write" in str(problem):
            raise  # the fault is the machine's
        raise DamagedFile(
            "the Parquet file cannot be read: it is cut short or its bytes were altered",
            remedy="Export it again.",
        ) from problem


def refuse_nul(texts: Collection[str]) -> None:
    """
    Refuse texts with NUL characters, as in a text file.

    Raises:
        NulInText
    """
    if "\0" in "".join(texts):
        raise NulInText(
            "the text holds NUL characters",
            remedy="Look for a column of bytes that is no text, and export it as text.",
        )
