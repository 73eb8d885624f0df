"""Directories of buckets, of one import or of several together -> histories, bucket by bucket."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from tallystick.engine.columnar import connect
from tallystick.engine.intake.changes import Changes, no_changes, put_together
from tallystick.engine.intake.manifest import (
    ROWS_PER_BUCKET,
    Manifest,
    bucket_of,
    buckets_of,
    most_buckets,
    read_manifest,
    usual_count,
)
from tallystick.engine.intake.newest import Part, read_newest
from tallystick.engine.intake.stored import (
    EVERYTHING,
    BucketFiles,
    Stored,
    Wanted,
    attribute_of,
    one_after_the_other,
)
from tallystick.engine.intake.written import sweep, write_buckets, write_parts
from tallystick.engine.values import Spans

__all__ = [
    "ROWS_PER_BUCKET",
    "Manifest",
    "Wanted",
    "bucket_count",
    "bucket_of",
    "held_rows",
    "read_all",
    "read_bucket_changes",
    "read_buckets",
    "read_manifest",
    "sweep",
    "usual_count",
    "write_buckets",
    "write_parts",
]


def bucket_count(directories: Sequence[Path | str]) -> int:
    """Return in how many buckets imports are read together: the most that one has; 1 for none."""
    return most_buckets(read_manifest(directory) for directory in directories)


def read_all(directories: Sequence[Path | str]) -> Iterator[Spans]:
    """
    Give the histories of several imports, oldest first, bucket by bucket, empty ones included.

    The last import that contains an item has all its rows. Items are told apart by source and
    external id; where the imports are of more than one source, ids are written SOURCE/ID. Every
    bucket carries the attributes of all the imports. An import in fewer buckets than another is
    read from the one bucket that the items can lie in. Ids stay in the files until asked for.
    """
    sources = _by_source(directories)
    count = most_buckets(held.manifest for group in sources.values() for held in group)
    with connect() as connection:
        for bucket in range(count):
            yield _read(connection, sources, Part(bucket, count)).spans()


def read_bucket_changes(directories: Sequence[Path | str], bucket: int) -> Changes:
    """Return what `read_all` gives of one bucket, as changes."""
    return _read_bucket(directories, bucket).changes()


def read_buckets(
    directories: Sequence[Path | str], bucket: int, wanted: Wanted = EVERYTHING
) -> Spans:
    """Return what `read_all` gives of one bucket, or as much of it as is wanted."""
    return _read_bucket(directories, bucket, wanted).spans()


def _read_bucket(
    directories: Sequence[Path | str], bucket: int, wanted: Wanted = EVERYTHING
) -> Stored:
    with connect() as connection:
        part = Part(bucket, bucket_count(directories), wanted=wanted)
        return _read(connection, _by_source(directories), part)


def attributes_of(directories: Sequence[Path | str]) -> tuple[str, ...]:
    """Return the names of the attributes that any of several imports carries."""
    return tuple(sorted({name for each in directories for name in read_manifest(each).attributes}))


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
    wanted = sorted(set(ids)) if sources else []
    if not wanted:
        return no_changes()
    count = bucket_count(directories)
    with connect() as connection:
        shares: dict[int, list[str]] = defaultdict(list)
        places = buckets_of(connection, wanted, count).tolist()
        for name, bucket in zip(wanted, places, strict=True):
            shares[bucket].append(name)
        return put_together(
            [
                _read(connection, sources, Part(bucket, count, share)).changes()
                for bucket, share in sorted(shares.items())
            ]
        )


@dataclass(frozen=True, slots=True)
class _Held:
    """A directory of buckets and what it says of itself."""

    directory: Path
    manifest: Manifest

    def files(self, bucket: int) -> BucketFiles:
        """Return where the items of a bucket lie, counted in as many buckets or in more."""
        return BucketFiles(self.directory, bucket % self.manifest.buckets)


def _by_source(directories: Sequence[Path | str]) -> dict[str, list[_Held]]:
    sources: dict[str, list[_Held]] = defaultdict(list)
    for directory in directories:
        manifest = read_manifest(directory)
        sources[manifest.source].append(_Held(Path(directory), manifest))
    return sources


def _read(
    connection: duckdb.DuckDBPyConnection, sources: dict[str, list[_Held]], part: Part
) -> Stored:
    # Ids with their source in front, SOURCE/ID, are in order where the sources are so ordered.
    parts = {
        f"{source}/": _read_source(connection, group, part) for source, group in sources.items()
    }
    if len(parts) > 1:
        parts = {name: replace(of, ids=of.ids.prefixed(name)) for name, of in parts.items()}
    together = one_after_the_other([of for _, of in sorted(parts.items())])
    names = {n for group in sources.values() for held in group for n in held.manifest.attributes}
    if part.wanted.attributes is not None:
        names &= set(part.wanted.attributes)
    return replace(together, attributes={n: attribute_of(together, n) for n in sorted(names)})


def _read_source(
    connection: duckdb.DuckDBPyConnection, group: Sequence[_Held], part: Part
) -> Stored:
    files = [files for held in group if (files := held.files(part.bucket)).rows.exists()]
    coarse = any(held.manifest.buckets < part.count for held in group)
    return read_newest(connection, files, part if coarse else replace(part, bucket=0, count=1))
