"""Import a file of service data: every row accepted, rejected with its reason, or unchanged."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction

from tallystick.actions.ledger import enter
from tallystick.actions.refusals import require
from tallystick.engine.intake.buckets import sweep, write_buckets
from tallystick.engine.intake.limits import Limits
from tallystick.engine.intake.mapping import Mapping
from tallystick.engine.intake.merge import Merged
from tallystick.engine.intake.reading import Reading, read_service_data, write_rejected
from tallystick.engine.refusals import Refusal
from tallystick.engine.values import moment
from tallystick.records.audience import new_public_id
from tallystick.records.engagements import Engagement
from tallystick.records.held import merged_with_held
from tallystick.records.roles import Duty
from tallystick.records.service_data import Import, Upload
from tallystick.records.store import import_directory, rejected_path
from tallystick.records.viewer import Viewer


class NotYetComplete(Refusal):
    """The file is said to know the future, or less than it tells."""

    code = "import.not-yet-complete"


@dataclass(frozen=True, slots=True)
class Progress:
    """Told now and then how many rows were read; writes nothing by default."""

    upload: Upload | None = None

    def __call__(self, rows: int) -> None:
        """Show the count to whoever watches the upload."""
        if self.upload is not None:
            Upload.objects.filter(pk=self.upload.pk).update(rows_done=rows)


def import_service_data(
    *,
    engagement: Engagement,
    path: Path,
    file_name: str,
    mapping: Mapping,
    complete_until: datetime | None = None,
    upload: Upload | None = None,
    by: Viewer,
    as_of: datetime,
) -> Import:
    """
    Store what a file adds; the same file again stores no rows and says `unchanged`.

    The rows lie in files that appear whole or not at all; the record that names them is
    written last, so a process killed half-way has imported nothing. What it left goes with
    the next import of the engagement.

    Raises:
        NotPermitted, NotYetComplete, and what `read_service_data` refuses (codes `intake.*`)
    """
    require(by, Duty.IMPORT_DATA)
    reading = read_service_data(path, mapping, Limits(), Progress(upload))
    complete = _complete_until(reading, complete_until, as_of)
    with transaction.atomic():
        # One import of an engagement at a time: each compares itself with all before it.
        engagement = Engagement.objects.select_for_update(of=("self",)).get(pk=engagement.pk)
        merged = merged_with_held(engagement, reading, mapping)
        stored = _stored(
            engagement, file_name, mapping, reading, merged, complete, upload, by, as_of
        )
        enter(
            stored,
            f"Imported {file_name}: {merged.accepted} rows accepted, {merged.rejected} rejected, "
            f"{merged.unchanged} unchanged.",
            action="import_service_data",
            payload={
                "digest": reading.digest,
                "read": merged.read,
                "accepted": merged.accepted,
                "rejected": merged.rejected,
                "unchanged": merged.unchanged,
            },
            chain=engagement,
            by=by,
            as_of=as_of,
        )
    return stored


def _complete_until(reading: Reading, claimed: datetime | None, as_of: datetime) -> datetime | None:
    """Return until when the file tells everything: as claimed, or up to its last change."""
    at = reading.changes.at
    last = moment(int(at.max()) + 1) if len(at) else None
    if claimed is None or last is None:
        return last
    if not last - timedelta(seconds=1) <= claimed <= as_of:
        raise NotYetComplete(
            f"The file cannot be complete until {claimed:%Y-%m-%d %H:%M} UTC: its last change is "
            f"at {last:%Y-%m-%d %H:%M}, and it is {as_of:%Y-%m-%d %H:%M} now.",
            place="complete_until",
            remedy="Give the moment at which the export was drawn.",
        )
    return claimed


def _stored(
    engagement: Engagement,
    file_name: str,
    mapping: Mapping,
    reading: Reading,
    merged: Merged,
    complete: datetime | None,
    upload: Upload | None,
    by: Viewer,
    as_of: datetime,
) -> Import:
    public_id = new_public_id()
    directory = import_directory(engagement, public_id)
    # Whoever holds the engagement is its only writer: what lies here unfinished was killed.
    sweep(directory.parent)
    if merged.items:
        write_buckets(merged.changes, directory, source=reading.source)
    if reading.rejected:
        directory.mkdir(parents=True, exist_ok=True)
        write_rejected(reading, rejected_path(directory))
    at = merged.changes.at
    return Import.objects.create(
        public_id=public_id,
        engagement=engagement,
        upload=upload,
        file_name=file_name,
        digest=reading.digest,
        mapping=mapping.document(),
        source=reading.source,
        read=merged.read,
        accepted=merged.accepted,
        rejected=merged.rejected,
        unchanged=merged.unchanged,
        items=merged.items,
        first_at=moment(int(at.min())) if len(at) else None,
        last_at=moment(int(at.max())) if len(at) else None,
        complete_until=complete,
        imported_at=as_of,
        imported_by=by.person,
    )
