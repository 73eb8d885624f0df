"""A file read in parts is stored as one read whole, and is whole or absent."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tallystick.engine.intake import read_service_data
from tallystick.engine.intake import reading as reading_module
from tallystick.engine.intake.buckets import (
    held_rows,
    read_all,
    read_manifest,
    sweep,
    write_buckets,
)
from tallystick.engine.intake.columns import Cells
from tallystick.engine.intake.merge import merge
from tallystick.engine.intake.parquet_cells import parquet_cells
from tallystick.engine.intake.staged import Settled, nothing_new, settle, staged
from tests.engine.intake.makers import (
    a_file,
    a_log_mapping,
    a_parquet,
    as_parquet,
    rows_by_item,
)

MAPPING = a_log_mapping()


def rows(numbers: range, *, hour: int = 3, bad: tuple[int, ...] = ()) -> str:
    """Return two rows of each item; those of some items have one that cannot be read."""
    lines = []
    for number in numbers:
        second = "odd" if number in bad else "work"
        lines += [f"T{number},2025-01-02T0{hour}:00,open", f"T{number},2025-01-02T09:00,{second}"]
    return "id,at,state\n" + "\n".join(lines) + "\n"


def an_import(folder: Path, csv: str, held: list[Path], *, at_once: int = 100) -> Settled:
    """Import an event log as Parquet into the next directory, in parts."""
    path = as_parquet(a_file(folder, csv, f"{len(held)}.csv"))
    directory = folder / "imports" / str(len(held))
    with staged(path, MAPPING, directory, at_once=at_once) as read:
        settled = settle(read, held, directory)
    if settled.manifest.items:
        held.append(directory)
    return settled


def found(directories: list[Path]) -> dict[str, list[tuple[int, ...]]]:
    """Return the rows of each item, of all buckets."""
    parts = [rows_by_item(spans) for spans in read_all(directories)]
    return {name: rows for part in parts for name, rows in part.items()}


def test_an_import_in_parts_is_the_import_of_the_whole(tmp_path: Path) -> None:
    csv, held = rows(range(500)), list[Path]()
    whole = read_service_data(a_file(tmp_path, csv), MAPPING)
    write_buckets(whole.changes, tmp_path / "whole", 16)

    settled = an_import(tmp_path, csv, held)

    assert (settled.read, settled.accepted, settled.manifest.items) == (1000, 1000, 500)
    assert found(held) == found([tmp_path / "whole"])


def test_where_few_items_changed_there_are_few_buckets(tmp_path: Path) -> None:
    held = list[Path]()

    for count, hour in ((500, 3), (40, 4)):
        numbers = range(count)
        changed = rows(numbers, hour=hour) + rows(range(count, 500)).partition("\n")[2]
        an_import(tmp_path, changed, held)

    first, second = (read_manifest(directory) for directory in held)
    assert (first.items, second.items, second.buckets) == (500, 40, 1)
    assert len(found(held)) == 500


@pytest.mark.parametrize("at_once", [10, 60, 10_000])
def test_settling_adds_what_merging_would(tmp_path: Path, at_once: int) -> None:
    files = [rows(range(60)), rows(range(30, 90), hour=4, bad=(30, 80)), rows(range(20))]
    held, merged_into = list[Path](), list[Path]()

    for number, csv in enumerate(files):
        settled = an_import(tmp_path, csv, held, at_once=at_once)
        reading = read_service_data(as_parquet(a_file(tmp_path, csv, f"{number}.csv")), MAPPING)
        merged = merge(reading, held_rows(merged_into, reading.changes.ids))
        if merged.items:
            merged_into.append(tmp_path / f"merged-{number}")
            write_buckets(merged.changes, merged_into[-1], source="desk")

        assert (settled.read, settled.accepted, settled.rejected, settled.unchanged) == (
            merged.read, merged.accepted, merged.rejected, merged.unchanged,
        )  # fmt: skip
        assert settled.manifest.items == merged.items
    assert found(held) == found(merged_into)


def test_the_same_file_again_stores_nothing(tmp_path: Path) -> None:
    held = list[Path]()
    an_import(tmp_path, rows(range(50)), held)

    again = an_import(tmp_path, rows(range(50)), held)

    assert (again.accepted, again.unchanged, again.manifest.items) == (0, 100, 0)
    assert [path.name for path in (tmp_path / "imports").iterdir()] == ["0"]


def test_bytes_known_before_add_nothing(tmp_path: Path) -> None:
    path = a_file(tmp_path, rows(range(3), bad=(1,)))

    with staged(path, MAPPING, tmp_path / "imports" / "x") as read:
        settled = nothing_new(read)

    assert (settled.read, settled.rejected, settled.unchanged) == (6, 1, 5)
    assert list((tmp_path / "imports").iterdir()) == []


def test_rejected_rows_keep_their_cells(tmp_path: Path) -> None:
    path = as_parquet(a_file(tmp_path, rows(range(40), bad=(7, 33))))

    with staged(path, MAPPING, tmp_path / "imports" / "x", at_once=10) as read:
        rejected = read.account.rejected

    assert [(row.line, row.cells[0]) for row in rejected] == [(17, "T7"), (69, "T33")]
    assert read.account.incomplete == {"T7", "T33"}


def test_what_is_not_settled_leaves_nothing(tmp_path: Path) -> None:
    path = as_parquet(a_file(tmp_path, rows(range(40))))

    with (
        pytest.raises(KeyboardInterrupt),
        staged(path, MAPPING, tmp_path / "imports" / "x", at_once=10),
    ):
        raise KeyboardInterrupt

    assert list((tmp_path / "imports").iterdir()) == []


def test_a_part_is_gone_when_the_next_one_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = "select i // 2 as id, timestamp '2025-01-02 03:00' as at, 'open' as state"
    path = a_parquet(tmp_path, f"{query} from range(20000) as t(i)")
    most: list[int] = []

    def counted(*arguments: object) -> Iterator[Cells]:
        for cells in parquet_cells(*arguments):  # type: ignore[arg-type]
            most.append(len(cells.lines))
            yield cells

    monkeypatch.setattr(reading_module, "parquet_cells", counted)
    with staged(path, MAPPING, tmp_path / "imports" / "x", at_once=1000) as read:
        buckets = [len(spans.item) for spans in read_all([read.directory])]

    assert (sum(most), len(most), max(most) < 2000) == (20_000, 32, True)
    assert (sum(buckets), max(buckets) < 2000) == (20_000, True)


def test_a_directory_that_is_there_is_not_overwritten(tmp_path: Path) -> None:
    path = a_file(tmp_path, rows(range(3)))
    directory = tmp_path / "imports" / "x"

    with staged(path, MAPPING, directory) as read:
        settle(read, [], directory)
    with staged(path, MAPPING, directory) as read, pytest.raises(FileExistsError):
        settle(read, [], directory)

    assert len(found([directory])) == 3


def test_the_folder_of_a_killed_import_can_be_swept(tmp_path: Path) -> None:
    left = tmp_path / "imports" / ".x.partial-abc"
    (left / "read").mkdir(parents=True)

    assert sweep(tmp_path / "imports") == [left]
    assert not left.exists()
