"""Files of ids -> a sequence of ids that is read only when it is asked for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import overload

import duckdb
import numpy as np
from numpy.typing import NDArray

from tallystick.engine.columnar import connect

_ALL = "select id from read_parquet(?, hive_partitioning = false)"
_SOME = """
select wanted.place, id
from read_parquet(?, hive_partitioning = false, file_row_number = true) as stored
join wanted on stored.file_row_number = wanted.row
"""


def write_ids(connection: duckdb.DuckDBPyConnection, ids: Sequence[str], path: Path) -> None:
    """Write ids as a Parquet file of one column; the row of an id is its number in the bucket."""
    connection.register("ids", {"id": np.array([*ids, None], dtype=object)[:-1]})
    connection.sql("select id from ids").write_parquet(str(path), compression="zstd")
    connection.unregister("ids")


@dataclass(frozen=True, slots=True, eq=False)
class IdFile:
    """Some of the ids of one file, by their rows, each with a prefix before it."""

    path: Path
    rows: NDArray[np.int64]
    prefix: str = ""

    def texts(self, places: NDArray[np.int64] | None = None) -> list[str]:
        """Return the ids, or those at some places among them."""
        with connect() as connection:
            if places is None:
                found = connection.execute(_ALL, [str(self.path)]).fetchnumpy()["id"][self.rows]
            else:
                found = self._some(connection, places)
        return [self.prefix + text for text in found] if self.prefix else found.tolist()

    def _some(
        self, connection: duckdb.DuckDBPyConnection, places: NDArray[np.int64]
    ) -> NDArray[np.object_]:
        wanted = {"place": np.arange(len(places)), "row": self.rows[places]}
        connection.register("wanted", wanted)
        columns = connection.execute(_SOME, [str(self.path)]).fetchnumpy()
        found = np.empty(len(places), dtype=object)
        found[columns["place"]] = columns["id"]
        return found


class StoredIds(Sequence[str]):
    """
    The ids of a bucket's items, which stay in their files until one of them is asked for.

    The files must still be there then. `take` reads some without keeping any; every other
    question about texts reads all and keeps them. The ids are those of the files one after the
    other, or in another `order` of these places.
    """

    __slots__ = ("_files", "_order", "_texts")

    def __init__(self, files: Sequence[IdFile], order: NDArray[np.int64] | None = None) -> None:
        rows = sum(len(file.rows) for file in files)
        self._files = tuple(files)
        self._order = np.arange(rows, dtype=np.int64) if order is None else order
        self._texts: tuple[str, ...] | None = None

    def prefixed(self, prefix: str) -> "StoredIds":
        """Return the ids with a prefix before each; their order stays, as all get the same."""
        return StoredIds([replace(file, prefix=prefix) for file in self._files], self._order)

    def followed_by(self, other: "StoredIds") -> "StoredIds":
        """Return these ids, and then the others."""
        rows = sum(len(file.rows) for file in self._files)
        order = np.concatenate([self._order, other._order + rows])
        return StoredIds(self._files + other._files, order)

    @property
    def loaded(self) -> bool:
        """Tell whether the texts are in memory."""
        return self._texts is not None

    def texts(self) -> tuple[str, ...]:
        """Return all ids."""
        if self._texts is None:
            every = list(chain.from_iterable(file.texts() for file in self._files))
            self._texts = tuple([every[place] for place in self._order.tolist()])
        return self._texts

    def take(self, places: NDArray[np.int64]) -> list[str]:
        """Return the ids at some places, in that order; the others are not read into memory."""
        if self._texts is not None:
            return [self._texts[place] for place in places.tolist()]
        wanted = self._order[places]
        found = np.empty(len(wanted), dtype=object)
        first = 0
        for file in self._files:
            here = np.flatnonzero((wanted >= first) & (wanted < first + len(file.rows)))
            if len(here):
                found[here] = file.texts(wanted[here] - first)
            first += len(file.rows)
        texts: list[str] = found.tolist()
        return texts

    def __len__(self) -> int:
        return len(self._order)

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[str]: ...
    def __getitem__(self, place: int | slice) -> str | Sequence[str]:
        return self.texts()[place]

    def __iter__(self) -> Iterator[str]:
        return iter(self.texts())

    def __contains__(self, text: object) -> bool:
        return text in self.texts()

    def index(self, value: str, start: int = 0, stop: int | None = None) -> int:
        """Return the first place of an id."""
        return self.texts().index(value, start, len(self) if stop is None else stop)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and self.texts() == tuple(other)

    def __hash__(self) -> int:
        return hash(self.texts())
