"""Which time-zone data is in use: its release, and a digest of the files themselves."""

import zoneinfo
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import tzdata


@lru_cache(maxsize=1)
def zone_data_version() -> str:
    """
    Return what names the time-zone data, such as `2026f+e2b0f0a4f982`.

    The release alone would not tell files that somebody altered from those that were released.
    """
    digest = sha256()
    for name in sorted(zoneinfo.available_timezones()):
        content = _content(name)
        digest.update(f"{name} {len(content)}\n".encode())
        digest.update(content)
    return f"{tzdata.IANA_VERSION}+{digest.hexdigest()[:12]}"


def _content(name: str) -> bytes:
    """Return the file of a zone, found as `zoneinfo` finds it."""
    for folder in zoneinfo.TZPATH:
        if (path := Path(folder, name)).is_file():
            return path.read_bytes()
    return files(tzdata).joinpath("zoneinfo", name).read_bytes()
