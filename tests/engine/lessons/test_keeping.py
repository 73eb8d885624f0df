"""An index on disk: read back as it was, and never trusted."""

from pathlib import Path

import numpy as np
import pytest

from tallystick.engine.lessons import (
    LessonIndex,
    index_lessons,
    keep,
    kept_index,
    scope_of,
    search,
    updated,
)
from tallystick.engine.lessons.arrays import MAGIC, Unreadable, read_arrays, write_arrays
from tests.engine.lessons.builders import HOLIDAYS, LIBRARY, a_lesson, a_shelf

SHELF = a_shelf()


def answers(index: LessonIndex) -> list[object]:
    """Return what an index answers to some queries."""
    return [search(scope_of(index), query) for query in ("calendar", "hloiday", "invoice pri")]


def names(folder: Path) -> set[str]:
    """Return the names of the files in a folder."""
    return {path.name for path in folder.iterdir()}


def test_an_index_is_read_back_as_it_was(tmp_path: Path) -> None:
    index = updated(index_lessons(SHELF), [HOLIDAYS], ["0-00"])
    keep(index, tmp_path)

    read = kept_index(tmp_path)

    assert read is not None
    assert read.held == index.held
    assert read.since == index.since
    assert answers(read) == answers(index)


def test_an_index_that_was_read_back_grows_like_one_that_was_not(tmp_path: Path) -> None:
    index = updated(index_lessons(SHELF), [HOLIDAYS])
    keep(index, tmp_path)
    read = kept_index(tmp_path)
    assert read is not None

    grown = [updated(each, LIBRARY, ["1-01"]) for each in (index, read)]

    assert answers(grown[1]) == answers(grown[0])


def test_its_arrays_are_mapped_and_not_read(tmp_path: Path) -> None:
    keep(index_lessons(SHELF), tmp_path)
    read = kept_index(tmp_path)
    assert read is not None

    for values in (read.segments[0].postings.rows, read.vectors[0].steps):
        assert isinstance(values.base, np.memmap)
        assert not values.flags.writeable


def test_one_lesson_more_leaves_the_large_files_alone(tmp_path: Path) -> None:
    index = index_lessons(SHELF)
    keep(index, tmp_path)
    before = names(tmp_path)

    keep(updated(index, [HOLIDAYS]), tmp_path)

    assert before < names(tmp_path)
    assert len(names(tmp_path) - before) == 2


def test_what_is_no_longer_used_is_removed(tmp_path: Path) -> None:
    keep(index_lessons(SHELF), tmp_path)

    keep(index_lessons(LIBRARY), tmp_path)

    assert len(names(tmp_path)) == 2


@pytest.mark.parametrize("index", [LessonIndex(), index_lessons([a_lesson(title="the")])])
def test_an_index_without_a_word_can_be_kept(index: LessonIndex, tmp_path: Path) -> None:
    keep(index, tmp_path)
    read = kept_index(tmp_path)

    assert read is not None
    assert read.held == index.held


def test_a_folder_without_an_index_holds_none(tmp_path: Path) -> None:
    assert kept_index(tmp_path) is None
    assert kept_index(tmp_path / "missing") is None


def spoiled(content: bytes) -> list[bytes]:
    """Return a file cut off, with a byte changed here and there, of an older format, empty."""
    changed = []
    for place in range(0, len(content), max(1, len(content) // 20)):
        changed.append(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
    older = content.replace(MAGIC, b"tallystick lessons 0\n")
    return [*changed, content[: len(content) // 2], content + b"more", older, b"", b"\0" * 100]


def test_a_spoiled_file_is_never_believed_and_is_written_anew(tmp_path: Path) -> None:
    index = index_lessons(SHELF)
    keep(index, tmp_path)
    for name in sorted(names(tmp_path)):
        path = tmp_path / name
        whole = path.read_bytes()
        for content in spoiled(whole):
            path.write_bytes(content)
            assert kept_index(tmp_path) is None
            keep(index, tmp_path)
            assert path.read_bytes() == whole


def test_a_file_that_is_missing_is_as_no_index(tmp_path: Path) -> None:
    keep(index_lessons(SHELF), tmp_path)
    next(tmp_path.glob("segment-*")).unlink()

    assert kept_index(tmp_path) is None


def test_a_write_that_fails_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "some"
    write_arrays(path, {"a": np.arange(3)}, {"told": "first"})

    with pytest.raises(TypeError):
        write_arrays(path, {"a": np.arange(5)}, {"told": object()})

    assert read_arrays(path)[1] == {"told": "first"}
    assert names(tmp_path) == {"some"}


def test_a_file_of_others_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "some"
    path.write_text("a,b\n1,2\n")

    with pytest.raises(Unreadable):
        read_arrays(path)
