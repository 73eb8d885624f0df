"""Changes <-> one Parquet file, written and read by DuckDB."""

from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from tallystick.engine.intake.changes import UNCHANGED_STATE, Changes
from tallystick.engine.intake.spans import ends_of, states_of
from tallystick.engine.values import STATES, Coded, State

_PREFIX = "attribute_"


def connect() -> duckdb.DuckDBPyConnection:
    """Open an in-memory database that fetches nothing, thinks in UTC and uses one thread."""
    settings: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }
    connection = duckdb.connect(":memory:", config=settings)
    connection.execute("set TimeZone = 'UTC'")
    # One thread writes rows in the order given, so equal changes make equal files.
    connection.execute("set threads = 1")
    return connection


def write_changes(connection: duckdb.DuckDBPyConnection, changes: Changes, path: Path) -> None:
    """
    Write changes as a Parquet file that explains itself.

    Columns: item (position), id, sequence (order of the rows of an item), since, until (whole
    seconds since 1970 UTC), state (in force after the row), stated (false: the row left the
    state as it was), line, origin, and attribute_NAME for each attribute.
    """
    connection.register("changes", _columns(changes))
    connection.sql("select * from changes").write_parquet(str(path), compression="zstd")
    connection.unregister("changes")


def _columns(changes: Changes) -> dict[str, NDArray[Any]]:
    first = np.searchsorted(changes.item, changes.item, side="left")
    return {
        "item": changes.item,
        "id": np.array(changes.ids, dtype=object)[changes.item],
        "sequence": np.arange(len(changes), dtype=np.int64) - first,
        "since": changes.at,
        "until": ends_of(changes),
        "state": np.array(STATES, dtype=object)[states_of(changes)],
        "stated": changes.state != UNCHANGED_STATE,
        "line": changes.line,
        "origin": _texts(changes.origin),
    } | {_PREFIX + name: _texts(column) for name, column in changes.attributes.items()}


def _texts(column: Coded) -> NDArray[np.object_]:
    values = np.array([*column.values, None], dtype=object)
    return values[column.codes]


def read_changes(connection: duckdb.DuckDBPyConnection, path: Path) -> Changes:
    """Return the changes that `write_changes` wrote, equal in every column."""
    table = connection.read_parquet(str(path))
    texts = ["origin", *(name for name in table.columns if name.startswith(_PREFIX))]
    values = {name: _distinct(table, name) for name in ["state", *texts]}
    codes = [_code(connection, name, values[name]) for name in texts]
    state = _code(connection, "state", values["state"])
    asked = ", ".join(["item", "since", "line", "stated", state, *codes])
    columns = table.project(asked).fetchnumpy()
    place = np.array([STATES.index(State(value)) for value in values["state"]], dtype=np.int8)
    coded = {name: Coded(columns[name], values[name]) for name in texts}
    return Changes(
        item=columns["item"],
        at=columns["since"],
        state=np.where(columns["stated"], place[columns["state"]], UNCHANGED_STATE).astype(np.int8),
        line=columns["line"],
        origin=coded.pop("origin"),
        ids=tuple(name for _, name in _ids(table)),
        attributes={name.removeprefix(_PREFIX): column for name, column in coded.items()},
    )


def _ids(table: duckdb.DuckDBPyRelation) -> list[tuple[int, str]]:
    return table.project("item, id").distinct().order("item").fetchall()


def _distinct(table: duckdb.DuckDBPyRelation, name: str) -> tuple[str, ...]:
    rows = table.project(f'"{name}"').distinct().fetchall()
    return tuple(sorted(value for (value,) in rows if value is not None))


def _code(connection: duckdb.DuckDBPyConnection, name: str, values: tuple[str, ...]) -> str:
    """Return the expression of a text column as its place in `values`; -1 where it is empty."""
    if not values:
        return f'-1::integer as "{name}"'
    # An enum turns texts to numbers inside DuckDB; in Python that costs more than all the rest.
    connection.register("dictionary", {"value": np.array(values, dtype=object)})
    connection.execute(f'drop type if exists "code_{name}"')
    connection.execute(
        f'create temp type "code_{name}" as enum (select value from dictionary order by value)'  # noqa: S608  (names are checked)
    )
    connection.unregister("dictionary")
    return f'coalesce(enum_code("{name}"::"code_{name}")::integer, -1) as "{name}"'
