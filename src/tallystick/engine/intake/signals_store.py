"""Signals <-> a directory with one Parquet file, which is whole or absent; see `written`."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tallystick.engine.columnar import connect
from tallystick.engine.intake.changes import stacked
from tallystick.engine.intake.columns import row_keys
from tallystick.engine.intake.manifest import read_told, write_told
from tallystick.engine.intake.signal_sets import (
    origin_of,
    put_signals_together,
    some_signals,
    sorted_signals,
)
from tallystick.engine.intake.written import appearing
from tallystick.engine.signals import SignalKind, Signals
from tallystick.engine.values import Coded

FILE = "signals.parquet"

_ROWS = """
select component, since, until, status, users, line, origin
from read_parquet(?) where component in (select unnest(?)) and since between ? and ?
"""


@dataclass(frozen=True, slots=True)
class SignalManifest:
    """
    What a directory of signals holds.

    `components` are in order; a component in the file is a position in them, and `counts` has
    the rows of each. `first` and `last` are the instants of the earliest and the latest row;
    both 0 without rows.
    """

    kind: SignalKind
    source: str
    components: tuple[str, ...]
    counts: tuple[int, ...]
    first: int
    last: int

    @property
    def rows(self) -> int:
        """Return how many rows there are."""
        return sum(self.counts)


def write_signals(signals: Signals, directory: Path | str, *, source: str = "") -> SignalManifest:
    """
    Write signals as one Parquet file, under a directory that must not exist yet.

    Columns: component (position in the manifest's list), since, until (whole seconds since 1970
    UTC; the largest integer where there is no end), status (position in STATUSES), users (-1
    for all), line, origin; sorted by component, then since, then line.

    Raises:
        FileExistsError: if the directory exists.
    """
    since = signals.since
    manifest = SignalManifest(
        kind=signals.kind,
        source=source,
        components=signals.components,
        counts=tuple(np.bincount(signals.component, minlength=len(signals.components)).tolist()),
        first=int(since.min()) if len(signals) else 0,
        last=int(since.max()) if len(signals) else 0,
    )
    with appearing(Path(directory)) as partial, connect() as connection:
        connection.register("signals", _columns(signals))
        found = connection.sql("select * from signals")
        found.write_parquet(str(partial / FILE), compression="zstd")
        write_told(asdict(manifest), partial)
    return manifest


def _columns(signals: Signals) -> dict[str, NDArray[Any]]:
    origin = origin_of(signals)
    return {
        "component": signals.component.astype(np.int32),
        "since": signals.since,
        "until": signals.until,
        "status": signals.status,
        "users": signals.users,
        "line": signals.line,
        "origin": np.array([*origin.values, None], dtype=object)[origin.codes],
    }


def read_signal_manifest(directory: Path | str) -> SignalManifest:
    """Return what a directory of signals says of itself."""
    document = read_told(directory)
    lists = {name: tuple(document[name]) for name in ("components", "counts")}
    return SignalManifest(**document | {"kind": SignalKind(document["kind"]), **lists})


@dataclass(frozen=True, slots=True)
class HeldSignals:
    """A directory of signals, and what its components are called among those read together."""

    directory: Path
    manifest: SignalManifest
    names: tuple[str, ...]

    @property
    def file(self) -> str:
        """Return where the rows lie."""
        return str(self.directory / FILE)

    def codes_of(self, names: Collection[str] | None) -> list[int]:
        """Return the codes of some components in the file; of all, without names."""
        return [code for code, name in enumerate(self.names) if names is None or name in names]


def held(directories: Sequence[Path | str], kind: SignalKind) -> list[HeldSignals]:
    """
    Return the directories of signals, in the order given.

    Components are told apart by source and name; where the directories are of more than one
    source, names are written SOURCE/NAME.

    Raises:
        ValueError: if a directory holds signals of another kind.
    """
    manifests = [read_signal_manifest(directory) for directory in directories]
    if other := {manifest.kind for manifest in manifests} - {kind}:
        raise ValueError(f"the directories hold {', '.join(sorted(other))}, not {kind} alone")
    several = len({manifest.source for manifest in manifests}) > 1
    return [
        HeldSignals(
            Path(directory),
            manifest,
            tuple(f"{manifest.source}/{name}" for name in manifest.components)
            if several
            else manifest.components,
        )
        for directory, manifest in zip(directories, manifests, strict=True)
    ]


def held_signals(
    directories: Sequence[Path | str],
    kind: SignalKind,
    *,
    components: Collection[str] | None = None,
    since: int = -(2**62),
    until: int = 2**62,
) -> Signals:
    """
    Return the signals of several imports, oldest first, that start from `since` through `until`.

    The last import that tells of a component at an instant has all rows of that instant. The
    names of components are those that `held` gives.
    """
    parts = [
        _read(each, components, since, until)
        for each in held(directories, kind)
        if each.manifest.rows
    ]
    return put_signals_together(kind, _newest(parts))


def _newest(parts: Sequence[Signals]) -> list[Signals]:
    """Return of each part the rows of which no later part tells the component and instant."""
    if len(parts) < 2:
        return list(parts)
    names = stacked([Coded(part.component.astype(np.int32), part.components) for part in parts])
    since = np.concatenate([part.since for part in parts])
    keys = row_keys([names.codes, since], len(since))
    number = np.repeat(np.arange(len(parts)), [len(part) for part in parts])
    last = np.zeros(len(since) + 1, dtype=np.int64)
    np.maximum.at(last, keys, number)
    newest = np.split(last[keys] == number, np.cumsum([len(part) for part in parts])[:-1])
    return [some_signals(part, rows) for part, rows in zip(parts, newest, strict=True)]


def _read(each: HeldSignals, components: Collection[str] | None, since: int, until: int) -> Signals:
    with connect() as connection:
        columns = connection.execute(
            _ROWS, [each.file, each.codes_of(components), since, until]
        ).fetchnumpy()
    values, codes = np.unique(columns["origin"].astype(str), return_inverse=True)
    return sorted_signals(
        each.manifest.kind,
        Coded(np.asarray(columns["component"], dtype=np.int32), each.names),
        columns["since"],
        columns["until"],
        columns["status"],
        columns["users"],
        columns["line"],
        Coded(codes.astype(np.int32), tuple(values.tolist())),
    )
