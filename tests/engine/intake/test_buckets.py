"""Buckets on disk: they come back as they were, supersede each other, and are whole or absent."""

from pathlib import Path

import duckdb
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallystick.engine.intake import Changes, read_service_data, spans_of
from tallystick.engine.intake import written as module
from tallystick.engine.intake.buckets import (
    ROWS_PER_BUCKET,
    Wanted,
    bucket_of,
    read_bucket_changes,
    read_buckets,
    read_manifest,
    sweep,
    usual_count,
    write_buckets,
)
from tallystick.engine.intake.changes import no_changes
from tallystick.engine.intake.stored import BucketFiles
from tallystick.engine.intake.written import passing_folder
from tests.engine.intake.makers import (
    a_file,
    a_log_mapping,
    rows_by_item,
    same_changes,
    some_changes,
)


def same(one: Changes, other: Changes) -> bool:
    """Tell whether two sets of changes are equal, with the files they came from."""
    told = all(one.origin.text(row) == other.origin.text(row) for row in range(len(one)))
    return told and same_changes(one, other)


def test_one_bucket_comes_back_equal_in_every_column(tmp_path: Path) -> None:
    rows = ["A,2025-01-02T03:00,open,é,", "A,2025-01-02T03:00,note,,", "B,2025-01-02T03:00,done,x,"]
    content = "\n".join(["id,at,state,p,q", *rows]) + "\n"
    mapping = a_log_mapping(attributes={"priority": "p", "empty": "q"})
    changes = read_service_data(a_file(tmp_path, content), mapping).changes
    write_buckets(changes, tmp_path / "import", 1)

    back = read_bucket_changes([tmp_path / "import"], 0)

    assert same(changes, back)


@pytest.mark.parametrize("count", [1, 2, 8])
def test_all_buckets_together_are_the_original_spans(tmp_path: Path, count: int) -> None:
    changes = some_changes(tmp_path)
    write_buckets(changes, tmp_path / "import", count)

    back = [read_buckets([tmp_path / "import"], bucket) for bucket in range(count)]

    found = {name: rows for part in back for name, rows in rows_by_item(part).items()}
    assert found == rows_by_item(spans_of(changes))


def test_an_item_lies_in_the_bucket_of_its_id(tmp_path: Path) -> None:
    write_buckets(some_changes(tmp_path), tmp_path / "import", 4)

    ids = [read_buckets([tmp_path / "import"], bucket).ids for bucket in range(4)]

    assert all(bucket_of(name, 4) == bucket for bucket in range(4) for name in ids[bucket])


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1))
def test_duckdb_computes_the_same_bucket(name: str) -> None:
    answer = duckdb.execute("select md5_number_lower(?) % 16", [name]).fetchall()

    assert answer == [(bucket_of(name, 16),)]


def test_the_hash_never_changes() -> None:
    found = [bucket_of(name, 1_000_000) for name in ("1-467153946", "Case 1", "é")]

    assert found == [498861, 52338, 458038]


def test_equal_changes_make_equal_files(tmp_path: Path) -> None:
    for name in ("1", "2"):
        write_buckets(some_changes(tmp_path), tmp_path / name, 2)

    files = [
        {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in "12"
    ]

    assert files[0] == files[1]
    assert len(files[0]) == 1 + 2 * 3


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

    def first_only(connection: object, changes: Changes, to: BucketFiles) -> None:
        if written:
            raise OSError("no space left on device")
        to.rows.write_bytes(b"half")
        written.append(to.rows)

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


@pytest.mark.parametrize(
    ("rows", "count"),
    [
        (0, 1),
        (ROWS_PER_BUCKET, 1),
        (ROWS_PER_BUCKET + 1, 2),
        (2 * ROWS_PER_BUCKET + 1, 4),
        (4 * ROWS_PER_BUCKET, 4),
        (10_000_000, 64),
    ],
)
def test_the_usual_number_of_buckets_grows_with_the_rows(rows: int, count: int) -> None:
    assert usual_count(rows) == count


def test_a_small_import_is_one_bucket(tmp_path: Path) -> None:
    write_buckets(some_changes(tmp_path), tmp_path / "import")

    files = sorted(path.name for path in (tmp_path / "import").iterdir())
    parts = ["bucket-0000.ids.parquet", "bucket-0000.parquet", "bucket-0000.values.json"]
    assert files == [*parts, "manifest.json"]


@pytest.mark.parametrize("count", [0, 3, -2])
def test_the_number_of_buckets_is_a_power_of_two(tmp_path: Path, count: int) -> None:
    with pytest.raises(ValueError, match="power of two"):
        write_buckets(some_changes(tmp_path), tmp_path / "import", count)


def test_a_sweep_leaves_alone_what_is_being_written(tmp_path: Path) -> None:
    with passing_folder(tmp_path / "imports" / "x") as folder:
        swept = sweep(tmp_path / "imports")

        assert (swept, folder.exists()) == ([], True)
    assert list((tmp_path / "imports").iterdir()) == []


def test_what_is_not_wanted_is_not_read(tmp_path: Path) -> None:
    content = "id,at,state,p,q\nA,2025-01-02T03:00,open,high,x\nB,2025-01-02T03:00,done,low,\n"
    mapping = a_log_mapping(attributes={"priority": "p", "site": "q"})
    changes = read_service_data(a_file(tmp_path, content), mapping).changes
    write_buckets(changes, tmp_path / "import", 1)

    whole = read_buckets([tmp_path / "import"], 0)
    lean = read_buckets([tmp_path / "import"], 0, Wanted(["priority"], sources=False))

    for name in ("item", "since", "until", "state"):
        assert np.array_equal(getattr(lean, name), getattr(whole, name))
    assert (set(whole.attributes), set(lean.attributes)) == ({"priority", "site"}, {"priority"})
    assert lean.attributes["priority"].values == ("high", "low")
    assert set(lean.line.tolist()) == {0}
    assert lean.origin is not None
    assert {lean.origin.text(row) for row in range(len(lean.item))} == {""}
