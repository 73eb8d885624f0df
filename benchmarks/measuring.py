"""Measuring two service levels, against a bare grouping of the same rows by item."""

from collections.abc import Iterator

import duckdb

from benchmarks.generated import agreement, spans
from benchmarks.harness import Result, Sizes, at_most, side_by_side
from tallystick.engine.service_levels.measure import measure
from tallystick.engine.service_levels.tally import tally
from tallystick.engine.service_levels.terms import Agreement
from tallystick.engine.values import Spans

# A third above what was measured when it was set, so that a slower way is noticed.
REACH = 6.5


def measure_both(histories: Spans, terms: Agreement, as_of: int) -> int:
    """Measure each level of the agreement; return how many items were decided."""
    decided = 0
    for level in terms.service_levels:
        outcomes = measure(histories, level, terms, as_of)
        decided += sum(each.denominator for each in tally(outcomes, level, terms, as_of))
    return decided


def a_table(histories: Spans) -> duckdb.DuckDBPyConnection:
    """Return a DuckDB that holds the same rows in a table."""
    connection = duckdb.connect()
    columns = {"item": histories.item, "since": histories.since, "state": histories.state}
    connection.register("columns", columns)
    connection.execute("CREATE TABLE changes AS SELECT * FROM columns")
    connection.unregister("columns")
    return connection


def group(connection: duckdb.DuckDBPyConnection) -> None:
    """Count the changes of each item, and find its first and last."""
    connection.execute(
        "SELECT item, count(*), min(since), max(since) FROM changes GROUP BY item"
    ).fetchnumpy()


def results(sizes: Sizes) -> Iterator[Result]:
    """Give the ratio."""
    histories, terms = spans(sizes.measured_items, sizes.changes_each), agreement()
    as_of = int(histories.since.max()) + 1
    if not measure_both(histories, terms, as_of):
        raise RuntimeError("nothing was decided, so nothing was measured")
    with a_table(histories) as connection:
        ours, other = side_by_side(
            lambda: measure_both(histories, terms, as_of), lambda: group(connection), sizes.runs
        )
    yield at_most(
        "measure two levels / DuckDB groups the rows by item",
        ours,
        other,
        REACH,
        unit="CPU seconds",
        note=f"{sizes.measured_items:,} items, {len(histories.item):,} changes, in memory for "
        "both; the calendar was compiled before.",
    )
