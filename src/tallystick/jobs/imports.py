"""Import queued uploads, one task each."""

from datetime import UTC, datetime
from typing import Any

from django.dispatch import receiver
from django_tasks import task

from tallystick.actions.import_upload import import_upload
from tallystick.actions.signals import upload_queued
from tallystick.records.service_data import Upload, UploadState


@task()
def run_import(upload_id: str) -> None:
    """Import one upload; one that is no longer queued was taken by another worker."""
    upload = Upload.objects.select_related("engagement", "uploaded_by").get(public_id=upload_id)
    if upload.state == UploadState.QUEUED:
        import_upload(upload=upload, as_of=datetime.now(UTC))


@receiver(upload_queued)
def enqueue(sender: Any, upload_id: str, **_: Any) -> None:
    """Hand a queued upload to the worker."""
    run_import.enqueue(upload_id)
