"""Buckets on disk: they come back as they were, supersede each other, and are whole or absent."""

from pathlib import Path

import duckdb
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallystick.engine.intake import Changes, read_service_data, spans_of
from tallystick.engine.intake import buckets as module
from tallystick.engine.intake.buckets import (
    BUCKETS,
    bucket_count,
    bucket_of,
    held_rows,
    read_bucket_changes,
    read_buckets,
    read_manifest,
    sweep,
    write_buckets,
)
from tallystick.engine.intake.changes import no_changes
from tallystick.engine.values import Spans
from tests.engine.intake.makers import a_file, a_log_mapping, read_log

ROWS = """\
B,2025-01-02T03:00:00,open
A,2025-01-02T03:00:00,note
A,2025-01-02T05:00:00,work
A,2025-01-02T05:00:00,wait
C,2025-01-02T03:00:00,open
C,2025-01-02T09:00:00,done
"""


def some_changes(folder: Path, rows: str = ROWS) -> Changes:
    return read_log(folder, rows).changes


def rows_by_item(spans: Spans) -> dict[str, list[tuple[int, ...]]]:
    """Return the rows of each item, without regard to the order of the items."""
    found: dict[str, list[tuple[int, ...]]] = {}
    columns = (spans.item, spans.since, spans.until, spans.state, spans.line)
    for item, *rest in zip(*(column.tolist() for column in columns), strict=True):
        found.setdefault(spans.ids[item], []).append(tuple(rest))
    return found


def same(one: Changes, other: Changes) -> bool:
    """Tell whether two sets of changes are equal in every column."""
    plain = all(
        np.array_equal(getattr(one, name), getattr(other, name))
        and getattr(one, name).dtype == getattr(other, name).dtype
        for name in ("item", "at", "state", "line")
    )
    rows = range(len(one))
    texts = [(one.origin, other.origin)]
    texts += [(one.attributes[name], other.attributes[name]) for name in one.attributes]
    told = all(mine.text(row) == yours.text(row) for mine, yours in texts for row in rows)
    return plain and told and one.ids == other.ids and [*one.attributes] == [*other.attributes]


def test_one_bucket_comes_back_equal_in_every_column(tmp_path: Path) -> None:
    rows = ["A,2025-01-02T03:00,open,é,", "A,2025-01-02T03:00,note,,", "B,2025-01-02T03:00,done,x,"]
    content = "\n".join(["id,at,state,p,q", *rows]) + "\n"
    mapping = a_log_mapping(attributes={"priority": "p", "empty": "q"})
    changes = read_service_data(a_file(tmp_path, content), mapping).changes
    write_buckets(changes, tmp_path / "import", 1)

    back = read_bucket_changes([tmp_path / "import"], 0)

    assert same(changes, back)


@pytest.mark.parametrize("count", [1, 2, 7])
def test_all_buckets_together_are_the_original_spans(tmp_path: Path, count: int) -> None:
    changes = some_changes(tmp_path)
    write_buckets(changes, tmp_path / "import", count)

    back = [read_buckets([tmp_path / "import"], bucket) for bucket in range(count)]

    found = {name: rows for part in back for name, rows in rows_by_item(part).items()}
    assert found == rows_by_item(spans_of(changes))


def test_an_item_lies_in_the_bucket_of_its_id(tmp_path: Path) -> None:
    write_buckets(some_changes(tmp_path), tmp_path / "import", 3)

    ids = [read_buckets([tmp_path / "import"], bucket).ids for bucket in range(3)]

    assert all(bucket_of(name, 3) == bucket for bucket in range(3) for name in ids[bucket])


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1))
def test_duckdb_computes_the_same_bucket(name: str) -> None:
    answer = duckdb.execute("select md5_number_lower(?) % 16", [name]).fetchall()

    assert answer == [(bucket_of(name, 16),)]


def test_the_hash_never_changes() -> None:
    found = [bucket_of(name, 1_000_000) for name in ("1-467153946", "Case 1", "é")]

    assert found == [498861, 52338, 458038]


def test_the_newest_import_of_an_item_wins_whole(tmp_path: Path) -> None:
    first = some_changes(tmp_path)
    second = some_changes(tmp_path, "A,2025-02-01T00:00:00,done\nD,2025-02-01T00:00:00,open\n")
    for name, changes in (("1", first), ("2", second)):
        write_buckets(changes, tmp_path / name, 1)

    spans = read_buckets([tmp_path / "1", tmp_path / "2"], 0)

    lengths = {name: len(rows) for name, rows in rows_by_item(spans).items()}
    assert lengths == {"A": 1, "B": 1, "C": 2, "D": 1}


def test_each_row_knows_the_file_it_came_from(tmp_path: Path) -> None:
    first = read_log(tmp_path, ROWS)
    second = read_log(tmp_path, "A,2025-02-01T00:00:00,done\n")
    write_buckets(first.changes, tmp_path / "1", 1)
    write_buckets(second.changes, tmp_path / "2", 1)

    changes = read_bucket_changes([tmp_path / "1", tmp_path / "2"], 0)

    digests = {changes.ids[changes.item[row]]: changes.origin.text(row) for row in range(4)}
    assert digests == {"A": second.digest, "B": first.digest, "C": first.digest}


def test_imports_with_other_attributes_are_read_together(tmp_path: Path) -> None:
    content = "id,at,state,p\nD,2025-01-02T03:00,open,P1\n"
    mapping = a_log_mapping(attributes={"priority": "p"})
    changes = read_service_data(a_file(tmp_path, content), mapping).changes
    write_buckets(some_changes(tmp_path), tmp_path / "1", 1)
    write_buckets(changes, tmp_path / "2", 1)

    spans = read_buckets([tmp_path / "1", tmp_path / "2"], 0)

    priority = spans.attributes["priority"]
    assert [priority.text(row) for row in range(len(spans.item))] == [""] * 6 + ["P1"]


def test_equal_ids_of_two_sources_are_two_items(tmp_path: Path) -> None:
    for source in ("snow", "jira"):
        write_buckets(some_changes(tmp_path), tmp_path / source, 1, source=source)

    spans = read_buckets([tmp_path / "snow", tmp_path / "jira"], 0)

    assert spans.ids == ("jira/A", "jira/B", "jira/C", "snow/A", "snow/B", "snow/C")


def test_equal_changes_make_equal_files(tmp_path: Path) -> None:
    for name in ("1", "2"):
        write_buckets(some_changes(tmp_path), tmp_path / name, 2)

    files = [
        {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in "12"
    ]

    assert files[0] == files[1]
    assert len(files[0]) == 3


def test_the_manifest_tells_what_is_in_it(tmp_path: Path) -> None:
    written = write_buckets(some_changes(tmp_path), tmp_path / "import", 2, source="desk")

    read = read_manifest(tmp_path / "import")

    assert read == written
    assert (read.source, read.buckets, read.items, read.rows) == ("desk", 2, 3, 6)


def test_no_changes_are_an_import_without_rows(tmp_path: Path) -> None:
    write_buckets(no_changes(), tmp_path / "import", 2)

    spans = read_buckets([tmp_path / "import"], 1)

    assert (len(spans.item), spans.ids) == (0, ())


def test_an_import_is_never_overwritten(tmp_path: Path) -> None:
    write_buckets(some_changes(tmp_path), tmp_path / "import", 1)

    with pytest.raises(FileExistsError):
        write_buckets(some_changes(tmp_path), tmp_path / "import", 1)


class Killed(BaseException):
    """The end of the process."""


def test_a_writer_that_fails_half_way_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[Path] = []

    def first_only(connection: object, changes: Changes, path: Path) -> None:
        if written:
            raise OSError("no space left on device")
        path.write_bytes(b"half")
        written.append(path)

    monkeypatch.setattr(module, "write_changes", first_only)
    with pytest.raises(OSError, match="no space left"):
        write_buckets(some_changes(tmp_path), tmp_path / "imports" / "x", 64)

    assert len(written) == 1
    assert list((tmp_path / "imports").iterdir()) == []


def test_what_a_killed_writer_leaves_is_no_import_and_can_be_swept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    imports = tmp_path / "imports"

    def die(*_: object) -> None:
        raise Killed

    monkeypatch.setattr(module, "write_changes", die)
    monkeypatch.setattr("shutil.rmtree", lambda *_, **__: None)  # a killed process sweeps not
    with pytest.raises(Killed):
        write_buckets(some_changes(tmp_path), imports / "x", 1)
    monkeypatch.undo()

    assert not (imports / "x").exists()
    assert len(sweep(imports)) == 1
    assert list(imports.iterdir()) == []


def test_held_rows_are_those_of_the_items_asked_for(tmp_path: Path) -> None:
    changes = some_changes(tmp_path)
    write_buckets(changes, tmp_path / "import", 4)

    held = held_rows([tmp_path / "import"], ["A", "C", "Z"])

    assert (held.ids, held.line.tolist()) == (("A", "C"), [3, 4, 5, 6, 7])


def test_nothing_is_held_at_first() -> None:
    held = held_rows([], ["A"])

    assert (len(held), bucket_count([])) == (0, BUCKETS)


def test_held_rows_are_of_one_source(tmp_path: Path) -> None:
    for source in ("snow", "jira"):
        write_buckets(some_changes(tmp_path), tmp_path / source, 1, source=source)

    with pytest.raises(ValueError, match="held by source"):
        held_rows([tmp_path / "snow", tmp_path / "jira"], ["A"])


def test_imports_with_different_bucket_counts_are_not_read_together(tmp_path: Path) -> None:
    for count in (1, 2):
        write_buckets(some_changes(tmp_path), tmp_path / str(count), count)

    with pytest.raises(ValueError, match="one number of buckets"):
        read_buckets([tmp_path / "1", tmp_path / "2"], 0)
