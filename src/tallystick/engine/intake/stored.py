"""The changes of one bucket <-> its files: rows of numbers, the items' ids, the other texts."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from tallystick.engine.intake.changes import UNCHANGED_STATE, Changes, stacked
from tallystick.engine.intake.columns import chosen, compact
from tallystick.engine.intake.ids import IdFile, StoredIds, write_ids
from tallystick.engine.intake.spans import ends_of, states_of
from tallystick.engine.values import Coded, Instants, Spans

PREFIX = "attribute_"
"""What the columns of attributes are named with."""

# Sorted numbers in the encodings of Parquet's second version are half as large, as fast to read.
_WRITE = "copy (from rows) to ? (format parquet, compression zstd, parquet_version v2)"
_READ = "select {names} from read_parquet(?, hive_partitioning = false)"

_ROWS = ("item", "since", "state")
_SOURCES = ("stated", "line")


@dataclass(frozen=True, slots=True)
class Wanted:
    """
    Which columns of stored rows are decoded: some attributes, or all if that is None.

    Without `sources`, `line` is 0, `origin` empty and `stated` true: enough for measuring, which
    asks for none of them.
    """

    attributes: Collection[str] | None = None
    sources: bool = True

    def has(self, column: str) -> bool:
        """Return whether a column of texts is decoded."""
        if not column.startswith(PREFIX):
            return self.sources
        return self.attributes is None or column.removeprefix(PREFIX) in self.attributes


EVERYTHING = Wanted()


@dataclass(frozen=True, slots=True)
class BucketFiles:
    """Where the parts of one bucket lie."""

    directory: Path
    bucket: int

    @property
    def rows(self) -> Path:
        """Return the file of rows."""
        return self.directory / f"bucket-{self.bucket:04d}.parquet"

    @property
    def ids(self) -> Path:
        """Return the file of ids."""
        return self.directory / f"bucket-{self.bucket:04d}.ids.parquet"

    @property
    def values(self) -> Path:
        """Return the file of the other texts."""
        return self.directory / f"bucket-{self.bucket:04d}.values.json"


@dataclass(frozen=True, slots=True)
class Stored:
    """
    Rows as the files of a bucket hold them: those of `Changes`, with the state in force.

    `stated` is false where a row left the state as it was. `first` and `last` bound the ids.
    """

    item: NDArray[np.int64]
    since: Instants
    state: NDArray[np.int8]
    stated: NDArray[np.bool_]
    line: NDArray[np.int64]
    origin: Coded
    attributes: Mapping[str, Coded]
    ids: StoredIds
    first: str
    last: str

    def __len__(self) -> int:
        return len(self.item)

    def changes(self) -> Changes:
        """Return the rows as the source told them."""
        return Changes(
            item=self.item,
            at=self.since,
            state=np.where(self.stated, self.state, UNCHANGED_STATE).astype(np.int8),
            line=self.line,
            origin=self.origin,
            ids=self.ids.texts(),
            attributes=self.attributes,
        )

    def spans(self) -> Spans:
        """Return the histories that the rows make; the ids stay in their files."""
        return Spans(
            item=self.item,
            since=self.since,
            until=ends_of(self.item, self.since),
            state=self.state,
            line=self.line,
            ids=self.ids,
            attributes=self.attributes,
            origin=self.origin,
        )

    def rows(self, rows: NDArray[np.int64]) -> "Stored":
        """Return some rows, whose items keep their numbers."""
        return replace(
            self,
            item=self.item[rows],
            since=self.since[rows],
            state=self.state[rows],
            stated=self.stated[rows],
            line=self.line[rows],
            origin=chosen(self.origin, rows),
            attributes={name: chosen(column, rows) for name, column in self.attributes.items()},
        )


def write_changes(connection: duckdb.DuckDBPyConnection, changes: Changes, to: BucketFiles) -> None:
    """
    Write the changes of a bucket, of which there are some.

    The rows, sorted by item, then time, then order in the source, are numbers only: item (the
    row of its id), since (seconds since 1970 UTC), state (position in STATES, in force after the
    row), stated (false: the row left the state as it was), line, and the codes of origin and of
    attribute_NAME (positions among the values; -1 is empty).
    """
    texts = {name: compact(column) for name, column in _texts(changes).items()}
    columns = {
        "item": changes.item.astype(np.int32),
        "since": changes.at,
        "state": states_of(changes),
        "stated": changes.state != UNCHANGED_STATE,
        "line": changes.line,
    }
    connection.register("rows", columns | {name: column.codes for name, column in texts.items()})
    connection.execute(_WRITE, [str(to.rows)])
    connection.unregister("rows")
    write_ids(connection, changes.ids, to.ids)
    values = {
        "first": changes.ids[0],
        "last": changes.ids[-1],
        "items": len(changes.ids),
        "values": {name: column.values for name, column in texts.items()},
    }
    to.values.write_text(json.dumps(values, indent=1) + "\n", encoding="utf-8")


def _texts(changes: Changes) -> dict[str, Coded]:
    attributes = {PREFIX + name: column for name, column in sorted(changes.attributes.items())}
    return {"origin": changes.origin, **attributes}


def read_stored(
    connection: duckdb.DuckDBPyConnection, files: BucketFiles, wanted: Wanted
) -> Stored:
    """Return what `write_changes` wrote, without its ids; nothing is decoded but what is wanted."""
    told = json.loads(files.values.read_text(encoding="utf-8"))
    texts = {name: tuple(values) for name, values in told["values"].items() if wanted.has(name)}
    names = [*_ROWS, *texts, *(_SOURCES if wanted.sources else ())]
    statement = _READ.format(names=", ".join(names))
    columns = connection.execute(statement, [str(files.rows)]).fetchnumpy()
    if not wanted.sources:
        columns |= _without_sources(len(columns["item"]))
        texts["origin"] = ()
    coded = {name: Coded(columns[name], values) for name, values in texts.items()}
    items = np.arange(told["items"], dtype=np.int64)
    return Stored(
        item=columns["item"].astype(np.int64),
        since=columns["since"],
        state=columns["state"],
        stated=columns["stated"],
        line=columns["line"],
        origin=coded.pop("origin"),
        attributes={name.removeprefix(PREFIX): column for name, column in coded.items()},
        ids=StoredIds([IdFile(files.ids, items)]),
        first=told["first"],
        last=told["last"],
    )


def _without_sources(rows: int) -> dict[str, NDArray[Any]]:
    told: dict[str, NDArray[Any]] = {
        "line": np.zeros(1, np.int64),
        "origin": np.full(1, -1, np.int32),
    }
    told["stated"] = np.ones(1, np.bool_)
    return {name: np.broadcast_to(value, rows) for name, value in told.items()}


def nothing_stored() -> Stored:
    """Return no rows."""
    none = np.empty(0, dtype=np.int64)
    nothing = Coded(none.astype(np.int32), ())
    small, flags = none.astype(np.int8), none.astype(np.bool_)
    return Stored(none, none, small, flags, none, nothing, {}, StoredIds([]), "", "")


def one_after_the_other(parts: Sequence[Stored]) -> Stored:
    """Return the rows of several whose items are others and come in turn."""
    if len(parts) == 1:
        return parts[0]
    ids, items = StoredIds([]), []
    for part in parts:
        items.append(part.item + len(ids))
        ids = ids.followed_by(part.ids)
    return interleaved(parts, items, ids)


def interleaved(
    parts: Sequence[Stored], items: Sequence[NDArray[np.int64]], ids: StoredIds
) -> Stored:
    """Return the rows of several, whose items were numbered anew: `items` has one for each row."""
    if not parts:
        return nothing_stored()
    names = sorted({name for part in parts for name in part.attributes})
    together = Stored(
        item=np.concatenate(items),
        since=np.concatenate([part.since for part in parts]),
        state=np.concatenate([part.state for part in parts]),
        stated=np.concatenate([part.stated for part in parts]),
        line=np.concatenate([part.line for part in parts]),
        origin=stacked([part.origin for part in parts]),
        attributes={name: stacked([attribute_of(part, name) for part in parts]) for name in names},
        ids=ids,
        first=min(part.first for part in parts),
        last=max(part.last for part in parts),
    )
    if np.all(np.diff(together.item) >= 0):
        return together
    # Each part is sorted: merging sorted runs is what a stable sort does fast.
    order = np.argsort(together.item, kind="stable")
    return together.rows(order)


def attribute_of(part: Stored, name: str) -> Coded:
    """Return an attribute's column; an empty one where the rows do not have it."""
    empty = Coded(np.full(len(part), -1, dtype=np.int32), ())
    return part.attributes.get(name, empty)
