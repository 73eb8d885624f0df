"""Time-zone files of one's own, which stand in for an update of the time-zone data."""

import struct
import zoneinfo
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tallystick.engine.service_levels import calendars, windows
from tallystick.engine.service_levels.kernel import working_days
from tallystick.engine.service_levels.terms import zones
from tallystick.engine.zone_data import zone_data_version

_KEPT = (
    zones.pieces, windows._windows, calendars._covering_years, working_days._instant,
    zone_data_version,
)  # fmt: skip
"""What is computed from zones and kept for as long as a process runs."""


def a_zone_file(changes: Sequence[tuple[int, int]], first: int) -> bytes:
    """Return a file (TZif, RFC 8536) of `first` seconds beside UTC, and others from instants on."""
    offsets = list(dict.fromkeys([first, *(offset for _, offset in changes)]))
    counts = struct.pack(">6l", 0, 0, 0, len(changes), len(offsets), 4)
    return b"".join(
        [
            b"TZif" + bytes(16) + counts,
            struct.pack(f">{len(changes)}l", *(instant for instant, _ in changes)),
            bytes(offsets.index(offset) for _, offset in changes),
            *(struct.pack(">lBB", offset, 0, 0) for offset in offsets),
            b"OWN\0",
        ]
    )


@contextmanager
def other_zone_data(folder: Path, **zone_files: bytes) -> Iterator[None]:
    """Let zones be read from files, named such as `Europe__Berlin`; all others are as they were."""
    for name, content in zone_files.items():
        path = folder.joinpath(*name.split("__"))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    _look_in([str(folder)])
    try:
        yield
    finally:
        _look_in([])


def _look_in(folders: list[str]) -> None:
    zoneinfo.reset_tzpath(to=folders)
    zoneinfo.ZoneInfo.clear_cache()
    for kept in _KEPT:
        kept.cache_clear()
