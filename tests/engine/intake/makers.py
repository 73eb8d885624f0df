"""Small files and mappings for the tests of intake; name only what a test is about."""

import gzip
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import openpyxl

from tallystick.engine.intake import (
    Changes,
    Limits,
    Mapping,
    Reading,
    read_mapping,
    read_service_data,
)
from tallystick.engine.values import STATES, Spans, moment

STATES_OF_LOG = {"open": "new", "work": "in-progress", "wait": "on-hold", "done": "resolved"}
HEADER = "id,at,state\n"
ROWS = """\
B,2025-01-02T03:00:00,open
A,2025-01-02T03:00:00,note
A,2025-01-02T05:00:00,work
A,2025-01-02T05:00:00,wait
C,2025-01-02T03:00:00,open
C,2025-01-02T09:00:00,done
"""


def a_log_mapping(**changes: Any) -> Mapping:
    """Return the mapping of an event log with the columns id, at and state."""
    usual = {
        "mapping": 1,
        "shape": "event-log",
        "source": "desk",
        "columns": {"item": "id", "at": "at", "state": "state"},
        "time": {"zone": "UTC"},
        "states": {**STATES_OF_LOG, "note": "same"},
    }
    return read_mapping(usual | changes)


def an_item_mapping(*columns: str, **changes: Any) -> Mapping:
    """Return the mapping of an item table; each column is named as its meaning."""
    usual = {
        "mapping": 1,
        "shape": "item-table",
        "source": "desk",
        "columns": {"item": "id", **{name: name for name in columns}},
        "time": {"zone": "UTC"},
    }
    return read_mapping(usual | changes)


def a_file(folder: Path, content: str | bytes, name: str = "data.csv") -> Path:
    """Write a file; text becomes UTF-8 with its line ends as they are."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def a_packed_file(folder: Path, content: bytes, name: str = "data.csv.gz") -> Path:
    """Write a file compressed with gzip."""
    return a_file(folder, gzip.compress(content), name)


def a_workbook(folder: Path, rows: list[list[Any]], name: str = "data.xlsx") -> Path:
    """Write a workbook with one sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    path = folder / name
    book.save(path)
    return path


def read_log(folder: Path, rows: str, **changes: Any) -> Reading:
    """Read an event log given as text below the usual header."""
    return read_service_data(a_file(folder, HEADER + rows), a_log_mapping(**changes))


def histories(reading: Reading) -> dict[str, list[tuple[str, str]]]:
    """Return each item's accepted changes as (time, state) texts; "same" where it names none."""
    changes = reading.changes
    found: dict[str, list[tuple[str, str]]] = {name: [] for name in changes.ids}
    rows = zip(changes.item.tolist(), changes.at.tolist(), changes.state.tolist(), strict=True)
    for item, at, state in rows:
        name = STATES[state].value if state >= 0 else "same"
        found[changes.ids[item]].append((moment(at).strftime("%Y-%m-%dT%H:%M:%S"), name))
    return found


def reasons(reading: Reading) -> list[tuple[int, str, str]]:
    """Return line, code and column of each rejected row."""
    return [(row.line, row.reason.code, row.reason.column) for row in reading.rejected]


TIGHT = Limits(max_bytes=2**20, max_rows=10, max_cells=20, max_columns=10, free_bytes=2**16)


def some_changes(folder: Path, rows: str = ROWS) -> Changes:
    """Return the changes of an event log; by default those of the items A, B and C."""
    return read_log(folder, rows).changes


def rows_by_item(spans: Spans) -> dict[str, list[tuple[int, ...]]]:
    """Return the rows of each item, without regard to the order of the items."""
    found: dict[str, list[tuple[int, ...]]] = {}
    columns = (spans.item, spans.since, spans.until, spans.state, spans.line)
    for item, *rest in zip(*(column.tolist() for column in columns), strict=True):
        found.setdefault(spans.ids[item], []).append(tuple(rest))
    return found


def a_parquet(folder: Path, columns: str, name: str = "data.parquet") -> Path:
    """Write a Parquet file from a DuckDB query."""
    path = folder / name
    duckdb.sql(columns).write_parquet(str(path))
    return path


def as_parquet(csv: Path) -> Path:
    """Write the rows of a CSV file as Parquet; every column is text, empty cells are null."""
    path = csv.with_suffix(".parquet")
    duckdb.read_csv(str(csv), header=True, all_varchar=True).write_parquet(str(path))
    return path


def same_changes(one: Changes, other: Changes) -> bool:
    """Tell whether two sets of changes are equal in every column."""
    plain = all(
        np.array_equal(getattr(one, name), getattr(other, name))
        and getattr(one, name).dtype == getattr(other, name).dtype
        for name in ("item", "at", "state", "line")
    )
    rows = range(len(one))
    texts = [(one.attributes[name], other.attributes[name]) for name in one.attributes]
    told = all(mine.text(row) == yours.text(row) for mine, yours in texts for row in rows)
    return plain and told and one.ids == other.ids and {*one.attributes} == {*other.attributes}
