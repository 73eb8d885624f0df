"""Receive a register of lessons: its bytes wait in the client's own folder until it is imported."""

from hashlib import sha256

from tallystick.actions.receive_upload import CHUNK, EmptyUpload, Readable
from tallystick.actions.refusals import require
from tallystick.engine.refusals import Refusal
from tallystick.engine.registers import read_header
from tallystick.records.roles import Duty
from tallystick.records.store import register_path
from tallystick.records.viewer import Viewer

MOST_BYTES = 20 * 2**20


class RegisterTooLarge(Refusal):
    """The file is larger than any register of lessons."""

    code = "register.too-large"


def receive_register(*, file: Readable, by: Viewer) -> str:
    """
    Keep the bytes as they came and return their digest; nothing is imported yet.

    Raises:
        NotPermitted, EmptyUpload, RegisterTooLarge, and what a file is refused for that is no
            table; nothing is kept then
    """
    require(by, Duty.PUBLISH_LESSON)
    file.seek(0)
    parts, size = [], 0
    while chunk := file.read(CHUNK):
        size += len(chunk)
        if size > MOST_BYTES:
            raise RegisterTooLarge(
                f"The file is larger than {MOST_BYTES // 2**20} MB.",
                place="file",
                remedy="Save the sheet with the lessons alone, as CSV.",
            )
        parts.append(chunk)
    if not size:
        raise EmptyUpload(
            "The file is empty.", place="file", remedy="Save it again and check its size."
        )
    content = b"".join(parts)
    digest = f"sha256:{sha256(content).hexdigest()}"
    path = register_path(by.organisation, digest)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    try:
        read_header(path)
    except Refusal:
        path.unlink()
        raise
    return digest
