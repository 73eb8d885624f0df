"""
A set of engagements measured from their stored buckets, against DuckDB on the same changes.

Two clauses by month, their 50th and 90th percentiles, and the list of every breached item.
`python -m benchmarks.measuring_set 10000000` runs it once at that many items.
"""

import json
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import cycle
from pathlib import Path
from statistics import median

import duckdb
import numpy as np
from numpy.typing import NDArray

from benchmarks.generated_set import SetSizes, agreements, write_set
from benchmarks.harness import Result, Sizes, alone, as_lines, at_most, peak_megabytes, within
from benchmarks.harness import side_by_side
from benchmarks.importing_set import import_set
from tallystick.engine.intake.buckets import bucket_count, read_buckets, read_manifest
from tallystick.engine.service_levels.many import measure_buckets
from tallystick.engine.service_levels.outcomes import (
    ITEM_VERDICTS,
    NO_WINDOW,
    ItemVerdict,
    Outcomes,
)
from tallystick.engine.service_levels.tally import measurements_of
from tallystick.engine.service_levels.terms import Agreement, ServiceLevel

GROUP_REACH, SCAN_REACH, LINEAR_REACH = 0.8, 6.0, 1.2
MOST_MEGABYTES = 1_500.0
MODULE = "benchmarks.measuring_set"
WORKERS = 2

_NUMBERED = """
SELECT {number}::BIGINT * 16777216 + item AS item, since, state FROM read_parquet([{files}])
"""
_SHUFFLED = """
COPY (SELECT * FROM changes ORDER BY hash(item, since))
TO '{path}' (FORMAT parquet, COMPRESSION zstd)
"""
_GROUP = "SELECT item, count(*), min(since), max(since) FROM read_parquet(?) GROUP BY item"
_SCAN = "SELECT state, count(*), min(item), max(since) FROM read_parquet(?) GROUP BY state"


class Gathered:
    """The percentiles and breached items of one engagement, gathered from its buckets."""

    def __init__(self) -> None:
        self.breached: list[NDArray[np.int64]] = []
        self.times: dict[str, list[tuple[NDArray[np.int32], NDArray[np.int32]]]] = {}

    def keep(self, number: int, level: ServiceLevel, outcomes: Outcomes) -> None:
        """Take what a bucket gives."""
        missed = outcomes.verdict == ITEM_VERDICTS.index(ItemVerdict.MISSED)
        self.breached.append(outcomes.item[missed])
        placed = outcomes.window != NO_WINDOW
        pair = outcomes.window[placed], outcomes.counted[placed].astype(np.int32)
        self.times.setdefault(level.id, []).append(pair)

    def percentiles(self) -> int:
        """Return how many percentiles by nearest rank were found: two of each month and level."""
        found = 0
        for pairs in self.times.values():
            window = np.concatenate([pair[0] for pair in pairs]).astype(np.int64)
            # One number holds both, and sorting numbers is what numpy does best.
            ordered = np.sort((window << 32) | np.concatenate([pair[1] for pair in pairs]))
            counts = np.bincount(window)
            ends = np.cumsum(counts)
            for rank in (50, 90):
                place = ends - counts + np.maximum(-(-counts * rank // 100), 1) - 1
                found += len(ordered[place[counts > 0]])
        return found


def measure_set(imports: Sequence[Path]) -> int:
    """Measure each engagement under its agreement; return how many items were decided."""
    decided = 0
    for directory, terms in zip(imports, cycle(agreements()), strict=False):
        decided += _measure(directory, terms)
    return decided


def _measure(directory: Path, terms: Agreement) -> int:
    as_of = (read_manifest(directory).last_at or 0) + 1
    gathered = Gathered()
    found = measure_buckets(
        partial(read_buckets, [directory], sources=False),
        bucket_count([directory]),
        terms,
        as_of,
        keep=gathered.keep,
        fingerprints=False,
        workers=WORKERS,
    )
    gathered.percentiles()
    return sum(
        each.denominator
        for name, added in found.items()
        for each in measurements_of(added.summary, terms.service_level(name), terms, as_of)
    )


def shuffle_set(imports: Sequence[Path], folder: Path) -> list[str]:
    """Write the same changes into one file, their items numbered, in no order at all."""
    path = folder / "shuffled.parquet"
    with duckdb.connect(str(folder / "shuffling.duckdb")) as connection:
        connection.execute("CREATE TABLE changes (item BIGINT, since BIGINT, state TINYINT)")
        for number, directory in enumerate(imports):
            files = ", ".join(f"'{each}'" for each in _rows_of(directory))
            connection.execute(
                "INSERT INTO changes " + _NUMBERED.format(number=number, files=files)
            )
        connection.execute(_SHUFFLED.format(path=path))
    return [str(path)]


def _rows_of(directory: Path) -> list[str]:
    return [str(path) for path in sorted(directory.glob("bucket-????.parquet"))]


def _query(statement: str, files: list[str]) -> None:
    with duckdb.connect(config={"threads": WORKERS}) as connection:
        connection.execute(statement, [files]).fetchnumpy()
