"""Say what the columns of an uploaded file mean, and keep the mapping for the next one."""

from datetime import datetime

from django.db import transaction

from tallystick.actions.ledger import enter
from tallystick.actions.refusals import require
from tallystick.actions.texts import checked
from tallystick.engine.intake.mapping import Mapping
from tallystick.engine.refusals import Refusal
from tallystick.records.roles import Duty
from tallystick.records.service_data import SavedMapping, Upload, UploadState
from tallystick.records.viewer import Viewer


class NotMappable(Refusal):
    """The upload is on its way in, or in."""

    code = "upload.not-mappable"


@transaction.atomic
def map_upload(
    *,
    upload: Upload,
    mapping: Mapping,
    complete_until: datetime | None = None,
    save_as: str = "",
    by: Viewer,
    as_of: datetime,
) -> Upload:
    """
    Store the mapping of an upload; with `save_as`, under that name for later files as well.

    `complete_until` is the moment at which the export was drawn; by default its last change.

    Raises:
        NotPermitted, NotMappable
    """
    require(by, Duty.IMPORT_DATA)
    if upload.state not in {UploadState.MAPPING, UploadState.REFUSED}:
        raise NotMappable(
            f"This upload is {upload.state}; its mapping is settled.",
            remedy="Upload the file again to read it differently.",
        )
    upload.mapping = mapping.document()
    upload.complete_until = complete_until
    upload.state = UploadState.MAPPING
    upload.refusal = None
    upload.save(update_fields=["mapping", "complete_until", "state", "refusal"])
    if save_as.strip():
        SavedMapping.objects.update_or_create(
            engagement=upload.engagement,
            name=checked(save_as, "save_as", longest=80),
            defaults={"document": upload.mapping, "saved_at": as_of, "saved_by": by.person},
        )
    enter(
        upload,
        f"Mapped the columns of {upload.file_name}.",
        action="map_upload",
        payload={"mapping": upload.mapping, "saved_as": save_as.strip()},
        chain=upload.engagement,
        by=by,
        as_of=as_of,
    )
    return upload
