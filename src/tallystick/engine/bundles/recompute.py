"""Folders of service data and an agreement -> every figure, with no server and no database."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from tallystick.engine.bundles.document import Figure, Held, Relief
from tallystick.engine.intake.buckets import Wanted, attributes_of, bucket_count, read_buckets
from tallystick.engine.intake.probe_stream import probe_chunks
from tallystick.engine.intake.signals_store import held_signals
from tallystick.engine.service_levels.asked import attributes_asked
from tallystick.engine.service_levels.availability import (
    Availability,
    Excuse,
    availability_levels,
    judged,
    measure_availability,
    measure_probes,
    terms_of,
)
from tallystick.engine.service_levels.many import fared_of, measure_buckets
from tallystick.engine.service_levels.measurement import Fared
from tallystick.engine.service_levels.terms import Agreement, ServiceLevel
from tallystick.engine.service_levels.windows import windows_of
from tallystick.engine.signals import SignalKind

Key = tuple[str, str]
"""A service level and a window."""


def availability_from(
    directories: Sequence[Path],
    level: ServiceLevel,
    agreement: Agreement,
    as_of: int,
    excused: Sequence[Excuse] = (),
) -> Availability:
    """
    Return the figures of each period of the term; probes are streamed, whatever their number.

    `excused` is relief that was approved.
    """
    terms, calendar = terms_of(level), agreement.calendar_of(level)
    windows = windows_of(agreement, level.window)
    if terms.from_ is SignalKind.PROBES:
        names = None if terms.components is None else list(terms.components.names())
        chunks = probe_chunks(
            directories, interval=terms.interval or 1, as_of=as_of, components=names
        )
        return measure_probes(chunks, terms, calendar, windows, as_of, excused=excused)
    signals = held_signals(directories, terms.from_, until=as_of)
    return measure_availability(signals, terms, calendar, windows, as_of, excused=excused)


def fared_again(
    figures: Sequence[Figure], imports: Sequence[Held], agreement: Agreement, folder: Path
) -> Iterator[tuple[Figure, Fared | None]]:
    """
    Give each figure with what it is when computed again; None where that window has none.

    Figures that were computed from the same things are computed in one go.
    """
    groups: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
    signal_levels = {level.id for level in availability_levels(agreement)}
    for each in figures:
        alone = each.service_level if each.service_level in signal_levels else ""
        groups[each.imports, each.horizon, each.relief, alone].append(each)
    for group in groups.values():
        first = group[0]
        directories = [folder / imports[number].folder for number in first.imports]
        if first.service_level in signal_levels:
            found = _availability(first, agreement, directories)
        else:
            found = _items(first, agreement, directories)
        for each in group:
            yield each, found.get((each.service_level, each.window))


def _items(first: Figure, agreement: Agreement, directories: list[Path]) -> Mapping[Key, Fared]:
    asked = attributes_asked(agreement, attributes_of(directories))
    added = measure_buckets(
        partial(read_buckets, directories, wanted=Wanted(asked, sources=False)),
        bucket_count(directories),
        agreement,
        first.horizon,
        relieved=first.relief.items,
    )
    return {
        (name, fared.measurement.window): fared
        for name, part in added.items()
        for fared in fared_of(part, agreement.service_level(name), agreement, first.horizon)
    }


def _availability(
    first: Figure, agreement: Agreement, directories: list[Path]
) -> Mapping[Key, Fared]:
    level = agreement.service_level(first.service_level)
    found = availability_from(
        directories, level, agreement, first.horizon, excuses_of(first.relief)
    )
    return {
        (level.id, each.measurement.window): each
        for each in judged(found, level, agreement, first.horizon)
    }


def excuses_of(relief: Relief) -> list[Excuse]:
    """Return the stretches that relief leaves out of an availability."""
    return [Excuse(each.since, each.until, each.why) for each in relief.minutes]
