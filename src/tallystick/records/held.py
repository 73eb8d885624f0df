"""What is held of an engagement's service data, and how a new file compares with it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tallystick.engine.intake.buckets import bucket_count, held_rows, read_all, read_buckets
from tallystick.engine.intake.manifest import bucket_of
from tallystick.engine.intake.mapping import Mapping
from tallystick.engine.intake.merge import merge
from tallystick.engine.intake.reading import Account, account_of, read_service_data
from tallystick.engine.intake.shapes import FORMS
from tallystick.engine.intake.signal_reading import read_signals
from tallystick.engine.intake.staged_signals import manifest_of
from tallystick.engine.intake.staged_signals import merged_with as merged_signals
from tallystick.engine.service_levels.availability import availability_levels, terms_of
from tallystick.engine.service_levels.many import item_levels
from tallystick.engine.service_levels.terms import Agreement
from tallystick.engine.signals import SignalKind
from tallystick.engine.values import Spans, seconds
from tallystick.records.engagements import Engagement
from tallystick.records.measurements import Measurement
from tallystick.records.relief import items_of
from tallystick.records.service_data import Import
from tallystick.records.store import directory_of


def imports_of(engagement: Engagement, kind: SignalKind | None = None) -> list[Import]:
    """Return the imports that hold rows of items, or signals of a kind, oldest first."""
    held = engagement.imports.filter(items__gt=0, shape__in=shapes_of(kind))
    return list(held.select_related("engagement").order_by("imported_at", "id"))


def shapes_of(kind: SignalKind | None) -> list[str]:
    """Return the shapes that tell of items, or that are signals of a kind."""
    return [shape.value for shape, form in FORMS.items() if form.signals is kind]


def directories_of(imports: list[Import]) -> list[Path]:
    """Return the bucket folders of imports, in their order."""
    return [directory_of(each) for each in imports]


def horizon_of(imports: list[Import]) -> datetime | None:
    """Return the instant up to which the imports tell what happened; None without any."""
    known = [each.complete_until for each in imports if each.complete_until]
    return max(known, default=None)


def until_of(imports: list[Import], as_of: datetime) -> int:
    """Return the instant up to which imports are measured: what they tell, but nothing to come."""
    return min(seconds(horizon_of(imports) or as_of), seconds(as_of))


def known_until(engagement: Engagement, terms: Agreement) -> datetime | None:
    """
    Return the instant up to which every kind of data tells what an agreement measures.

    A kind of which nothing was imported is left out: what is measured from it is not measured.
    """
    kinds: set[SignalKind | None] = {terms_of(each).from_ for each in availability_levels(terms)}
    if item_levels(terms):
        kinds.add(None)
    known = [horizon_of(imports_of(engagement, kind)) for kind in kinds]
    return min((each for each in known if each), default=None)


def spans_behind(measurement: Measurement, item: str) -> Spans:
    """
    Return the histories that hold one item, as the measurement knew them; its bucket, no more.

    `item` is the id as evidence writes it: SOURCE/ID where the imports are of several sources.
    """
    imports = list(measurement.imports.select_related("engagement").order_by("imported_at", "id"))
    several = len({each.source for each in imports}) > 1
    name = item.partition("/")[2] if several else item
    directories = directories_of(imports)
    return read_buckets(directories, bucket_of(name, bucket_count(directories)))


def relieved_behind(measurement: Measurement) -> frozenset[str]:
    """Return the items that a measurement left out, as the histories behind it name them."""
    sources = set(measurement.imports.values_list("source", flat=True))
    return items_of(measurement.relief.all(), sources)


def histories_behind(measurement: Measurement) -> Iterator[Spans]:
    """Give the histories that a measurement was computed from, bucket by bucket."""
    imports = measurement.imports.select_related("engagement").order_by("imported_at", "id")
    return read_all(directories_of(list(imports)))


def is_held(engagement: Engagement, digest: str, mapping: Mapping) -> bool:
    """Tell whether the same bytes were imported and read in the same way."""
    return engagement.imports.filter(digest=digest, mapping=mapping.document()).exists()


def directories_of_source(
    engagement: Engagement, source: str, kind: SignalKind | None = None
) -> list[Path]:
    """Return the folders of the imports of one source, oldest first; of items, or of a kind."""
    return directories_of([i for i in imports_of(engagement, kind) if i.source == source])


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """
    What an import of a file would do.

    `read` = `accepted` + `rejected` + `unchanged`. `things` are the items or components that the
    file tells of, `items` those of which it has news. `open_outages` are accepted without an end.
    """

    account: Account
    accepted: int
    rejected: int
    unchanged: int
    items: int
    things: int
    first_at: int | None
    last_at: int | None
    open_outages: int = 0

    @property
    def signals(self) -> SignalKind | None:
        """Return of which kind the signals are; None for a file of items."""
        return FORMS[self.account.shape].signals

    @property
    def read(self) -> int:
        """Return how many rows the file has."""
        return self.account.read


def rehearse(engagement: Engagement, path: Path, mapping: Mapping) -> Rehearsal:
    """
    Return what a file would add to the engagement's service data; nothing is stored.

    The same bytes read in the same way add nothing, even where rows were mended since.

    Raises:
        Refusal: what `read_service_data` and `read_signals` refuse.
    """
    kind, without_end = mapping.form.signals, 0
    if kind is not None:
        told = read_signals(path, mapping)
        merged = merged_signals(told, directories_of_source(engagement, told.source, kind))
        parts = (merged.accepted, merged.rejected, merged.unchanged, merged.components)
        without_end = merged.signals.open_outages
        known = manifest_of(told.signals, told.source)
        account, edges = account_of(told), (known.items, known.first_at, known.last_at)
    else:
        reading = read_service_data(path, mapping)
        held = directories_of_source(engagement, reading.source)
        grown = merge(reading, held_rows(held, reading.changes.ids))
        parts = (grown.accepted, grown.rejected, grown.unchanged, grown.items)
        at = reading.changes.at
        span = (int(at.min()), int(at.max())) if len(at) else (None, None)
        account, edges = account_of(reading), (len(reading.changes.ids), *span)
    if is_held(engagement, account.digest, mapping):
        rejected = len(account.rejected)
        parts, without_end = (0, rejected, account.read - rejected, 0), 0
    return Rehearsal(account, *parts, *edges, without_end)
