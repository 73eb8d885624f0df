"""A Parquet file -> cells as small integers, part by part; DuckDB reads, only values reach us."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from tallystick.engine.columnar import connect_apart, connect_spilling
from tallystick.engine.intake.columns import Cells, Clock, stripped
from tallystick.engine.intake.instants import telling_dates
from tallystick.engine.intake.manifest import usual_count
from tallystick.engine.intake.parquet import ParquetTable, numbered, readable, refuse_nul
from tallystick.engine.intake.plan import Plan
from tallystick.engine.intake.written import passing_folder
from tallystick.engine.values import Coded

ROWS_AT_ONCE = 1_000_000
"""About how many rows of a file are in memory together."""

# Each part's file keeps a group of rows in memory; these are the rows of all of them together.
_WAITING_ROWS = 2**18

# Items whose ids differ only in what `str.strip` drops are one item, so lie in one part.
_SPACES = "".join(chr(code) for code in range(0x3001) if chr(code).isspace())

_PART_OF = """
create or replace temp table part_of as
select text, md5_number_lower(
    case when unicode(text) between 33 and 132 and unicode(right(text, 1)) between 33 and 132
    then text else trim(text, ?) end
) % ? as part
from (select distinct {item} as text from ({source}) where {item} is not null)
"""
_PARTED = """
copy (select source.*, coalesce(part, 0)::integer as part
      from ({source}) as source left join part_of on source.{item} = part_of.text)
to ? (format parquet, compression snappy, row_group_size {group}, partition_by (part))
"""
_PART = "from read_parquet('{files}', hive_partitioning = false)"
_VALUES = """
create or replace temp table values_of_{name} as
select text, (row_number() over (order by text) - 1)::integer as code
from (select distinct {name} as text from ({source}) where {name} is not null)
"""
_DATES = """
select distinct {name} as text from ({source})
where regexp_matches({name}, '^\\s*\\d{{1,4}}[-/.]\\d{{1,2}}[-/.]\\d{{4}}')
"""
_TEXTS = "select text from values_of_{name} order by code"
_CODES = "select line, {columns} from ({source}) as source {joins}"
_JOIN = "left join values_of_{name} on source.{name} = values_of_{name}.text"


@dataclass(frozen=True, slots=True)
class _Wanted:
    """The columns that are read, by position: those of texts, and those of points in time."""

    table: ParquetTable
    item: int
    texts: tuple[int, ...]
    clocks: tuple[int, ...]
    written_times: tuple[int, ...]

    @property
    def source(self) -> str:
        """Return the statement that gives them from the file, named by position."""
        columns = self.table.columns
        cells = {_name(place): columns[place].text for place in self.texts}
        cells |= {_name(place): columns[place].microseconds for place in self.clocks}
        return numbered(self.table, cells)


def _name(place: int) -> str:
    return f"c{place}"


def _wanted(table: ParquetTable, plan: Plan) -> _Wanted:
    times = {place for place in plan.times.values() if table.columns[place].is_clock}
    # A column that is also read as something else is read as text for both.
    clocks = times - {plan.item, *plan.states, *plan.attributes.values(), *plan.others.values()}
    texts = plan.positions - clocks
    written = {*plan.times.values()} - clocks
    return _Wanted(table, plan.item, *(tuple(sorted(each)) for each in (texts, clocks, written)))


def parquet_cells(table: ParquetTable, plan: Plan, scratch: Path, at_once: int) -> Iterator[Cells]:
    """
    Give the mapped cells part by part, each in the order of the file, about `at_once` rows each.

    All rows of an item are in one part. The parts are a power of two and are those of
    `bucket_of`; a file of several is parted once, into a passing folder beside `scratch`.

    Raises:
        DamagedFile, NulInText
    """
    wanted = _wanted(table, plan)
    count = usual_count(table.rows, at_once)
    if count == 1:
        with readable(), connect_apart() as connection:
            yield _cells(connection, wanted, wanted.source)
        return
    with passing_folder(scratch) as folder:
        sources = _parted(wanted, count, folder)
        with readable(), connect_apart() as connection:
            dates = _dates(connection, wanted, sources)
            for source in sources:
                yield replace(_cells(connection, wanted, source), dates=dates)


def _parted(wanted: _Wanted, count: int, folder: Path) -> list[str]:
    """Part the columns into so many files by item; return the statement that reads each."""
    target = folder / "parts"
    named = {"item": _name(wanted.item), "source": wanted.source}
    with readable(), connect_spilling(folder) as connection:
        connection.execute(_PART_OF.format(**named), [_SPACES, count])
        group = max(_WAITING_ROWS // count, 2_048)
        connection.execute(_PARTED.format(**named, group=group), [str(target)])
    files = [str(part / "*.parquet").replace("'", "''") for part in target.iterdir()]
    return [_PART.format(files=each) for each in sorted(files)]


def _cells(connection: duckdb.DuckDBPyConnection, wanted: _Wanted, source: str) -> Cells:
    values = {place: _values(connection, _name(place), source) for place in wanted.texts}
    names = [_name(place) for place in wanted.texts]
    columns = [f"coalesce(values_of_{name}.code, -1) as {name}" for name in names]
    columns += [_name(place) for place in wanted.clocks]
    joins = " ".join(_JOIN.format(name=name) for name in names)
    statement = _CODES.format(columns=", ".join(columns), source=source, joins=joins)
    found = _in_file_order(connection.execute(statement).fetchnumpy())
    return Cells(
        columns={
            place: stripped(Coded(found[_name(place)], values[place])) for place in wanted.texts
        },
        lines=found["line"],
        clocks={
            place: _clock(found[_name(place)], wanted.table.columns[place].is_zoned)
            for place in wanted.clocks
        },
    )


def _in_file_order(columns: dict[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """Return the columns as the file has them; a join promises no order, but mostly keeps it."""
    if np.all(np.diff(columns["line"]) > 0):
        return columns
    rows = np.argsort(columns["line"])
    return {name: column[rows] for name, column in columns.items()}


def _dates(
    connection: duckdb.DuckDBPyConnection, wanted: _Wanted, sources: Sequence[str]
) -> dict[int, tuple[str, ...]]:
    """Return the texts that tell how the whole file writes dates."""
    dates: dict[int, tuple[str, ...]] = {}
    for place in wanted.written_times:
        for source in sources:
            statement = _DATES.format(name=_name(place), source=source)
            found = (text.strip() for (text,) in connection.execute(statement).fetchall())
            dates[place] = telling_dates([*dates.get(place, ()), *found])
    return dates


def _values(connection: duckdb.DuckDBPyConnection, name: str, source: str) -> tuple[str, ...]:
    connection.execute(_VALUES.format(name=name, source=source))
    texts = connection.execute(_TEXTS.format(name=name)).fetchnumpy()["text"].tolist()
    refuse_nul(texts)
    return tuple(texts)


def _clock(microseconds: NDArray[np.int64], zoned: bool) -> Clock:
    missing = np.ma.getmaskarray(microseconds)
    seconds = np.floor_divide(np.ma.getdata(microseconds), 1_000_000)
    return Clock(np.where(missing, 0, seconds), missing, zoned)
