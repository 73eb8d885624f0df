"""Several imports read together: the newest import of an item wins, whatever their buckets."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest

from tallystick.engine.intake import Changes, newest, read_service_data, spans_of
from tallystick.engine.intake.buckets import (
    bucket_count,
    bucket_of,
    held_rows,
    read_all,
    read_bucket_changes,
    read_buckets,
    write_buckets,
)
from tallystick.engine.intake.ids import StoredIds
from tallystick.engine.values import Spans, moment, texts_at
from tests.engine.intake.makers import (
    ROWS,
    a_file,
    a_log_mapping,
    read_log,
    rows_by_item,
    some_changes,
)


def numbered(folder: Path, numbers: range, day: int) -> Changes:
    """Return changes of items that are named by number, one row each, on a day of January."""
    rows = "".join(f"{number},2025-01-{day:02d}T03:00,open\n" for number in numbers)
    return some_changes(folder, rows)


def first_seconds(parts: Iterable[Spans]) -> dict[str, int]:
    """Return when each item starts; fails on an item that lies in two buckets."""
    found = [
        (part.ids[part.item[row]], int(part.since[row])) for part in parts for row in part.starts
    ]
    assert len({name for name, _ in found}) == len(found)
    return dict(found)


def test_the_newest_import_of_an_item_wins_whole(tmp_path: Path) -> None:
    first = some_changes(tmp_path)
    second = some_changes(tmp_path, "A,2025-02-01T00:00:00,done\nD,2025-02-01T00:00:00,open\n")
    for name, changes in (("1", first), ("2", second)):
        write_buckets(changes, tmp_path / name, 1)

    spans = read_buckets([tmp_path / "1", tmp_path / "2"], 0)

    lengths = {name: len(rows) for name, rows in rows_by_item(spans).items()}
    assert lengths == {"A": 1, "B": 1, "C": 2, "D": 1}


def test_imports_of_one_period_after_another_are_not_compared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, numbers in (("1", range(500, 520)), ("2", range(100, 120))):
        write_buckets(numbered(tmp_path, numbers, 1), tmp_path / name, 1)

    def compared(*_: object) -> None:
        raise AssertionError("no item is in both")

    monkeypatch.setattr(newest, "_newest", compared)
    spans = read_buckets([tmp_path / "1", tmp_path / "2"], 0)

    assert spans.ids == (*map(str, range(100, 120)), *map(str, range(500, 520)))


def test_ids_are_compared_without_being_read(tmp_path: Path) -> None:
    for name, numbers in (("1", range(100, 120)), ("2", range(110, 130))):
        write_buckets(numbered(tmp_path, numbers, int(name)), tmp_path / name, 1)

    spans = read_buckets([tmp_path / "1", tmp_path / "2"], 0)

    assert isinstance(spans.ids, StoredIds)
    assert not spans.ids.loaded
    assert texts_at(spans.ids, np.array([29, 0, 15])) == ["129", "100", "115"]
    assert [moment(int(spans.since[row])).day for row in (0, 15, 29)] == [1, 2, 2]


def test_each_row_knows_the_file_it_came_from(tmp_path: Path) -> None:
    first = read_log(tmp_path, ROWS)
    second = read_log(tmp_path, "A,2025-02-01T00:00:00,done\n")
    write_buckets(first.changes, tmp_path / "1", 1)
    write_buckets(second.changes, tmp_path / "2", 1)

    changes = read_bucket_changes([tmp_path / "1", tmp_path / "2"], 0)

    digests = {changes.ids[changes.item[row]]: changes.origin.text(row) for row in range(4)}
    assert digests == {"A": second.digest, "B": first.digest, "C": first.digest}


def test_each_span_knows_the_file_it_came_from(tmp_path: Path) -> None:
    first = read_log(tmp_path, ROWS)
    second = read_log(tmp_path, "A,2025-02-01T00:00:00,done\n")
    write_buckets(first.changes, tmp_path / "1")
    write_buckets(second.changes, tmp_path / "2")

    (spans,) = read_all([tmp_path / "1", tmp_path / "2"])

    assert spans.origin is not None
    told = [(spans.origin.text(row), int(spans.line[row])) for row in range(3)]
    assert told == [(second.digest, 2), (first.digest, 2), (first.digest, 6)]


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


def test_held_rows_are_those_of_the_items_asked_for(tmp_path: Path) -> None:
    changes = some_changes(tmp_path)
    write_buckets(changes, tmp_path / "import", 4)

    held = held_rows([tmp_path / "import"], ["A", "C", "Z"])

    assert (held.ids, held.line.tolist()) == (("A", "C"), [3, 4, 5, 6, 7])


def test_nothing_is_held_at_first() -> None:
    held = held_rows([], ["A"])

    assert (len(held), bucket_count([])) == (0, 1)


def test_held_rows_are_of_one_source(tmp_path: Path) -> None:
    for source in ("snow", "jira"):
        write_buckets(some_changes(tmp_path), tmp_path / source, 1, source=source)

    with pytest.raises(ValueError, match="held by source"):
        held_rows([tmp_path / "snow", tmp_path / "jira"], ["A"])


@pytest.mark.parametrize("counts", [(1, 4, 2), (4, 1, 8), (2, 2, 1)])
def test_imports_in_different_numbers_of_buckets_read_as_those_in_one(
    tmp_path: Path, counts: tuple[int, ...]
) -> None:
    directories: dict[str, list[Path]] = {"ones": [], "mixed": []}
    for turn, count in enumerate(counts):
        changes = numbered(tmp_path, range(turn * 20, turn * 20 + 40), turn + 1)
        for name, buckets in (("ones", 1), ("mixed", count)):
            directories[name].append(tmp_path / f"{name}-{turn}")
            write_buckets(changes, directories[name][-1], buckets)

    mixed = list(read_all(directories["mixed"]))

    assert len(mixed) == max(counts)
    assert first_seconds(mixed) == first_seconds(read_all(directories["ones"]))
    assert all(
        bucket_of(name, len(mixed)) == bucket
        for bucket, spans in enumerate(mixed)
        for name in spans.ids
    )


def test_rows_are_held_across_different_numbers_of_buckets(tmp_path: Path) -> None:
    for turn, count in enumerate((4, 1)):
        changes = numbered(tmp_path, range(turn * 20, turn * 20 + 40), turn + 1)
        write_buckets(changes, tmp_path / str(turn), count)

    held = held_rows([tmp_path / "0", tmp_path / "1"], ["3", "21", "55", "99"])

    first, second = 1735700400, 1735786800
    assert first_seconds([spans_of(held)]) == {"3": first, "21": second, "55": second}


def test_every_bucket_carries_the_attributes_of_all_imports(tmp_path: Path) -> None:
    content = "id,at,state,p\nD,2025-01-02T03:00,open,P1\n"
    mapping = a_log_mapping(attributes={"priority": "p"})
    changes = read_service_data(a_file(tmp_path, content), mapping).changes
    write_buckets(some_changes(tmp_path), tmp_path / "1", 8, source="snow")
    write_buckets(changes, tmp_path / "2", 1, source="jira")

    carried = [[*spans.attributes] for spans in read_all([tmp_path / "1", tmp_path / "2"])]

    assert carried == [["priority"]] * 8
