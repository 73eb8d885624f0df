"""Where bulk data lies under the installation's home: immutable files, known by digest."""

from pathlib import Path

from django.conf import settings

from tallystick.records.engagements import Engagement
from tallystick.records.organisations import Organisation
from tallystick.records.service_data import Import, Upload


def _home() -> Path:
    return Path(settings.HOME)


def upload_path(upload: Upload) -> Path:
    """Return where the bytes of an upload lie, as they came."""
    digest = upload.digest.removeprefix("sha256:")
    return _home() / "files" / upload.engagement.public_id / digest


def import_directory(engagement: Engagement, import_id: str) -> Path:
    """Return the folder of an import's buckets and rejected rows."""
    return _home() / "service-data" / engagement.public_id / import_id


def directory_of(stored: Import) -> Path:
    """Return the folder of a stored import."""
    return import_directory(stored.engagement, stored.public_id)


def rejected_path(directory: Path) -> Path:
    """Return where an import keeps the rows that it rejected, with their reasons."""
    return directory / "rejected.csv"


def evidence_path(relative: str) -> Path:
    """Return where a measurement's evidence lies."""
    return _home() / "evidence" / relative


def register_path(client: Organisation, digest: str) -> Path:
    """Return where a client's register of lessons waits until it is imported."""
    return _home() / "registers" / client.public_id / digest.removeprefix("sha256:")


def registers_of(client: Organisation) -> frozenset[str]:
    """Return the digests of a client's registers that wait to be imported."""
    folder = _home() / "registers" / client.public_id
    return frozenset(f"sha256:{path.name}" for path in folder.glob("*"))


def evidence_file_path(engagement: Engagement, stored_as: str) -> Path:
    """Return where the bytes of a file beside a dispute or a claim lie."""
    return _home() / "evidence-files" / engagement.public_id / stored_as
