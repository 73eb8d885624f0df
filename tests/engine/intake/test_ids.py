"""Ids stay in their files until they are asked for."""

from pathlib import Path

import numpy as np
import pytest

from tallystick.engine.columnar import connect
from tallystick.engine.intake.buckets import read_all, write_buckets
from tallystick.engine.intake.ids import IdFile, StoredIds, write_ids
from tallystick.engine.values import Spans, texts_at
from tests.engine.intake.makers import some_changes

NAMES = ("A", "B", "é", "Z")


def stored(folder: Path, order: list[int] | None = None, prefix: str = "") -> StoredIds:
    """Return ids in two files, of which the second has one that is not among them."""
    files = []
    for name, ids, rows in (("1", NAMES[:2], [0, 1]), ("2", ("no", *NAMES[2:]), [1, 2])):
        path = folder / f"{name}.parquet"
        with connect() as connection:
            write_ids(connection, ids, path)
        files.append(IdFile(path, np.array(rows), prefix))
    return StoredIds(files, None if order is None else np.array(order))


def read(folder: Path) -> Spans:
    """Return the histories of the items A, B and C as they are read."""
    write_buckets(some_changes(folder), folder / "import", 1)
    (spans,) = read_all([folder / "import"])
    return spans


def test_reading_histories_reads_no_id(tmp_path: Path) -> None:
    spans = read(tmp_path)

    assert isinstance(spans.ids, StoredIds)
    assert (len(spans.ids), spans.ids.loaded) == (3, False)


def test_some_ids_are_read_without_the_others(tmp_path: Path) -> None:
    spans = read(tmp_path)

    some = texts_at(spans.ids, np.array([2, 0, 2]))

    assert isinstance(spans.ids, StoredIds)
    assert (some, spans.ids.loaded) == (["C", "A", "C"], False)


def test_ids_in_memory_are_taken_as_those_in_files_are() -> None:
    assert texts_at(NAMES, np.array([3, 0])) == ["Z", "A"]


@pytest.mark.parametrize("places", [[], [0], [3, 1, 1, 2]])
@pytest.mark.parametrize("loaded", [True, False])
def test_ids_are_taken_from_several_files(tmp_path: Path, places: list[int], loaded: bool) -> None:
    ids = stored(tmp_path)
    if loaded:
        ids.texts()

    assert ids.take(np.array(places, dtype=np.int64)) == [NAMES[place] for place in places]


def test_ids_come_in_the_order_that_is_asked_for(tmp_path: Path) -> None:
    ids = stored(tmp_path, [3, 1, 0, 2])

    assert ids.take(np.array([0, 3])) == ["Z", "é"]
    assert ids == ("Z", "B", "A", "é")


def test_a_prefix_stands_before_each_id(tmp_path: Path) -> None:
    ids = stored(tmp_path).prefixed("desk/")

    assert ids.take(np.array([2])) == ["desk/é"]
    assert ids.followed_by(stored(tmp_path)) == (*(f"desk/{name}" for name in NAMES), *NAMES)


def test_ids_are_a_sequence_like_any_other(tmp_path: Path) -> None:
    ids = stored(tmp_path)

    assert (list(ids), ids[1], ids[-1], ids[1:3]) == (list(NAMES), "B", "Z", ("B", "é"))
    assert (ids.index("é"), "B" in ids, "no" in ids) == (2, True, False)
    assert (hash(ids) == hash(NAMES), ids == "AB", ids == 4) == (True, False, False)
    with pytest.raises(ValueError, match="not in"):
        ids.index("no")
