"""Stored probes -> a stream of them, component after component, in bounded memory."""

from collections.abc import Collection, Iterator, Sequence
from itertools import combinations, groupby, pairwise
from pathlib import Path

import duckdb
import numpy as np
from numpy.typing import NDArray

from tallystick.engine.columnar import connect
from tallystick.engine.intake.signals_store import HeldSignals, held, held_signals
from tallystick.engine.signals import ProbeChunk, SignalKind

ROWS_AT_ONCE = 8_000_000
"""About how many probes are held in memory at one time."""

_COUNTS = """
select component, count(*) from read_parquet(?) where since <= ? group by component
"""

# A slot and a status in one number: one column is fetched in half the time of two.
_PACKED = """
select (((since - {base:d}) // {interval:d}) * 4 + status)::{integer} as packed
from read_parquet(?) where component between ? and ? and since between ? and ?
"""
_MOST_SLOTS = 2**28
"""How many slots fit beside a status into an integer of 32 bits."""
_LAST_SMALL = 2**31 - 1


def probe_chunks(
    directories: Sequence[Path | str],
    *,
    interval: int,
    as_of: int,
    components: Collection[str] | None = None,
    rows: int = ROWS_AT_ONCE,
) -> Iterator[ProbeChunk]:
    """
    Give the probes of several imports that are known at `as_of`, for `measure_probes`.

    Components come in the order of their names, as `held` gives them. Where two imports tell of
    a component over the same time, their probes are compared one by one, which takes longer.
    """
    found = [each for each in held(directories, SignalKind.PROBES) if each.manifest.rows]
    found.sort(key=lambda each: each.manifest.first)
    if any(_meet(*pair) for pair in combinations(found, 2)):
        yield from _compared(directories, found, interval, as_of, components)
        return
    with connect() as connection:
        counts = [_counts(connection, each, as_of) for each in found]
        for names, total in _batches(found, counts, components, rows):
            pieces = total // rows + 1 if len(names) == 1 else 1
            parts: dict[str, list[ProbeChunk]] = {name: [] for name in names}
            for each, of_each in zip(found, counts, strict=True):
                for chunk in _fetched(connection, each, of_each, names, interval, as_of, pieces):
                    if len(names) == 1:
                        yield chunk
                    else:
                        parts[chunk.component].append(chunk)
            for chunks in parts.values():
                yield from chunks


def _meet(one: HeldSignals, other: HeldSignals) -> bool:
    """Return whether two imports, the earlier first, may tell of one instant of a component."""
    late = other.manifest.first <= one.manifest.last
    return late and not set(one.names).isdisjoint(other.names)


def _compared(
    directories: Sequence[Path | str],
    found: Sequence[HeldSignals],
    interval: int,
    as_of: int,
    components: Collection[str] | None,
) -> Iterator[ProbeChunk]:
    names = {name for each in found for name in each.names}
    for name in sorted(names if components is None else names.intersection(components)):
        signals = held_signals(directories, SignalKind.PROBES, components=[name], until=as_of)
        if len(signals):
            yield ProbeChunk(name, signals.since // interval, signals.status)


def _counts(
    connection: duckdb.DuckDBPyConnection, each: HeldSignals, as_of: int
) -> NDArray[np.int64]:
    """Return the number of known probes of each component, by its code."""
    if each.manifest.last <= as_of:
        return np.array(each.manifest.counts, dtype=np.int64)
    counts = np.zeros(len(each.names), dtype=np.int64)
    for code, count in connection.execute(_COUNTS, [each.file, as_of]).fetchall():
        counts[code] = count
    return counts


def _batches(
    found: Sequence[HeldSignals],
    counts: Sequence[NDArray[np.int64]],
    components: Collection[str] | None,
    rows: int,
) -> Iterator[tuple[list[str], int]]:
    """Give components to be read together, and how many probes they have in all."""
    totals: dict[str, int] = {}
    for each, of_each in zip(found, counts, strict=True):
        for name, count in zip(each.names, of_each.tolist(), strict=True):
            totals[name] = totals.get(name, 0) + count
    batch: list[str] = []
    total = 0
    for name, count in sorted(totals.items()):
        if not count or (components is not None and name not in components):
            continue
        if batch and total + count > rows:
            yield batch, total
            batch, total = [], 0
        batch, total = [*batch, name], total + count
    if batch:
        yield batch, total


def _fetched(
    connection: duckdb.DuckDBPyConnection,
    each: HeldSignals,
    counts: NDArray[np.int64],
    names: Sequence[str],
    interval: int,
    as_of: int,
    pieces: int,
) -> Iterator[ProbeChunk]:
    """Give the probes of one import; of a single component in several pieces of its time."""
    first, last = each.manifest.first, min(each.manifest.last, as_of)
    small = (last - first) // interval < _MOST_SLOTS
    base = first // interval * interval
    integer = "integer" if small else "bigint"
    statement = _PACKED.format(base=base, interval=interval, integer=integer)
    edges = np.linspace(first, last + 1, pieces + 1, dtype=np.int64).tolist()
    for codes in _runs(each.codes_of(names)):
        for start, end in pairwise(edges):
            values = [each.file, codes[0], codes[-1], start, end - 1]
            packed = connection.execute(statement, values).fetchnumpy()["packed"]
            if last // interval > _LAST_SMALL:
                packed = packed.astype(np.int64)
            sizes = counts[codes].tolist() if pieces == 1 else [len(packed)]
            found = [each.names[code] for code in codes]
            yield from _taken_apart(packed, found, sizes, base // interval)


def _runs(codes: Sequence[int]) -> Iterator[list[int]]:
    """Give the codes in runs without gaps."""
    for _, run in groupby(enumerate(codes), key=lambda pair: pair[1] - pair[0]):
        yield [code for _, code in run]


def _taken_apart(
    packed: NDArray[np.integer], names: Sequence[str], sizes: Sequence[int], base: int
) -> Iterator[ProbeChunk]:
    start = 0
    for name, size in zip(names, sizes, strict=True):
        part = packed[start : start + size]
        start += size
        if size:
            slot = part >> 2
            slot += base
            yield ProbeChunk(name, slot, (part & 3).astype(np.int8))
