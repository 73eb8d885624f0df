"""One bucket in several imports -> the rows of its items, the newest import of each."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import duckdb
import numpy as np
from numpy.typing import NDArray

from tallystick.engine.intake.ids import IdFile, StoredIds
from tallystick.engine.intake.stored import (
    EVERYTHING,
    BucketFiles,
    Stored,
    Wanted,
    interleaved,
    one_after_the_other,
    read_stored,
)

# Only ids are compared, and none of them leaves DuckDB: `item` is the row of an id in its file.
_NEWEST = """
select max(file_index)::integer as file, arg_max(file_row_number, file_index) as item
from read_parquet(?, hive_partitioning = false)
where {condition}
group by id order by id
"""


@dataclass(frozen=True, slots=True)
class Part:
    """
    Which items are read: those of one of `count` buckets, or of some ids, or all.

    `wanted` says which of their columns are read.
    """

    bucket: int = 0
    count: int = 1
    ids: Collection[str] | None = None
    wanted: Wanted = EVERYTHING

    @property
    def is_all(self) -> bool:
        """Tell whether every item of the files is read."""
        return self.count == 1 and self.ids is None


def read_newest(
    connection: duckdb.DuckDBPyConnection, files: Sequence[BucketFiles], part: Part
) -> Stored:
    """
    Return the rows of files that `write_changes` wrote, oldest first, of one source.

    The last file that contains an item has all its rows. The items are in the order of their
    ids, and their ids stay in the files.
    """
    if not part.is_all:
        return _chosen(connection, files, part)
    stored = [read_stored(connection, each, part.wanted) for each in files]
    in_turn = sorted(stored, key=lambda each: each.first)
    if all(one.last < other.first for one, other in pairwise(in_turn)):
        # Exports of one period after another often share no item; nothing is to be compared.
        return one_after_the_other(in_turn)
    return _chosen(connection, files, part, stored)


def _chosen(
    connection: duckdb.DuckDBPyConnection,
    files: Sequence[BucketFiles],
    part: Part,
    stored: Sequence[Stored] | None = None,
) -> Stored:
    if not files:
        return one_after_the_other([])
    file, item = _newest(connection, files, part)
    places = [np.flatnonzero(file == index) for index in range(len(files))]
    kept = [index for index, place in enumerate(places) if len(place)]
    parts, items = [], []
    for index in kept:
        whole = stored[index] if stored else read_stored(connection, files[index], part.wanted)
        numbers = np.full(len(whole.ids), -1, dtype=np.int64)
        numbers[item[places[index]]] = places[index]
        number = numbers[whole.item]
        rows = np.flatnonzero(number >= 0)
        parts.append(whole.rows(rows))
        items.append(number[rows])
    id_files = [IdFile(files[index].ids, item[places[index]]) for index in kept]
    return interleaved(parts, items, StoredIds(id_files, _inverse(places[i] for i in kept)))


def _inverse(places: Iterable[NDArray[np.int64]]) -> NDArray[np.int64]:
    """Return where each place stands in a list of all of them."""
    listed = np.concatenate([np.empty(0, dtype=np.int64), *places])
    inverse = np.empty_like(listed)
    inverse[listed] = np.arange(len(listed))
    return inverse


def _newest(
    connection: duckdb.DuckDBPyConnection, files: Sequence[BucketFiles], part: Part
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Return the file and the row in it of each item, in the order of the ids."""
    conditions = ["true"]
    if part.count > 1:
        conditions.append(f"md5_number_lower(id) % {part.count:d} = {part.bucket:d}")
    if part.ids is not None:
        connection.register("wanted", {"id": np.array([*part.ids, None], dtype=object)})
        conditions.append("id in (select id from wanted where id is not null)")
    statement = _NEWEST.format(condition=" and ".join(conditions))
    found = connection.execute(statement, [[str(each.ids) for each in files]]).fetchnumpy()
    return found["file"], found["item"]
