"""What is held of an engagement's service data, and how a new file compares with it."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from tallystick.engine.intake.buckets import (
    bucket_count,
    held_rows,
    read_all,
    read_buckets,
)
from tallystick.engine.intake.changes import no_changes
from tallystick.engine.intake.manifest import bucket_of
from tallystick.engine.intake.mapping import Mapping
from tallystick.engine.intake.merge import Merged, merge
from tallystick.engine.intake.reading import Reading
from tallystick.engine.values import Spans
from tallystick.records.engagements import Engagement
from tallystick.records.measurements import Measurement
from tallystick.records.service_data import Import
from tallystick.records.store import directory_of


def _nothing_new(reading: Reading) -> Merged:
    rejected = len(reading.rejected)
    return Merged(
        read=reading.read,
        accepted=0,
        rejected=rejected,
        unchanged=reading.read - rejected,
        changes=no_changes(),
    )


def imports_of(engagement: Engagement) -> list[Import]:
    """Return the imports that hold rows, oldest first."""
    return list(engagement.imports.filter(items__gt=0).order_by("imported_at", "id"))


def directories_of(imports: list[Import]) -> list[Path]:
    """Return the bucket folders of imports, in their order."""
    return [directory_of(each) for each in imports]


def horizon_of(imports: list[Import]) -> datetime | None:
    """Return the instant up to which the imports tell what happened; None without any."""
    known = [each.complete_until for each in imports if each.complete_until]
    return max(known, default=None)


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


def histories_behind(measurement: Measurement) -> Iterator[Spans]:
    """Give the histories that a measurement was computed from, bucket by bucket."""
    imports = measurement.imports.select_related("engagement").order_by("imported_at", "id")
    return read_all(directories_of(list(imports)))


def is_held(engagement: Engagement, digest: str, mapping: Mapping) -> bool:
    """Tell whether the same bytes were imported and read in the same way."""
    return engagement.imports.filter(digest=digest, mapping=mapping.document()).exists()


def directories_of_source(engagement: Engagement, source: str) -> list[Path]:
    """Return the bucket folders of the imports of one source, oldest first."""
    return directories_of([each for each in imports_of(engagement) if each.source == source])


def merged_with_held(engagement: Engagement, reading: Reading, mapping: Mapping) -> Merged:
    """
    Return what a file would add to the engagement's service data; nothing is stored.

    The same bytes read in the same way add nothing, even where rows were mended since.
    """
    if is_held(engagement, reading.digest, mapping):
        return _nothing_new(reading)
    held = directories_of_source(engagement, reading.source)
    return merge(reading, held_rows(held, reading.changes.ids))
