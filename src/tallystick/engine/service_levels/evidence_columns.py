"""Evidence on disk -> outcomes as columns again, for queues, forecasts and distributions."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tallystick.engine.columnar import connect
from tallystick.engine.service_levels.outcomes import (
    ITEM_VERDICTS,
    NO_WINDOW,
    REASONS,
    Outcomes,
    Reason,
)
from tallystick.engine.service_levels.windows import Window
from tallystick.engine.values import FOREVER

_SELECT = """
    SELECT id, cycle, epoch(opened)::BIGINT AS opened,
           coalesce(epoch(due)::BIGINT, {forever}) AS due,
           coalesce(epoch(first_due)::BIGINT, {forever}) AS first_due,
           coalesce(epoch(done)::BIGINT, {forever}) AS done,
           limit_seconds AS "limit", counted_seconds AS counted, paused_seconds AS paused,
           elapsed_seconds AS elapsed, over_seconds AS over,
           round(value * 1000000)::BIGINT AS value, odd AS flags,
           list_position({verdicts}, verdict) - 1 AS verdict,
           list_position({reasons}, reason) - 1 AS reason,
           coalesce("window", '') AS "window", coalesce(last_window, '') AS last_window
    FROM read_parquet(?) ORDER BY id, cycle
"""
_UNTIMED = tuple(map(REASONS.index, (Reason.NO_LIMIT, Reason.NO_DUE_DATE)))
_KINDS: dict[str, Any] = {
    "cycle": np.int32, "verdict": np.int8, "reason": np.int8, "flags": np.int16,
}  # fmt: skip


def read_outcomes(path: Path, windows: Sequence[Window]) -> Outcomes:
    """
    Return the outcomes that `write_evidence` wrote with the same windows, sorted by id.

    Which entry of the targets an item fell under is not part of the evidence: `rule` is 0 where
    the item has a limit or a due instant, and -1 where it has none. `path` is a file, or a
    directory of the parts of one.

    Raises:
        FileNotFoundError: if there is no such evidence.
    """
    if not path.exists():
        raise FileNotFoundError(path)
    columns = _read(path)
    names = columns.pop("id")
    # Cycles of one item lie side by side, and share its id.
    first = np.ones(len(names), dtype=np.bool_)
    first[1:] = names[1:] != names[:-1]
    places = {window.text: place for place, window in enumerate(windows)} | {"": NO_WINDOW}
    same = {
        name: columns[name].astype(_KINDS.get(name, np.int64))
        for name in columns
        if name not in {"window", "last_window"}
    }
    timed = (same["limit"] > 0) | (same["due"] < FOREVER)
    rule = np.where(timed & ~np.isin(same["reason"], _UNTIMED), 0, -1).astype(np.int16)
    return Outcomes(
        ids=tuple(names[first].tolist()),
        item=np.cumsum(first) - 1,
        rule=rule,
        window=_places(columns["window"], places),
        last_window=_places(columns["last_window"], places),
        **same,
    )


def _read(path: Path) -> dict[str, NDArray[Any]]:
    source = str(path / "*.parquet") if path.is_dir() else str(path)
    query = _SELECT.format(
        forever=FOREVER,
        verdicts=[str(each) for each in ITEM_VERDICTS],
        reasons=[str(each) for each in REASONS],
    )
    with connect() as connection:
        found: dict[str, NDArray[Any]] = connection.execute(query, [source]).fetchnumpy()
    return {name: np.ma.getdata(column) for name, column in found.items()}


def _places(names: NDArray[Any], places: dict[str, int]) -> NDArray[np.int32]:
    known, which = np.unique(names.astype(str), return_inverse=True)
    return np.asarray([places.get(name, NO_WINDOW) for name in known], dtype=np.int32)[which]
