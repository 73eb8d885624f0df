"""
A set of engagements imported and read: against DuckDB, and their memory alone.

`python -m benchmarks.importing_set 10000000` runs it once at that many items.
"""

import json
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path
from statistics import median

import duckdb

from benchmarks.generated_set import SetSizes, set_mapping, write_set
from benchmarks.harness import (
    Result,
    Sizes,
    alone,
    as_lines,
    at_most,
    peak_megabytes,
    side_by_side,
    within,
)
from tallystick.engine.intake.buckets import read_all
from tallystick.engine.intake.staged import settle, staged

# A third above the most that was measured when they were set, so that a slower way is noticed.
IMPORT_REACH = 2.2
READ_REACH = 3.0
MOST_MEGABYTES = 500.0
MODULE = "benchmarks.importing_set"

_SCAN = """
select bit_xor(item), bit_xor(since), bit_xor(state), sum(stated::int), bit_xor(line),
       bit_xor(origin), bit_xor(attribute_priority), bit_xor(attribute_team)
from read_parquet(?)
"""


def import_set(exports: Sequence[Path], target: Path) -> None:
    """Import each export into a directory of its own, as the action does without its records."""
    for path in exports:
        directory = target / path.stem
        with staged(path, set_mapping(), directory) as read:
            settled = settle(read, [], directory)
        if settled.accepted != settled.read:
            raise RuntimeError("a row was rejected, so something else was measured")


def sort_set(exports: Sequence[Path], target: Path) -> None:
    """Sort the changes of each export by item and time, and write them."""
    with duckdb.connect(config={"threads": 1}) as connection:
        for path in exports:
            connection.execute(
                f"COPY (FROM '{path}' ORDER BY id, \"at\") "
                f"TO '{target}' (FORMAT parquet, COMPRESSION zstd)"
            )


def read_set(imports: Sequence[Path]) -> int:
    """Read each import bucket by bucket; return how many rows there are."""
    return sum(len(spans.item) for directory in imports for spans in read_all([directory]))


def scan_set(imports: Sequence[Path]) -> None:
    """Decode every column of the same rows, and keep none."""
    with duckdb.connect(config={"threads": 1}) as connection:
        for directory in imports:
            files = [str(path) for path in directory.glob("bucket-????.parquet")]
            connection.execute(_SCAN, [files]).fetchall()


def results(folder: Path, sizes: Sizes) -> Iterator[Result]:
    """Give the ratios of importing and of reading, and the peak memory of each."""
    of_set = SetSizes(sizes.set_items, sizes.set_engagements)
    exports = write_set(folder / "exports", of_set)
    note = f"{of_set.items:,} items of {of_set.engagements} engagements, changes in shuffled order"
    yield _imported(exports, folder, sizes, note)
    imports = sorted((folder / "imports-0").iterdir())
    yield _read(imports, sizes, note)
    yield from _memory("importing", folder / "exports", folder, sizes, note)
    yield from _memory("reading", folder / "imports-0", folder, sizes, note)


def _imported(exports: Sequence[Path], folder: Path, sizes: Sizes, note: str) -> Result:
    numbers = count()
    ours, other = side_by_side(
        lambda: import_set(exports, folder / f"imports-{next(numbers)}"),
        lambda: sort_set(exports, folder / "sorted.parquet"),
        sizes.runs,
    )
    return at_most(
        "import a set of Parquet exports / DuckDB sorts them",
        ours,
        other,
        IMPORT_REACH,
        unit="CPU seconds",
        note=f"{note}. Ours also checks each row; both write Parquet, an engagement at a time.",
    )


def _read(imports: Sequence[Path], sizes: Sizes, note: str) -> Result:
    ours, other = side_by_side(lambda: read_set(imports), lambda: scan_set(imports), sizes.runs)
    return at_most(
        "read the buckets of a set / DuckDB decodes the same files",
        ours,
        other,
        READ_REACH,
        unit="CPU seconds",
        note=f"{note}. Ours hands over numpy columns with the end of each span; ids stay put.",
    )


def _memory(what: str, source: Path, folder: Path, sizes: Sizes, note: str) -> Iterator[Result]:
    targets = [folder / f"alone-{number}" for number in range(sizes.runs)]
    found = []
    for target in targets:
        found.append(alone(MODULE, what, str(source), str(target)))
        shutil.rmtree(target, ignore_errors=True)
    note = f"{note}, in a process of its own, the interpreter and its libraries included."
    yield within(
        f"peak memory of {what} the set",
        median(each["megabytes"] for each in found),
        MOST_MEGABYTES,
        unit="megabytes",
        note=f"at most. {note}",
    )
    yield within(
        f"wall of {what} the set, start of the process included",
        median(each["wall_seconds"] for each in found),
        None,
        unit="seconds",
        note=f"for information. {note}",
    )


_ALONE: dict[str, Callable[[Path, Path], object]] = {
    "importing": lambda source, target: import_set(sorted(source.iterdir()), target),
    "reading": lambda source, _: read_set(sorted(source.iterdir())),
}


def _run_alone(what: str, source: str, target: str) -> None:
    start = time.perf_counter()
    _ALONE[what](Path(source), Path(target))
    told = {
        "megabytes": peak_megabytes(),
        "cpu_seconds": time.process_time(),
        "wall_seconds": time.perf_counter() - start,
    }
    print(json.dumps(told))


def _run_once(items: int) -> None:
    sizes = replace(Sizes(), set_items=items, set_engagements=200, runs=1)
    with tempfile.TemporaryDirectory(prefix="tallystick-bench-") as folder:
        for line in as_lines(results(Path(folder), sizes)):
            print(line, flush=True)


if __name__ == "__main__":
    if len(sys.argv) == 2:
        _run_once(int(sys.argv[1]))
    else:
        _run_alone(*sys.argv[1:])
