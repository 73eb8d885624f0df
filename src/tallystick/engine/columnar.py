"""The in-memory DuckDBs of a process; each user works on a cursor of its own."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

import duckdb


@lru_cache(maxsize=2)
def _database(process: int, purpose: str) -> duckdb.DuckDBPyConnection:
    # Opening one costs some 20 ms, a cursor a quarter of one. A forked child opens its own.
    settings: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        # One thread writes rows in the order given, so equal rows make equal files.
        "threads": 1,
    }
    return duckdb.connect(":memory:", config=settings)


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


def _cursor(purpose: str) -> duckdb.DuckDBPyConnection:
    cursor = _database(os.getpid(), purpose).cursor()
    cursor.execute("SET TimeZone = 'UTC'")
    return cursor
