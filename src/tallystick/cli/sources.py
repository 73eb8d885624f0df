"""Files with their mappings -> histories of items and signals of components, each kind once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from tallystick.engine.documents import read_document
from tallystick.engine.intake.mapping import read_mapping
from tallystick.engine.intake.reading import Account, read_service_data
from tallystick.engine.intake.signal_reading import read_signals
from tallystick.engine.intake.spans import spans_of
from tallystick.engine.intake.staged_signals import manifest_of
from tallystick.engine.refusals import Refusal
from tallystick.engine.service_levels.availability import terms_of
from tallystick.engine.service_levels.terms import MeasureKind, ServiceLevel
from tallystick.engine.signals import SignalKind, Signals
from tallystick.engine.values import Spans, seconds


class Unpaired(Refusal):
    """A file has no mapping, or a mapping has no file."""

    code = "measure.unpaired"


class KindTwice(Refusal):
    """Two files hold the same kind of data."""

    code = "measure.kind-twice"


@dataclass(frozen=True, slots=True)
class Sources:
    """What the files say, and when each kind of them begins and ends; None is that of items."""

    accounts: tuple[Account, ...]
    spans: Spans | None
    signals: Mapping[SignalKind, Signals]
    horizons: Mapping[SignalKind | None, int]
    beginnings: Mapping[SignalKind | None, int]

    def horizon(self, level: ServiceLevel) -> int | None:
        """Return until when there are data for a level; None where there are none at all."""
        availability = level.measure is MeasureKind.AVAILABILITY
        return self.horizons.get(terms_of(level).from_ if availability else None)

    @property
    def counts(self) -> list[dict[str, Any]]:
        """Return what became of the rows of each file."""
        return [
            {
                "digest": each.digest,
                "read": each.read,
                "accepted": each.accepted,
                "rejected": len(each.rejected),
                "unchanged": each.unchanged,
            }
            for each in self.accounts
        ]

    def say_rejected(self) -> None:
        """Say of each file on standard error how many rows were rejected, and why the first."""
        for account in self.accounts:
            if account.rejected:
                first = account.rejected[0]
                click.echo(
                    f"{len(account.rejected)} of {account.read} rows were rejected; the first is "
                    f"line {first.line}: {first.reason.sentence}",
                    err=True,
                )


def read_sources(
    data: Sequence[Path],
    mappings: Sequence[Path],
    as_of: int | None,
    progress: Callable[[int], None] | None = None,
) -> Sources:
    """
    Read files, the first by the first mapping, and so on.

    What a file does not know of has not happened: without `as_of` each is measured up to its own
    last row, so that the answer never depends on today.

    Raises:
        Unpaired, KindTwice, and what reading refuses.
    """
    _demand_pairs(data, mappings)
    accounts: list[Account] = []
    edges: tuple[int | None, int | None]
    spans, signals = None, dict[SignalKind, Signals]()
    horizons: dict[SignalKind | None, int] = {}
    beginnings: dict[SignalKind | None, int] = {}
    for path, document in zip(data, mappings, strict=True):
        mapping = read_mapping(read_document(document))
        kind = mapping.form.signals
        if kind in horizons:
            raise KindTwice(
                f"two files hold {kind or 'items'}",
                place=str(path),
                remedy="Put their rows into one file, or import both into an engagement.",
            )
        if kind is None:
            reading = read_service_data(path, mapping, progress=progress)
            accounts.append(reading)
            spans = spans_of(reading.changes)
            edges = _edges(spans)
        else:
            told = read_signals(path, mapping, progress=progress)
            accounts.append(told)
            signals[kind] = told.signals
            manifest = manifest_of(told.signals, told.source)
            edges = manifest.first_at, manifest.last_at
        first, last = edges
        known = seconds(datetime.now(UTC)) if last is None else last + 1
        horizons[kind] = known if as_of is None else as_of
        beginnings[kind] = horizons[kind] if first is None else first
    return Sources(tuple(accounts), spans, signals, horizons, beginnings)


def _edges(spans: Spans) -> tuple[int | None, int | None]:
    return (int(spans.since.min()), int(spans.since.max())) if len(spans.since) else (None, None)


def _demand_pairs(data: Sequence[Path], mappings: Sequence[Path]) -> None:
    if len(data) != len(mappings):
        raise Unpaired(
            f"there are {len(data)} files and {len(mappings)} mappings",
            place="--mapping",
            remedy="Give each --data a --mapping, in the same order.",
        )
