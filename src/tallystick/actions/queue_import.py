"""Send a mapped upload on its way: background work imports it."""

from datetime import datetime
from functools import partial

from django.db import transaction

from tallystick.actions.ledger import enter
from tallystick.actions.refusals import require
from tallystick.actions.signals import upload_queued
from tallystick.engine.refusals import Refusal
from tallystick.records.roles import Duty
from tallystick.records.service_data import Upload, UploadState
from tallystick.records.viewer import Viewer


class NotMapped(Refusal):
    """Nobody has said what the columns mean."""

    code = "upload.not-mapped"


class AlreadyOnItsWay(Refusal):
    """The upload was committed before."""

    code = "upload.already-on-its-way"


@transaction.atomic
def queue_import(*, upload: Upload, by: Viewer, as_of: datetime) -> Upload:
    """
    Queue an upload for import; the work starts when this transaction has committed.

    Raises:
        NotPermitted, NotMapped, AlreadyOnItsWay
    """
    require(by, Duty.IMPORT_DATA)
    upload = Upload.objects.select_for_update(of=("self",)).get(pk=upload.pk)
    if upload.state != UploadState.MAPPING:
        raise AlreadyOnItsWay(
            f"This upload is {upload.state}.",
            remedy="Open it to see how far it is.",
        )
    if upload.mapping is None:
        raise NotMapped(
            "The columns of this file have no mapping yet.",
            remedy="Map the columns first.",
        )
    upload.state = UploadState.QUEUED
    upload.uploaded_by = by.person
    upload.save(update_fields=["state", "uploaded_by"])
    enter(
        upload,
        f"Sent {upload.file_name} to be imported.",
        action="queue_import",
        payload={"digest": upload.digest},
        chain=upload.engagement,
        by=by,
        as_of=as_of,
    )
    transaction.on_commit(partial(upload_queued.send, sender=None, upload_id=upload.public_id))
    return upload
