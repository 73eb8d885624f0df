"""Changes -> one Parquet file, written by DuckDB; `newest` reads it."""

from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from tallystick.engine.intake.changes import UNCHANGED_STATE, Changes
from tallystick.engine.intake.spans import ends_of, states_of
from tallystick.engine.values import STATES, Coded

PREFIX = "attribute_"
"""What the columns of attributes are named with."""


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
    } | {PREFIX + name: _texts(column) for name, column in changes.attributes.items()}


def _texts(column: Coded) -> NDArray[np.object_]:
    values = np.array([*column.values, None], dtype=object)
    return values[column.codes]
