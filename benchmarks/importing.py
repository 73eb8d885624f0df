"""Import of an event log: read, accept, bucket, write; against DuckDB, and its memory alone."""

import json
import sys
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from statistics import median

import duckdb

from benchmarks import importing_set
from benchmarks.generated import event_log_mapping, write_event_log
from benchmarks.harness import (
    Result,
    Sizes,
    alone,
    at_most,
    peak_megabytes,
    side_by_side,
    within,
)
from tallystick.engine.intake.buckets import write_buckets
from tallystick.engine.intake.reading import read_service_data

# A third above what was measured when it was set, so that a slower way is noticed.
REACH = 3.0
MOST_MEGABYTES = 300.0
MODULE = "benchmarks.importing"


def import_into(csv: Path, directory: Path) -> None:
    """Import a file as an action does, without its rows in the database."""
    reading = read_service_data(csv, event_log_mapping())
    write_buckets(reading.changes, directory, source=reading.source)


def sort_with_duckdb(csv: Path, parquet: Path) -> None:
    """Read the same file, sort it by item and time, and write it."""
    with duckdb.connect() as connection:
        connection.execute(
            f"COPY (SELECT * FROM read_csv('{csv}', header=true) ORDER BY sr_number, utc) "
            f"TO '{parquet}' (FORMAT parquet, COMPRESSION zstd)"
        )


def results(folder: Path, sizes: Sizes) -> Iterator[Result]:
    """Give the import's ratio, its peak memory, and its CPU seconds in a process of its own."""
    csv = folder / "changes.csv"
    write_event_log(csv, sizes.import_rows, sizes.import_items)
    numbers = count()
    ours, other = side_by_side(
        lambda: import_into(csv, folder / f"import-{next(numbers)}"),
        lambda: sort_with_duckdb(csv, folder / "sorted.parquet"),
        sizes.runs,
    )
    rows = f"{sizes.import_rows:,} rows of {sizes.import_items:,} items"
    yield at_most(
        "import an event log / DuckDB reads, sorts, writes it",
        ours,
        other,
        REACH,
        unit="CPU seconds",
        note=f"{rows}. Ours also checks each row and keeps its line; DuckDB does not.",
    )
    runs = [
        alone(MODULE, str(csv), str(folder / f"import-alone-{number}"))
        for number in range(sizes.runs)
    ]
    note = f"{rows}, in a process of its own, the interpreter and its libraries included."
    yield within(
        "peak memory of that import",
        median(each["megabytes"] for each in runs),
        MOST_MEGABYTES,
        unit="megabytes",
        note=f"at most. {note}",
    )
    yield within(
        "CPU of that import, start of the process included",
        median(each["cpu_seconds"] for each in runs),
        None,
        unit="CPU seconds",
        note=f"for information. {note}",
    )
    yield from importing_set.results(folder / "set", sizes)


if __name__ == "__main__":
    import_into(Path(sys.argv[1]), Path(sys.argv[2]))
    print(json.dumps({"megabytes": peak_megabytes(), "cpu_seconds": time.process_time()}))
