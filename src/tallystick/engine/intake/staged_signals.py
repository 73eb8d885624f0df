"""A file of signals -> what it adds to the signals that are held, stored as an import."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tallystick.engine.intake.limits import Limits
from tallystick.engine.intake.manifest import Manifest
from tallystick.engine.intake.mapping import Mapping
from tallystick.engine.intake.merge_signals import MergedSignals, merge_signals
from tallystick.engine.intake.reading import Progress
from tallystick.engine.intake.signal_reading import SignalReading, read_signals
from tallystick.engine.intake.signals_store import held_signals, write_signals
from tallystick.engine.intake.staged import Settled, Staged
from tallystick.engine.signals import Signals
from tallystick.engine.values import FOREVER


@dataclass(frozen=True, slots=True)
class StagedSignals(Staged):
    """What a file tells of components; its manifest counts them as items are counted."""

    reading: SignalReading


@contextmanager
def staged_signals(
    path: Path,
    mapping: Mapping,
    directory: Path,
    *,
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> Iterator[StagedSignals]:
    """Read a file of signals, to be stored in `directory`. Raises as `read_signals` does."""
    reading = read_signals(path, mapping, limits, progress)
    told = manifest_of(reading.signals, mapping.source)
    yield StagedSignals(reading, told, directory, reading)


def manifest_of(signals: Signals, source: str) -> Manifest:
    """Return how many components and rows there are, and from when until when they tell."""
    first, last = None, None
    if len(signals):
        ends = np.where(signals.until == FOREVER, signals.since, signals.until)
        first, last = int(signals.since.min()), int(np.maximum(signals.since, ends).max())
    components = len(np.unique(signals.component))
    return Manifest(source, 1, components, len(signals), (), first, last)


def merged_with(reading: SignalReading, held: Sequence[Path]) -> MergedSignals:
    """Compare a file with the imports of its kind and source that are held, oldest first."""
    new = reading.signals
    if not len(new):
        return merge_signals(reading, new)
    known = held_signals(
        held,
        new.kind,
        components=new.components,
        since=int(new.since.min()),
        until=int(new.since.max()),
    )
    return merge_signals(reading, known)


def settle_signals(read: StagedSignals, held: Sequence[Path], directory: Path) -> Settled:
    """
    Store what a file adds to the imports held of its kind and source; see `merge_signals`.

    Where nothing is added, no directory appears.

    Raises:
        FileExistsError: if the directory exists.
    """
    merged = merged_with(read.reading, held)
    if len(merged.signals):
        write_signals(merged.signals, directory, source=read.reading.source)
    return Settled(
        read=merged.read,
        accepted=merged.accepted,
        rejected=merged.rejected,
        unchanged=merged.unchanged,
        manifest=manifest_of(merged.signals, read.reading.source),
    )
