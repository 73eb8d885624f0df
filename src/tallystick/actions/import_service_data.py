"""Import a file of service data: every row accepted, rejected with its reason, or unchanged."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction

from tallystick.actions.held_engagement import held_engagement
from tallystick.actions.ledger import enter
from tallystick.actions.refusals import require
from tallystick.engine.intake.buckets import sweep
from tallystick.engine.intake.mapping import Mapping
from tallystick.engine.intake.reading import write_rejected
from tallystick.engine.intake.staged import Settled, Staged, nothing_new, settle, staged
from tallystick.engine.intake.staged_signals import (
    StagedSignals,
    settle_signals,
    staged_signals,
)
from tallystick.engine.refusals import Refusal
from tallystick.engine.values import moment
from tallystick.records.audience import new_public_id
from tallystick.records.engagements import Engagement
from tallystick.records.held import directories_of_source, is_held
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
    Store what a file adds of items or of signals; the same file again stores no rows.

    The rows lie in files that appear whole or not at all; the record that names them is
    written last, so a process killed half-way has imported nothing. What it left goes with
    the next import of the engagement.

    Raises:
        NotPermitted, NotYetComplete, and what `read_service_data` refuses (codes `intake.*`)
    """
    require(by, Duty.IMPORT_DATA)
    public_id = new_public_id()
    directory = import_directory(engagement, public_id)
    opened = staged if mapping.form.signals is None else staged_signals
    with opened(path, mapping, directory, progress=Progress(upload)) as read:
        complete = _complete_until(read, complete_until, as_of)
        with transaction.atomic():
            # One import of an engagement at a time: each compares itself with all before it.
            engagement = held_engagement(engagement.pk)
            settled = _settled(engagement, read, mapping, directory)
            stored = _stored(
                engagement, public_id, file_name, mapping, read, settled, complete, upload, by,
                as_of,
            )  # fmt: skip
            _enter(stored, by, as_of)
    return stored


def _settled(engagement: Engagement, read: Staged, mapping: Mapping, directory: Path) -> Settled:
    sweep(directory.parent)
    if is_held(engagement, read.account.digest, mapping):
        settled = nothing_new(read)
    else:
        held = directories_of_source(engagement, read.account.source, mapping.form.signals)
        if isinstance(read, StagedSignals):
            settled = settle_signals(read, held, directory)
        else:
            settled = settle(read, held, directory)
    if read.account.rejected:
        directory.mkdir(parents=True, exist_ok=True)
        write_rejected(read.account, rejected_path(directory))
    return settled


def _enter(stored: Import, by: Viewer, as_of: datetime) -> None:
    counts = {
        "read": stored.read,
        "accepted": stored.accepted,
        "rejected": stored.rejected,
        "unchanged": stored.unchanged,
    }
    enter(
        stored,
        f"Imported {stored.file_name}: {stored.accepted} rows accepted, {stored.rejected} "
        f"rejected, {stored.unchanged} unchanged.",
        action="import_service_data",
        payload={"digest": stored.digest, **counts},
        chain=stored.engagement,
        by=by,
        as_of=as_of,
    )


def _complete_until(read: Staged, claimed: datetime | None, as_of: datetime) -> datetime | None:
    """Return until when the file tells everything: as claimed, or up to its last change."""
    last_at = read.manifest.last_at
    last = None if last_at is None else moment(last_at + 1)
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
    public_id: str,
    file_name: str,
    mapping: Mapping,
    read: Staged,
    settled: Settled,
    complete: datetime | None,
    upload: Upload | None,
    by: Viewer,
    as_of: datetime,
) -> Import:
    first_at, last_at = settled.manifest.first_at, settled.manifest.last_at
    return Import.objects.create(
        public_id=public_id,
        engagement=engagement,
        upload=upload,
        file_name=file_name,
        digest=read.account.digest,
        mapping=mapping.document(),
        shape=mapping.shape.value,
        source=read.account.source,
        read=settled.read,
        accepted=settled.accepted,
        rejected=settled.rejected,
        unchanged=settled.unchanged,
        items=settled.manifest.items,
        first_at=None if first_at is None else moment(first_at),
        last_at=None if last_at is None else moment(last_at),
        complete_until=complete,
        imported_at=as_of,
        imported_by=by.person,
    )
