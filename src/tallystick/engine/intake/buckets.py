"""A set of changes <-> a directory of buckets, which is whole or absent."""

import hashlib
import json
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import numpy as np

from tallystick.engine.columnar import connect
from tallystick.engine.intake.changes import (
    Changes,
    attribute,
    items_of,
    no_changes,
    put_together,
    relabelled,
)
from tallystick.engine.intake.newest import Part, read_newest
from tallystick.engine.intake.spans import spans_of
from tallystick.engine.intake.stored import write_changes
from tallystick.engine.values import Spans

ROWS_PER_BUCKET = 250_000
"""About how many rows a bucket is to hold at most, unless it is told how many buckets to make."""

_MANIFEST = "manifest.json"
_PARTIAL = ".partial-"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a directory of buckets holds. A bucket without items has no file."""

    source: str
    buckets: int
    items: int
    rows: int
    attributes: tuple[str, ...] = ()


def usual_count(rows: int) -> int:
    """Return the power of two in which so many rows are parted, ROWS_PER_BUCKET or fewer each."""
    return 1 << (max(rows - 1, 0) // ROWS_PER_BUCKET).bit_length()


def bucket_of(name: str, count: int) -> int:
    """
    Return the bucket of an external id: the upper half of its MD5, little-endian, modulo `count`.

    It equals DuckDB's `md5_number_lower(id) % count`. MD5 spreads here; it protects nothing.
    """
    digest = hashlib.md5(name.encode(), usedforsecurity=False).digest()
    return int.from_bytes(digest[8:], "little") % count


def write_buckets(
    changes: Changes, directory: Path | str, bucket_count: int | None = None, *, source: str = ""
) -> Manifest:
    """
    Write changes as one Parquet file per bucket, under a directory that must not exist yet.

    The number of buckets is a power of two, by default that of `usual_count`: a bucket of many
    then lies within one bucket of few, and imports of different sizes can be read together.
    The files are written beside it and the directory appears with its last step, so that a
    process killed in between leaves no directory; `sweep` removes what it left.

    Raises:
        FileExistsError: if the directory exists.
        ValueError: if the number of buckets is no power of two.
    """
    directory = Path(directory)
    count = usual_count(len(changes)) if bucket_count is None else bucket_count
    if count < 1 or count.bit_count() != 1:
        raise ValueError(f"the number of buckets is a power of two, not {count}")
    if directory.exists():
        raise FileExistsError(directory)
    directory.parent.mkdir(parents=True, exist_ok=True)
    name = f".{directory.name}{_PARTIAL}"
    partial = Path(tempfile.mkdtemp(prefix=name, dir=directory.parent))
    attributes = tuple(sorted(changes.attributes))
    manifest = Manifest(source, count, len(changes.ids), len(changes), attributes)
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
    count = manifest.buckets
    places = [bucket_of(name, count) if count > 1 else 0 for name in changes.ids]
    buckets = np.array(places, dtype=np.int64)
    with connect() as connection:
        for bucket in np.unique(buckets).tolist():
            part = items_of(changes, buckets == bucket) if count > 1 else changes
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
    del document["format"]
    return Manifest(**document | {"attributes": tuple(document["attributes"])})


def bucket_count(directories: Sequence[Path | str]) -> int:
    """Return in how many buckets imports are read together: the most that one has; 1 for none."""
    return _count([read_manifest(directory) for directory in directories])


def _count(manifests: Iterable[Manifest]) -> int:
    return max((manifest.buckets for manifest in manifests), default=1)


def read_all(directories: Sequence[Path | str]) -> Iterator[Spans]:
    """
    Give the histories of several imports, oldest first, bucket by bucket, empty ones included.

    The last import that contains an item has all its rows. Items are told apart by source and
    external id; where the imports are of more than one source, ids are written SOURCE/ID. Every
    bucket carries the attributes of all the imports. An import in fewer buckets than another is
    read from the one file that the bucket's items can lie in.
    """
    sources = _by_source(directories)
    count = _count(held.manifest for group in sources.values() for held in group)
    with connect() as connection:
        for bucket in range(count):
            yield spans_of(_read(connection, sources, Part(bucket, count)))


def read_bucket_changes(directories: Sequence[Path | str], bucket: int) -> Changes:
    """Return what `read_all` gives of one bucket, as changes."""
    with connect() as connection:
        part = Part(bucket, bucket_count(directories))
        return _read(connection, _by_source(directories), part)


def read_buckets(directories: Sequence[Path | str], bucket: int) -> Spans:
    """Return what `read_all` gives of one bucket."""
    return spans_of(read_bucket_changes(directories, bucket))


def held_rows(directories: Sequence[Path | str], ids: Iterable[str]) -> Changes:
    """
    Return the changes held of some items, the newest import of each; for `merge`.

    The directories are imports of one source, oldest first.

    Raises:
        ValueError: if they are not of one source.
    """
    sources = _by_source(directories)
    if len(sources) > 1:
        raise ValueError(f"rows are held by source, not by several: {sorted(sources)}")
    wanted = frozenset(ids)
    count = bucket_count(directories)
    shares: dict[int, list[str]] = defaultdict(list)
    for name in wanted if sources else ():
        shares[bucket_of(name, count) if count > 1 else 0].append(name)
    if not shares:
        return no_changes()
    with connect() as connection:
        return put_together(
            [
                _read(connection, sources, Part(bucket, count, share))
                for bucket, share in sorted(shares.items())
            ]
        )


@dataclass(frozen=True, slots=True)
class _Held:
    """A directory of buckets and what it says of itself."""

    directory: Path
    manifest: Manifest

    def file(self, bucket: int) -> Path:
        """Return where the items of a bucket lie, counted in as many buckets or in more."""
        return self.directory / _file(bucket % self.manifest.buckets)


def _by_source(directories: Sequence[Path | str]) -> dict[str, list[_Held]]:
    sources: dict[str, list[_Held]] = defaultdict(list)
    for directory in directories:
        manifest = read_manifest(directory)
        sources[manifest.source].append(_Held(Path(directory), manifest))
    return sources


def _read(
    connection: duckdb.DuckDBPyConnection, sources: dict[str, list[_Held]], part: Part
) -> Changes:
    parts = {
        source: _read_source(connection, group, part) for source, group in sorted(sources.items())
    }
    if len(parts) > 1:
        parts = {name: relabelled(part, f"{name}/") for name, part in parts.items()}
    changes = put_together(list(parts.values()))
    names = {n for group in sources.values() for held in group for n in held.manifest.attributes}
    return replace(changes, attributes={n: attribute(changes, n) for n in sorted(names)})


def _read_source(
    connection: duckdb.DuckDBPyConnection, group: Sequence[_Held], part: Part
) -> Changes:
    files = [path for held in group if (path := held.file(part.bucket)).exists()]
    coarse = any(held.manifest.buckets < part.count for held in group)
    return read_newest(connection, files, part if coarse else replace(part, bucket=0, count=1))
