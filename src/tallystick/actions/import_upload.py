"""Turn a queued upload into an import, or say on it why that was refused."""

from datetime import datetime

from tallystick.actions.import_service_data import import_service_data
from tallystick.engine.intake.mapping import read_mapping
from tallystick.engine.refusals import Refusal
from tallystick.records.people import viewer_of
from tallystick.records.service_data import Import, Upload, UploadState
from tallystick.records.store import upload_path


class UploaderGone(Refusal):
    """Whoever sent the file no longer belongs to either party."""

    code = "upload.uploader-gone"


def import_upload(*, upload: Upload, as_of: datetime) -> Import | None:
    """
    Import an upload on behalf of whoever queued it; None if it was refused.

    What the person may do is asked again now: a membership may have ended since.
    """
    Upload.objects.filter(pk=upload.pk).update(state=UploadState.RUNNING, rows_done=0)
    try:
        stored = _import(upload, as_of)
    except Refusal as refusal:
        said = {
            "code": refusal.code,
            "message": refusal.message,
            "place": refusal.place,
            "remedy": refusal.remedy,
        }
        Upload.objects.filter(pk=upload.pk).update(state=UploadState.REFUSED, refusal=said)
        return None
    Upload.objects.filter(pk=upload.pk).update(
        state=UploadState.COMMITTED, rows_done=stored.read, refusal=None
    )
    return stored


def _import(upload: Upload, as_of: datetime) -> Import:
    by = viewer_of(upload.uploaded_by)
    engagement = upload.engagement
    parties = {engagement.client_id, engagement.provider_id}
    if by is None or by.organisation.pk not in parties:
        raise UploaderGone(
            "Whoever sent this file no longer belongs to this engagement.",
            remedy="Someone who does can upload it again.",
        )
    return import_service_data(
        engagement=engagement,
        path=upload_path(upload),
        file_name=upload.file_name,
        mapping=read_mapping(upload.mapping),
        complete_until=upload.complete_until,
        upload=upload,
        by=by,
        as_of=as_of,
    )
