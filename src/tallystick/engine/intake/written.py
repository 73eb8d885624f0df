"""Changes -> a directory of buckets, which is whole or absent."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import duckdb
import numpy as np

from tallystick.engine.columnar import connect
from tallystick.engine.intake.changes import Changes
from tallystick.engine.intake.columns import chosen
from tallystick.engine.intake.manifest import Manifest, buckets_of, usual_count, write_manifest
from tallystick.engine.intake.stored import BucketFiles, write_changes

_PARTIAL = ".partial-"
_MOST_BUCKETS = 2**15


def write_buckets(
    changes: Changes, directory: Path | str, bucket_count: int | None = None, *, source: str = ""
) -> Manifest:
    """
    Write changes as one bucket or more, under a directory that must not exist yet.

    The number of buckets is by default that of `usual_count`. Raises as `write_parts` does.
    """
    count = usual_count(len(changes)) if bucket_count is None else bucket_count
    return write_parts([changes], directory, count, source=source)


def write_parts(
    parts: Iterable[Changes], directory: Path | str, bucket_count: int, *, source: str = ""
) -> Manifest:
    """
    Write changes that come part by part; no two parts have items of the same bucket.

    The number of buckets is a power of two: a bucket of many then lies within one bucket of few,
    and imports of different sizes can be read together. The files are written beside the
    directory, which appears with the last step, so that a process killed in between leaves no
    directory; `sweep` removes what it left.

    Raises:
        FileExistsError: if the directory exists.
        ValueError: if the number of buckets is no power of two.
    """
    count = bucket_count
    if not 1 <= count <= _MOST_BUCKETS or count.bit_count() != 1:
        raise ValueError(f"the number of buckets is a power of two, not {count}")
    manifest = Manifest(source, count, 0, 0)
    with appearing(Path(directory)) as partial, connect() as connection:
        for part in parts:
            for bucket, changes in _by_bucket(connection, part, count):
                write_changes(connection, changes, BucketFiles(partial, bucket))
            manifest = _with(manifest, part)
            del part  # before the next one is read: one of them at a time is in memory
        write_manifest(manifest, partial)
    return manifest


@contextmanager
def appearing(directory: Path) -> Iterator[Path]:
    """
    Give a folder to write into that becomes the directory at the end, and is gone if that fails.

    Raises:
        FileExistsError: if the directory exists.
    """
    if directory.exists():
        raise FileExistsError(directory)
    with passing_folder(directory) as partial:
        yield partial
        appear(partial, directory)


def appear(written: Path, directory: Path) -> None:
    """
    Rename a folder that is written to the directory that readers look for.

    Raises:
        FileExistsError: if the directory exists.
    """
    written.chmod(0o755)
    try:
        written.rename(directory)
    except OSError as problem:
        if directory.exists():  # another process wrote the same import meanwhile
            raise FileExistsError(directory) from problem
        raise


@contextmanager
def passing_folder(directory: Path) -> Iterator[Path]:
    """
    Give a folder beside a directory, for what is gone afterwards.

    It is locked as long as this process writes there: `sweep` removes those that no process holds.
    """
    directory.parent.mkdir(parents=True, exist_ok=True)
    partial, lock = _locked_folder(directory)
    try:
        yield partial
    finally:
        shutil.rmtree(partial, ignore_errors=True)
        os.close(lock)


def _locked_folder(directory: Path) -> tuple[Path, int]:
    while True:
        prefix = f".{directory.name}{_PARTIAL}"
        partial = Path(tempfile.mkdtemp(prefix=prefix, dir=directory.parent))
        with suppress(FileNotFoundError):
            lock = os.open(partial, os.O_RDONLY)
            fcntl.flock(lock, fcntl.LOCK_EX)
            if partial.exists():
                return partial, lock
            os.close(lock)
        # A sweep came between: it saw a folder that nobody held yet.


def sweep(parent: Path | str) -> list[Path]:
    """Remove what killed writers left in a directory of imports; return what was removed."""
    return [left for left in sorted(Path(parent).glob(f".*{_PARTIAL}*")) if _swept(left)]


def _swept(partial: Path) -> bool:
    """Remove a folder unless its writer lives: the lock of a process ends with it."""
    try:
        lock = os.open(partial, os.O_RDONLY)
    except FileNotFoundError:  # its writer was done just now
        return False
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    else:
        shutil.rmtree(partial, ignore_errors=True)
        return True
    finally:
        os.close(lock)


def _with(manifest: Manifest, part: Changes) -> Manifest:
    """Return the manifest of what was written before and this part."""
    edges = [edge for edge in (manifest.first_at, manifest.last_at) if edge is not None]
    edges += [int(part.at.min()), int(part.at.max())] if len(part) else []
    return replace(
        manifest,
        items=manifest.items + len(part.ids),
        rows=manifest.rows + len(part),
        attributes=tuple(sorted({*manifest.attributes, *part.attributes})),
        first_at=min(edges, default=None),
        last_at=max(edges, default=None),
    )


def _by_bucket(
    connection: duckdb.DuckDBPyConnection, changes: Changes, count: int
) -> Iterator[tuple[int, Changes]]:
    """Give the changes of each bucket that has some."""
    if not len(changes):
        return
    if count == 1:
        yield 0, changes
        return
    bucket = buckets_of(connection, changes.ids, count)
    # A stable sort of small numbers is linear; it keeps items, and each item's rows, in order.
    items = np.argsort(bucket, kind="stable")
    rows = np.argsort(bucket[changes.item], kind="stable")
    lengths = np.bincount(bucket, minlength=count)
    first_item = np.cumsum(lengths) - lengths
    number = np.empty(len(items), dtype=np.int64)
    number[items] = np.arange(len(items)) - np.repeat(first_item, lengths)
    row_lengths = np.bincount(bucket[changes.item], minlength=count)
    first_row = np.cumsum(row_lengths) - row_lengths
    for each in np.flatnonzero(lengths).tolist():
        here = items[first_item[each] : first_item[each] + lengths[each]]
        its_rows = rows[first_row[each] : first_row[each] + row_lengths[each]]
        yield (
            each,
            Changes(
                item=number[changes.item[its_rows]],
                at=changes.at[its_rows],
                state=changes.state[its_rows],
                line=changes.line[its_rows],
                origin=chosen(changes.origin, its_rows),
                ids=tuple([changes.ids[place] for place in here.tolist()]),
                attributes={
                    name: chosen(column, its_rows) for name, column in changes.attributes.items()
                },
            ),
        )
