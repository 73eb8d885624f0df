"""What a directory of buckets says of itself, and which bucket an item lies in."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

ROWS_PER_BUCKET = 250_000
"""About how many rows a bucket is to hold at most, unless it is told how many buckets to make."""

FORMAT = 2
_FILE = "manifest.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """
    What a directory of buckets holds. A bucket without items has no file.

    `first_at` and `last_at` are the first and the last instant; None without rows.
    """

    source: str
    buckets: int
    items: int
    rows: int
    attributes: tuple[str, ...] = ()
    first_at: int | None = None
    last_at: int | None = None


def write_manifest(manifest: Manifest, directory: Path) -> None:
    """Write the manifest into a directory of buckets."""
    write_told(asdict(manifest), directory)


def read_manifest(directory: Path | str) -> Manifest:
    """Return what a directory of buckets says of itself. Raises as `read_told` does."""
    document = read_told(directory)
    return Manifest(**document | {"attributes": tuple(document["attributes"])})


def write_told(document: Mapping[str, Any], directory: Path) -> None:
    """Write what the directory of an import says of itself, as plain JSON values."""
    text = json.dumps({"format": FORMAT, **document}, indent=1, sort_keys=True)
    (directory / _FILE).write_text(text + "\n", encoding="utf-8")


def read_told(directory: Path | str) -> dict[str, Any]:
    """
    Return what the directory of an import says of itself, as plain JSON values.

    Raises:
        ValueError: if its format is another.
    """
    document: dict[str, Any] = json.loads((Path(directory) / _FILE).read_text(encoding="utf-8"))
    if document.pop("format") != FORMAT:
        raise ValueError(f"{directory} is not in format {FORMAT} of imports")
    return document


def usual_count(rows: int, at_most: int = ROWS_PER_BUCKET) -> int:
    """Return the power of two in which so many rows are parted, `at_most` or fewer each."""
    return 1 << (max(rows - 1, 0) // at_most).bit_length()


def most_buckets(manifests: Iterable[Manifest]) -> int:
    """Return in how many buckets imports are read together: the most that one has; 1 for none."""
    return max((manifest.buckets for manifest in manifests), default=1)


def bucket_of(name: str, count: int) -> int:
    """
    Return the bucket of an external id: the upper half of its MD5, little-endian, modulo `count`.

    It equals DuckDB's `md5_number_lower(id) % count`. MD5 spreads here; it protects nothing.
    """
    digest = hashlib.md5(name.encode(), usedforsecurity=False).digest()
    return int.from_bytes(digest[8:], "little") % count


def buckets_of(
    connection: duckdb.DuckDBPyConnection, ids: Sequence[str], count: int
) -> NDArray[np.uint16]:
    """Return the bucket of each of many ids, as `bucket_of` does."""
    connection.register("ids", {"id": np.array([*ids, None], dtype=object)[:-1]})
    statement = "select (md5_number_lower(id) % ?)::usmallint as bucket from ids"
    bucket: NDArray[np.uint16] = connection.execute(statement, [count]).fetchnumpy()["bucket"]
    connection.unregister("ids")
    return bucket
