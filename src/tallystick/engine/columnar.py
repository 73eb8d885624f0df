"""The in-memory DuckDBs of a process; each user works on a cursor of its own."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import duckdb

_Settings = dict[str, str | bool | int | float | list[str]]

_SETTINGS: _Settings = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    # One thread writes rows in the order given, so equal rows make equal files.
    "threads": 1,
}
_SPILLING: _Settings = {
    # What is larger goes to disk, but for the rows that wait until their file of many is written.
    "memory_limit": "400MB",
    "partitioned_write_flush_threshold": 50_000,
}


@lru_cache(maxsize=2)
def _database(process: int, purpose: str) -> duckdb.DuckDBPyConnection:
    # Opening one costs some 20 ms, a cursor a quarter of one. A forked child opens its own.
    database = duckdb.connect(":memory:", config=_SETTINGS)
    database.execute("SET GLOBAL TimeZone = 'UTC'")
    return database


def connect() -> duckdb.DuckDBPyConnection:
    """Open a cursor that fetches nothing from anywhere and thinks in UTC; close it after use."""
    return _cursor("ours")


@contextmanager
def connect_apart() -> Iterator[duckdb.DuckDBPyConnection]:
    """
    Open a cursor like `connect`, to read what strangers wrote.

    A file can be altered so that DuckDB gives up a whole database. It is then one that nothing
    else uses, and the next reader gets another.
    """
    try:
        with _cursor("strangers") as cursor:
            yield cursor
    except (duckdb.InternalException, duckdb.FatalException):
        _database.cache_clear()
        raise


@contextmanager
def connect_spilling(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a database like that of `connect_apart`, for more than memory holds."""
    settings = _SETTINGS | _SPILLING | {"temp_directory": str(folder)}
    with duckdb.connect(":memory:", config=settings) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        yield connection


def _cursor(purpose: str) -> duckdb.DuckDBPyConnection:
    return _database(os.getpid(), purpose).cursor()
