"""The intervals of availability -> one evidence row each, as Parquet and CSV."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tallystick.engine.columnar import connect
from tallystick.engine.service_levels.availability.working import AvailabilityWorking
from tallystick.engine.spreadsheets import guarded

_TEXTS = ("window", "kind", "component", "why", "origin")
_NUMBERS = ("since", "until", "line", "last_line", "up", "down", "excused", "unmeasured")
_SELECT = """
    SELECT "window", to_timestamp(since) AS since, to_timestamp(until) AS until, kind,
           nullif(component, '') AS component, why, line, last_line, nullif(origin, '') AS origin,
           up, down, excused, unmeasured
    FROM rows
"""


def write_intervals(workings: Iterable[AvailabilityWorking], path: Path) -> None:
    """
    Write one row per interval to `path` (`.parquet` or `.csv`), window by window.

    Columns: window, since, until (instants, UTC), kind, component, why, line, last_line, origin,
    and the four parts of the figure in seconds, or in seconds times users.
    """
    is_csv = path.suffix == ".csv"
    kind = "csv, header" if is_csv else "parquet, compression zstd"
    path.parent.mkdir(parents=True, exist_ok=True)
    with connect() as connection:
        connection.register("rows", _columns(workings, is_csv))
        target = str(path).replace("'", "''")
        connection.execute(f"COPY ({_SELECT}) TO '{target}' (FORMAT {kind})")


def _columns(workings: Iterable[AvailabilityWorking], guard: bool) -> dict[str, NDArray[Any]]:
    rows = [(shown.figure.window, each) for shown in workings for each in shown.intervals]
    columns: dict[str, NDArray[Any]] = {
        name: np.array([getattr(each, name) for _, each in rows], dtype=np.int64)
        for name in _NUMBERS
    }
    for name in _TEXTS:
        texts = [window if name == "window" else str(getattr(each, name)) for window, each in rows]
        texts = [guarded(text) for text in texts] if guard else texts
        columns[name] = np.array([*texts, None], dtype=object)[:-1]
    return columns
