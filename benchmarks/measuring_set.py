"""
A set of engagements measured from their stored buckets, against DuckDB on the same changes.

Two clauses by month, their 50th and 90th percentiles, and the list of every breached item.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import cycle
from pathlib import Path
from statistics import median

import duckdb
import numpy as np
from numpy.typing import NDArray

from benchmarks.generated_set import SetSizes, agreements, write_set
from benchmarks.harness import (
    Result,
    Sizes,
    alone,
    at_most,
    cpu_seconds,
    peak_megabytes,
    side_by_side,
    within,
)
from benchmarks.importing_set import import_set
from tallystick.engine.intake.buckets import (
    Wanted,
    attributes_of,
    bucket_count,
    read_buckets,
    read_manifest,
)
from tallystick.engine.service_levels.asked import attributes_asked
from tallystick.engine.service_levels.many import measure_buckets
from tallystick.engine.service_levels.outcomes import (
    ITEM_VERDICTS,
    NO_WINDOW,
    ItemVerdict,
    Outcomes,
)
from tallystick.engine.service_levels.tally import measurements_of
from tallystick.engine.service_levels.terms import Agreement, ServiceLevel

GROUP_REACH, NUMBERED_REACH, SCAN_REACH, LINEAR_REACH = 0.8, 1.5, 6.0, 1.2
MOST_MEGABYTES = 1_500.0
MODULE = "benchmarks.measuring_set"
WORKERS = 2

_GROUP = """
SELECT file_index, id, count(*), min("at"), max("at") FROM read_parquet([{files}])
GROUP BY file_index, id
"""
_NUMBERED = """
INSERT INTO changes
SELECT {number}::BIGINT * 16777216 + item AS item, since, state FROM read_parquet([{files}])
"""
_SHUFFLED = """
COPY (SELECT * FROM changes ORDER BY hash(item, since))
TO '{path}' (FORMAT parquet, COMPRESSION zstd)
"""
_GROUP_NUMBERED = """
SELECT item, count(*), min(since), max(since) FROM read_parquet([{files}]) GROUP BY item
"""
_SCAN = """
SELECT bit_xor(item), bit_xor(since), bit_xor(state), sum(stated::INT), bit_xor(line),
       bit_xor(origin), bit_xor(attribute_priority), bit_xor(attribute_team)
FROM read_parquet([{files}])
"""


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
    asked = attributes_asked(terms, attributes_of([directory]))
    found = measure_buckets(
        partial(read_buckets, [directory], wanted=Wanted(asked, sources=False)),
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


def shuffle_set(imports: Sequence[Path], folder: Path) -> Path:
    """Write the same changes into one file, their items numbered, in no order at all."""
    path = folder / "shuffled.parquet"
    with duckdb.connect(str(folder / "shuffling.duckdb")) as connection:
        connection.execute("CREATE TABLE changes (item BIGINT, since BIGINT, state TINYINT)")
        for number, directory in enumerate(imports):
            connection.execute(_NUMBERED.format(number=number, files=_named(_rows_of(directory))))
        connection.execute(_SHUFFLED.format(path=path))
    return path


def _rows_of(directory: Path) -> list[Path]:
    return sorted(directory.glob("bucket-????.parquet"))


def _named(files: Sequence[Path]) -> str:
    return ", ".join(f"'{path}'" for path in files)


def query(statement: str, files: Sequence[Path]) -> None:
    """Run a statement over files on as many threads as ours has workers."""
    with duckdb.connect(config={"threads": WORKERS}) as connection:
        connection.execute(statement.format(files=_named(files))).fetchnumpy()


def results(folder: Path, sizes: Sizes) -> Iterator[Result]:
    """Give the ratios, the peak memory, and the cost as the set grows."""
    exports = sorted((folder / "set" / "exports").iterdir())
    imports = sorted((folder / "set" / "imports-0").iterdir())
    rows = [path for directory in imports for path in _rows_of(directory)]
    note = f"{sizes.set_items:,} items of {sizes.set_engagements} engagements, two clauses each"
    yield _compared(
        "measure a set / DuckDB groups its changes by item", imports, _GROUP, exports, sizes,
        GROUP_REACH, f"{note}. DuckDB groups the exports by engagement and id.",
    )  # fmt: skip
    shuffled = [shuffle_set(imports, folder)]
    yield _compared(
        "measure a set / DuckDB groups numbered changes", imports, _GROUP_NUMBERED, shuffled,
        sizes, NUMBERED_REACH,
        f"{note}. The same changes in one shuffled file, an integer for each item.",
    )  # fmt: skip
    yield _compared(
        "measure a set / DuckDB scans what was imported", imports, _SCAN, rows, sizes,
        SCAN_REACH, f"{note}. DuckDB decodes every column of the rows and keeps none.",
    )  # fmt: skip
    yield from _grown(folder, sizes)


def _compared(
    name: str,
    imports: Sequence[Path],
    statement: str,
    files: Sequence[Path],
    sizes: Sizes,
    reach: float,
    note: str,
) -> Result:
    ours, other = side_by_side(
        lambda: measure_set(imports), lambda: query(statement, files), sizes.runs
    )
    return at_most(name, ours, other, reach, unit="CPU seconds", note=note)


def _grown(folder: Path, sizes: Sizes) -> Iterator[Result]:
    """Measure sets of several sizes: the memory of each, and what an item costs."""
    costs = []
    for items, engagements in sizes.grown:
        of_size = folder / f"grown-{items}"
        import_set(
            write_set(of_size / "exports", SetSizes(items, engagements)), of_size / "imports"
        )
        imports = sorted((of_size / "imports").iterdir())
        spent = median(cpu_seconds(lambda of=imports: measure_set(of)) for _ in range(sizes.runs))
        costs.append(spent / items * 1e6)
        told = alone(MODULE, str(of_size / "imports"))
        yield within(
            f"peak memory of measuring {items:,} items",
            told["megabytes"],
            MOST_MEGABYTES,
            unit="megabytes",
            note="at most, in a process of its own, the interpreter and its libraries included; "
            f"{WORKERS} buckets at one time. The aim is 500.",
        )
    yield at_most(
        "cost of an item as the set grows, dearest / cheapest",
        max(costs),
        min(costs),
        LINEAR_REACH,
        unit="CPU µs",
        note=" → ".join(f"{items:,}" for items, _ in sizes.grown) + " items.",
    )


if __name__ == "__main__":
    measure_set(sorted(Path(sys.argv[1]).iterdir()))
    print(json.dumps({"megabytes": peak_megabytes()}))
