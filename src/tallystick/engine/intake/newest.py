"""Parquet files of several imports -> the changes of their items, the newest import of each."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
from numpy.typing import NDArray

from tallystick.engine.intake.changes import UNCHANGED_STATE, Changes, no_changes
from tallystick.engine.intake.stored import PREFIX
from tallystick.engine.values import STATES, Coded, State

# All files are read by one statement: a statement costs more than a small file.
_ROWS = """
create or replace temp table change as
select file_index as file, item, sequence, since, line, stated, state, {texts},
    case when sequence = 0 then id end as id
from read_parquet(?, union_by_name = true) as stored
where {condition}
"""

_NEWEST = """
create or replace temp table newest as
select row_number() over (order by id) - 1 as place, id, file, item
from (
    select id, max(file) as file, arg_max(item, file) as item
    from change where sequence = 0 group by id
)
"""

_COLUMNS = """
select place, sequence, since, line, stated, {codes}
from change join newest using (file, item)
"""

_ENUM = """
create or replace temp type "code_{name}" as enum (
    select distinct "{name}" from change where "{name}" is not null order by "{name}"
)
"""

_CODE = 'coalesce(enum_code("{name}"::"code_{name}")::integer, -1) as "{name}"'


@dataclass(frozen=True, slots=True)
class Part:
    """Which items are read: those of one of `count` buckets, or of some ids, or all."""

    bucket: int = 0
    count: int = 1
    ids: Collection[str] | None = None


def read_newest(
    connection: duckdb.DuckDBPyConnection, files: Sequence[Path], part: Part
) -> Changes:
    """
    Return the changes of files that `write_changes` wrote, oldest first, of one source.

    The last file that contains an item has all its rows. The attributes are those of all files,
    in the order of their names.
    """
    if not files:
        return no_changes()
    _load(connection, files, part)
    names = _text_columns(connection)
    values = _dictionaries(connection, ["state", "origin", *names])
    codes = ", ".join(_CODE.format(name=name) for name in values)
    columns = connection.execute(_COLUMNS.format(codes=codes)).fetchnumpy()
    # A join promises no order.
    rows = np.lexsort((columns["sequence"], columns["place"]))
    coded = {name: Coded(columns[name][rows], found) for name, found in values.items()}
    return Changes(
        item=columns["place"][rows],
        at=columns["since"][rows],
        state=_states(coded.pop("state"), columns["stated"][rows]),
        line=columns["line"][rows],
        origin=coded.pop("origin"),
        ids=tuple(
            name
            for (name,) in connection.execute("select id from newest order by place").fetchall()
        ),
        attributes={name.removeprefix(PREFIX): column for name, column in coded.items()},
    )


def _load(connection: duckdb.DuckDBPyConnection, files: Sequence[Path], part: Part) -> None:
    paths = [str(path) for path in files]
    conditions = ["true"]
    if part.count > 1:
        conditions.append(f"md5_number_lower(id) % {part.count:d} = {part.bucket:d}")
    if part.ids is not None:
        wanted = np.array([*part.ids, None], dtype=object)
        connection.register("wanted", {"id": wanted})
        conditions.append("id in (select id from wanted where id is not null)")
    texts = f"columns('^(origin|{PREFIX}.*)$')::varchar"
    statement = _ROWS.format(texts=texts, condition=" and ".join(conditions))
    connection.execute(statement, [paths])
    connection.execute(_NEWEST)


def _text_columns(connection: duckdb.DuckDBPyConnection) -> list[str]:
    names = [column[0] for column in connection.execute("from change limit 0").description or ()]
    return sorted(name for name in names if name.startswith(PREFIX))


def _dictionaries(
    connection: duckdb.DuckDBPyConnection, names: Sequence[str]
) -> dict[str, tuple[str, ...]]:
    """Make an enum of the texts of each column, and return them in order."""
    # An enum turns texts to numbers inside DuckDB; in Python that costs more than all the rest.
    for name in names:
        connection.execute(_ENUM.format(name=name))
    ranges = ", ".join(f'enum_range(null::"code_{name}")' for name in names)
    (row,) = connection.execute(f"select {ranges}").fetchall()
    return {name: tuple(values) for name, values in zip(names, row, strict=True)}


def _states(column: Coded, stated: NDArray[np.bool_]) -> NDArray[np.int8]:
    place = np.array([STATES.index(State(value)) for value in column.values], dtype=np.int8)
    return np.where(stated, place[column.codes], UNCHANGED_STATE).astype(np.int8)
