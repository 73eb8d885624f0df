"""Evidence files beside a dispute, a reply or a claim: few, small, their names telling nothing."""

import secrets
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from tallystick.actions.receive_upload import CHUNK, Readable, safe_name
from tallystick.engine.refusals import Refusal
from tallystick.records.attestations import Dispute
from tallystick.records.dispute_replies import DisputeReply
from tallystick.records.engagements import Engagement
from tallystick.records.evidence_files import EvidenceFile
from tallystick.records.relief import ReliefClaim
from tallystick.records.store import evidence_file_path
from tallystick.records.viewer import Viewer

MOST_FILES = 5
MOST_BYTES = 10 * 1024 * 1024
"""A page of a contract, a screenshot or an extract of a log is far smaller."""

Beside = Dispute | DisputeReply | ReliefClaim


class FileRefused(Refusal):
    """An evidence file is empty, too large, or one too many."""

    code = "evidence.file-refused"

    def __init__(self, message: str, *, code: str, remedy: str) -> None:
        super().__init__(message, place="evidence", remedy=remedy)
        self.code = code


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file as it comes in."""

    name: str
    file: Readable


def keep_files(
    files: Sequence[NewFile], *, beside: Beside, by: Viewer, as_of: datetime
) -> list[EvidenceFile]:
    """
    Keep the bytes of each file, once for each content in an engagement, and a row that names it.

    Raises:
        FileRefused: nothing is kept then.
    """
    if len(files) > MOST_FILES:
        raise FileRefused(
            f"There are {len(files)} files; at most {MOST_FILES} are kept.",
            code="evidence.too-many-files",
            remedy="Put them into one archive, or leave out what proves nothing.",
        )
    measured = [(each, *_digest_and_size(each)) for each in files]
    return [_kept(*each, beside=beside, by=by, as_of=as_of) for each in measured]


def _digest_and_size(given: NewFile) -> tuple[str, int]:
    hashed, size = sha256(), 0
    given.file.seek(0)
    while chunk := given.file.read(CHUNK):
        hashed.update(chunk)
        size += len(chunk)
        if size > MOST_BYTES:
            raise FileRefused(
                f"{safe_name(given.name)} is larger than {MOST_BYTES // 2**20} MB.",
                code="evidence.file-too-large",
                remedy="Attach the pages or lines that matter, or compress the file.",
            )
    if not size:
        raise FileRefused(
            f"{safe_name(given.name)} is empty.",
            code="evidence.file-empty",
            remedy="Save the file again and check its size.",
        )
    return f"sha256:{hashed.hexdigest()}", size


def _kept(
    given: NewFile, digest: str, size: int, *, beside: Beside, by: Viewer, as_of: datetime
) -> EvidenceFile:
    engagement = beside.engagement
    return EvidenceFile.objects.create(
        engagement=engagement,
        dispute=beside if isinstance(beside, Dispute) else None,
        reply=beside if isinstance(beside, DisputeReply) else None,
        claim=beside if isinstance(beside, ReliefClaim) else None,
        file_name=safe_name(given.name),
        size=size,
        digest=digest,
        stored_as=_stored(given, digest, engagement),
        added_at=as_of,
        added_by=by.person,
    )


def _stored(given: NewFile, digest: str, engagement: Engagement) -> str:
    """Write the bytes under a random name, unless the same content lies there; return the name."""
    same = EvidenceFile.objects.filter(engagement=engagement, digest=digest).first()
    if same is not None:
        return same.stored_as
    name = secrets.token_hex(16)
    path = evidence_file_path(engagement, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{name}.draft")
    given.file.seek(0)
    with draft.open("wb") as out:
        shutil.copyfileobj(given.file, out, CHUNK)
    # A half-written file never bears the name that readers look for.
    draft.replace(path)
    return name
