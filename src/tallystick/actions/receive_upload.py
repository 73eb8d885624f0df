"""Receive a file: its bytes are kept as they came, known by their digest."""

import shutil
from datetime import datetime
from hashlib import sha256
from pathlib import PurePath
from typing import Protocol

from django.db import transaction

from tallystick.actions.ledger import enter
from tallystick.actions.refusals import require
from tallystick.engine.refusals import Refusal
from tallystick.records.engagements import Engagement
from tallystick.records.roles import Duty
from tallystick.records.service_data import Upload, UploadState
from tallystick.records.store import upload_path
from tallystick.records.viewer import Viewer

CHUNK = 1024 * 1024


class EmptyUpload(Refusal):
    """No bytes came."""

    code = "upload.empty"


class Readable(Protocol):
    """Anything with bytes in it."""

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes; none at the end."""
        ...

    def seek(self, offset: int, /) -> object:
        """Go to a byte."""
        ...


def _digest_and_size(file: Readable) -> tuple[str, int]:
    hashed, size = sha256(), 0
    file.seek(0)
    while chunk := file.read(CHUNK):
        hashed.update(chunk)
        size += len(chunk)
    return f"sha256:{hashed.hexdigest()}", size


def _keep(file: Readable, upload: Upload) -> None:
    path = upload_path(upload)
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{upload.public_id}")
    file.seek(0)
    with draft.open("wb") as out:
        shutil.copyfileobj(file, out, CHUNK)
    # A half-written file never bears the name that readers look for.
    draft.replace(path)


def safe_name(name: str) -> str:
    """Return the last part of a file name without control or direction marks."""
    last = PurePath(name.replace("\\", "/")).name
    shown = "".join(letter for letter in last if letter.isprintable())
    return shown[-200:] or "unnamed"


@transaction.atomic
def receive_upload(
    *, engagement: Engagement, file: Readable, file_name: str, by: Viewer, as_of: datetime
) -> Upload:
    """
    Keep a file for mapping; nothing is imported yet.

    Raises:
        NotPermitted, EmptyUpload
    """
    require(by, Duty.IMPORT_DATA)
    digest, size = _digest_and_size(file)
    if size == 0:
        raise EmptyUpload(
            "The file is empty.", place=file_name, remedy="Export it again and check its size."
        )
    upload = Upload.objects.create(
        engagement=engagement,
        file_name=safe_name(file_name),
        digest=digest,
        size=size,
        state=UploadState.MAPPING,
        uploaded_at=as_of,
        uploaded_by=by.person,
    )
    _keep(file, upload)
    enter(
        upload,
        f"Uploaded {upload.file_name}.",
        action="receive_upload",
        payload={"digest": digest, "size": size},
        chain=engagement,
        by=by,
        as_of=as_of,
    )
    return upload
