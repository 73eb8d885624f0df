"""Outcomes -> one evidence row per item, as Parquet and CSV, and back to the rows of a window."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tallystick.engine.columnar import connect
from tallystick.engine.service_levels.outcomes import (
    ITEM_VERDICTS,
    REASONS,
    ItemVerdict,
    Outcomes,
    Reason,
)
from tallystick.engine.service_levels.windows import Window
from tallystick.engine.spreadsheets import guarded
from tallystick.engine.values import FOREVER

# An instant that never comes is an empty cell; `limit` and `window` are words of SQL.
_SELECT = """
    SELECT id, cycle, to_timestamp(opened) AS opened,
           CASE WHEN due < {forever} THEN to_timestamp(due) END AS due,
           CASE WHEN first_due < {forever} THEN to_timestamp(first_due) END AS first_due,
           CASE WHEN done < {forever} THEN to_timestamp(done) END AS done,
           "limit" AS limit_seconds, counted AS counted_seconds, paused AS paused_seconds,
           elapsed AS elapsed_seconds, over AS over_seconds, value / 1000000 AS value,
           verdict, reason, odd, nullif("window", '') AS "window",
           nullif(last_window, '') AS last_window
    FROM rows
"""
_PAGE = """
    SELECT id, cycle, epoch(opened)::BIGINT, epoch(due)::BIGINT, epoch(first_due)::BIGINT,
           epoch(done)::BIGINT, limit_seconds, counted_seconds, paused_seconds, elapsed_seconds,
           over_seconds, value, verdict, reason, odd
    FROM read_parquet(?) WHERE {where}
    ORDER BY over_seconds DESC, id, cycle LIMIT ? OFFSET ?
"""


@dataclass(frozen=True, slots=True)
class ItemEvidence:
    """
    What became of one item, or of one of its cycles, under one service level.

    Instants are whole seconds UTC, None where there is none; durations are working seconds, but
    for `elapsed`, round the clock. `over` is negative if the limit was kept. `odd` are flags.
    """

    id: str
    cycle: int
    opened: int
    due: int | None
    first_due: int | None
    done: int | None
    limit: int
    counted: int
    paused: int
    elapsed: int
    over: int
    value: float
    verdict: ItemVerdict
    reason: Reason
    odd: int


def write_evidence(outcomes: Outcomes, windows: Sequence[Window], path: Path) -> None:
    """
    Write one row per item to `path` (`.parquet` or `.csv`), sorted by id.

    Columns: id, cycle, opened, due, first_due, done (instants, UTC), limit_seconds,
    counted_seconds, paused_seconds, elapsed_seconds, over_seconds, value, verdict, reason, odd,
    window, last_window.
    """
    rows = _columns(outcomes, windows)
    if path.suffix == ".csv":
        rows["id"] = np.array([guarded(each) for each in rows["id"]], dtype=object)
    path.parent.mkdir(parents=True, exist_ok=True)
    kind = "csv, header" if path.suffix == ".csv" else "parquet, compression zstd"
    # A half-written file never bears the name that readers look for.
    draft = path.with_name(path.name + ".draft")
    with connect() as connection:
        connection.register("rows", rows)
        connection.execute(
            f"COPY ({_SELECT.format(forever=FOREVER)} ORDER BY id, cycle) "
            f"TO '{_quoted(draft)}' (FORMAT {kind})"
        )
    draft.replace(path)


def read_evidence(
    path: Path,
    *,
    window: str | None = None,
    since: str | None = None,
    verdict: ItemVerdict | None = None,
    item: str | None = None,
    size: int = 50,
    offset: int = 0,
) -> list[ItemEvidence]:
    """
    Return evidence rows, those furthest over their limit first.

    `path` is a file, or a directory of the parts of one. An item that is carried forward belongs
    to each window from its first to its last. Of a rolling window, `since` is the first of the
    periods that it is made of.
    """
    chosen = {"verdict = ?": verdict, "id = ?": item}
    where = [condition for condition, value in chosen.items() if value is not None]
    values: list[Any] = [str(value) for value in chosen.values() if value is not None]
    if window is not None:
        # The names of the windows of one kind sort as the windows do.
        where.append('"window" <= ? AND ? <= last_window')
        values += [window, since or window]
    source = str(path / "*.parquet") if path.is_dir() else str(path)
    with connect() as connection:
        found = connection.execute(
            _PAGE.format(where=" AND ".join(where) or "true"), [source, *values, size, offset]
        ).fetchall()
    return [_item(*row) for row in found]


def _item(*row: Any) -> ItemEvidence:
    *figures, verdict, reason, odd = row
    outcome: tuple[Any, ...] = (ItemVerdict(verdict), Reason(reason), odd)
    return ItemEvidence(*figures, *outcome)


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _columns(outcomes: Outcomes, windows: Sequence[Window]) -> dict[str, NDArray[Any]]:
    # The last entry answers for NO_WINDOW, which is -1.
    names = np.array([window.text for window in windows] + [""], dtype=object)
    same = (
        "cycle", "opened", "due", "first_due", "done", "limit", "counted", "paused", "elapsed",
        "over", "value",
    )  # fmt: skip
    return {
        "id": np.array([*outcomes.names(), None], dtype=object)[:-1],
        **{name: getattr(outcomes, name) for name in same},
        "verdict": np.array(ITEM_VERDICTS, dtype=object)[outcomes.verdict],
        "reason": np.array(REASONS, dtype=object)[outcomes.reason],
        "odd": outcomes.flags,
        "window": names[outcomes.window],
        "last_window": names[outcomes.last_window],
    }
