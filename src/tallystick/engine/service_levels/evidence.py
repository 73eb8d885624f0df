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
    SELECT id, to_timestamp(opened) AS opened,
           CASE WHEN due < {forever} THEN to_timestamp(due) END AS due,
           CASE WHEN done < {forever} THEN to_timestamp(done) END AS done,
           "limit" AS limit_seconds, counted AS counted_seconds, paused AS paused_seconds,
           verdict, reason, nullif("window", '') AS "window"
    FROM rows
"""
_PAGE = """
    SELECT id, epoch(opened)::BIGINT, epoch(due)::BIGINT, epoch(done)::BIGINT,
           limit_seconds, counted_seconds, paused_seconds, verdict, reason
    FROM read_parquet(?) WHERE {where}
    ORDER BY counted_seconds - limit_seconds DESC, id LIMIT ? OFFSET ?
"""


@dataclass(frozen=True, slots=True)
class ItemEvidence:
    """
    What became of one item under one service level.

    Instants are whole seconds UTC, None where there is none; durations are working seconds.
    """

    id: str
    opened: int
    due: int | None
    done: int | None
    limit: int
    counted: int
    paused: int
    verdict: ItemVerdict
    reason: Reason

    @property
    def over(self) -> int:
        """Return by how many working seconds the limit was exceeded; negative if kept."""
        return self.counted - self.limit


def write_evidence(outcomes: Outcomes, windows: Sequence[Window], path: Path) -> None:
    """
    Write one row per item to `path` (`.parquet` or `.csv`), sorted by id.

    Columns: id, opened, due, done (instants, UTC), limit_seconds, counted_seconds,
    paused_seconds, verdict, reason, window.
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
            f"COPY ({_SELECT.format(forever=FOREVER)} ORDER BY id) "
            f"TO '{_quoted(draft)}' (FORMAT {kind})"
        )
    draft.replace(path)


def read_evidence(
    path: Path,
    *,
    window: str | None = None,
    verdict: ItemVerdict | None = None,
    item: str | None = None,
    size: int = 50,
    offset: int = 0,
) -> list[ItemEvidence]:
    """Return evidence rows, those furthest over their limit first."""
    chosen = {"window": window, "verdict": verdict, "id": item}
    where = [f'"{name}" = ?' for name, value in chosen.items() if value is not None]
    values: list[Any] = [str(value) for value in chosen.values() if value is not None]
    with connect() as connection:
        found = connection.execute(
            _PAGE.format(where=" AND ".join(where) or "true"), [str(path), *values, size, offset]
        ).fetchall()
    return [_item(*row) for row in found]


def _item(
    id_: str,
    opened: int,
    due: int | None,
    done: int | None,
    limit: int,
    counted: int,
    paused: int,
    verdict: str,
    reason: str,
) -> ItemEvidence:
    outcome = ItemVerdict(verdict), Reason(reason)
    return ItemEvidence(id_, opened, due, done, limit, counted, paused, *outcome)


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _columns(outcomes: Outcomes, windows: Sequence[Window]) -> dict[str, NDArray[Any]]:
    # The last entry answers for NO_WINDOW, which is -1.
    names = np.array([window.text for window in windows] + [""], dtype=object)
    return {
        "id": np.array(outcomes.ids, dtype=object)[outcomes.item],
        "opened": outcomes.opened,
        "due": outcomes.due,
        "done": outcomes.done,
        "limit": outcomes.limit,
        "counted": outcomes.counted,
        "paused": outcomes.paused,
        "verdict": np.array(ITEM_VERDICTS, dtype=object)[outcomes.verdict],
        "reason": np.array(REASONS, dtype=object)[outcomes.reason],
        "window": names[outcomes.window],
    }
