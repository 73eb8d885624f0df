"""A set of changes <-> a directory of buckets, which is whole or absent."""

import hashlib
import json
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np

from tallystick.engine.intake.changes import Changes, items_of, put_together, relabelled
from tallystick.engine.intake.spans import spans_of
from tallystick.engine.intake.stored import connect, read_changes, write_changes
from tallystick.engine.values import Spans

BUCKETS = 16
"""The usual number of buckets; imports that are read together have the same number."""

_MANIFEST = "manifest.json"
_PARTIAL = ".partial-"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a directory of buckets holds. A bucket without items has no file."""

    source: str
    buckets: int
    items: int
    rows: int


def bucket_of(name: str, count: int) -> int:
    """
    Return the bucket of an external id: the upper half of its MD5, little-endian, modulo `count`.

    It equals DuckDB's `md5_number_lower(id) % count`. MD5 spreads here; it protects nothing.
    """
    digest = hashlib.md5(name.encode(), usedforsecurity=False).digest()
    return int.from_bytes(digest[8:], "little") % count


def write_buckets(
    changes: Changes, directory: Path | str, bucket_count: int = BUCKETS, *, source: str = ""
) -> Manifest:
    """
    Write changes as one Parquet file per bucket, under a directory that must not exist yet.

    The files are written beside it and the directory appears with its last step, so that a
    process killed in between leaves no directory; `sweep` removes what it left.

    Raises:
        FileExistsError: if the directory exists.
    """
    directory = Path(directory)
    if directory.exists():
        raise FileExistsError(directory)
    directory.parent.mkdir(parents=True, exist_ok=True)
    name = f".{directory.name}{_PARTIAL}"
    partial = Path(tempfile.mkdtemp(prefix=name, dir=directory.parent))
    manifest = Manifest(source, bucket_count, len(changes.ids), len(changes))
    try:
        _write_all(changes, partial, manifest)
        partial.chmod(0o755)
        partial.rename(directory)
    except OSError as problem:
        if directory.exists():  # another process wrote the same import meanwhile
            raise FileExistsError(directory) from problem
        raise
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return manifest


def sweep(parent: Path | str) -> list[Path]:
    """Remove what killed writers left in a directory of imports; call it when none is writing."""
    left = sorted(Path(parent).glob(f".*{_PARTIAL}*"))
    for partial in left:
        shutil.rmtree(partial)
    return left


def _write_all(changes: Changes, directory: Path, manifest: Manifest) -> None:
    buckets = np.array([bucket_of(name, manifest.buckets) for name in changes.ids], dtype=np.int64)
    with connect() as connection:
        for bucket in np.unique(buckets).tolist():
            part = items_of(changes, buckets == bucket)
            write_changes(connection, part, directory / _file(bucket))
    text = json.dumps({"format": 1, **_plain(manifest)}, indent=1, sort_keys=True)
    (directory / _MANIFEST).write_text(text + "\n", encoding="utf-8")


def _plain(manifest: Manifest) -> dict[str, object]:
    return {name: getattr(manifest, name) for name in manifest.__slots__}


def _file(bucket: int) -> str:
    return f"bucket-{bucket:04d}.parquet"


def read_manifest(directory: Path | str) -> Manifest:
    """Return what a directory of buckets says of itself."""
    text = (Path(directory) / _MANIFEST).read_text(encoding="utf-8")
    document = json.loads(text)
    return Manifest(*(document[name] for name in Manifest.__slots__))


def bucket_count(directories: Sequence[Path | str]) -> int:
    """
    Return the number of buckets of imports that are read together; BUCKETS for none.

    Raises:
        ValueError: if they differ.
    """
    counts = {read_manifest(directory).buckets for directory in directories} or {BUCKETS}
    if len(counts) > 1:
        raise ValueError(f"imports read together have one number of buckets, not {sorted(counts)}")
    return counts.pop()


def read_buckets(directories: Sequence[Path | str], bucket: int) -> Spans:
    """
    Return the histories of one bucket over several imports, oldest first.

    The last import that contains an item has all its rows. Items are told apart by source and
    external id; where the imports are of more than one source, ids are written SOURCE/ID.
    """
    return spans_of(read_bucket_changes(directories, bucket))


def read_bucket_changes(directories: Sequence[Path | str], bucket: int) -> Changes:
    """Return what `read_buckets` does, as changes, with the digest of each row's file."""
    bucket_count(directories)
    with connect() as connection:
        return _read(connection, _by_source(directories), bucket)


def _by_source(directories: Sequence[Path | str]) -> dict[str, list[Path]]:
    groups: dict[str, list[Path]] = defaultdict(list)
    for directory in directories:
        groups[read_manifest(directory).source].append(Path(directory))
    return groups


def _read(
    connection: duckdb.DuckDBPyConnection, groups: dict[str, list[Path]], bucket: int
) -> Changes:
    parts = {source: _newest(connection, group, bucket) for source, group in groups.items()}
    if len(parts) > 1:
        return put_together([relabelled(part, f"{name}/") for name, part in parts.items()])
    return put_together(list(parts.values()))


def _newest(
    connection: duckdb.DuckDBPyConnection, directories: Sequence[Path], bucket: int
) -> Changes:
    seen: set[str] = set()
    parts = []
    for directory in reversed(directories):
        path = directory / _file(bucket)
        if path.exists():
            part = read_changes(connection, path)
            parts.append(
                items_of(part, np.array([name not in seen for name in part.ids], dtype=np.bool_))
            )
            seen.update(part.ids)
    return put_together(parts)


def held_rows(directories: Sequence[Path | str], ids: Iterable[str]) -> Changes:
    """
    Return the changes held of some items, the newest import of each; for `merge`.

    The directories are imports of one source, oldest first.

    Raises:
        ValueError: if they are not of one source.
    """
    groups = _by_source(directories)
    if len(groups) > 1:
        raise ValueError(f"rows are held by source, not by several: {sorted(groups)}")
    wanted = set(ids)
    count = bucket_count(directories)
    parts = []
    with connect() as connection:
        for bucket in sorted({bucket_of(name, count) for name in wanted}):
            part = _read(connection, groups, bucket)
            kept = np.array([name in wanted for name in part.ids], dtype=np.bool_)
            parts.append(items_of(part, kept))
    return put_together(parts)
