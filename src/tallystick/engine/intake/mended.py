"""Rejected rows -> a file that a person can mend and upload again, and the way back."""

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from tallystick.engine.spreadsheets import guarded

MENDED_COLUMNS = ("tallystick_line", "tallystick_reason")
"""The columns added in front of the original ones; a file that has both is a mended one."""


class _Rejected(Protocol):
    @property
    def line(self) -> int: ...
    @property
    def sentence(self) -> str: ...
    @property
    def cells(self) -> tuple[str, ...]: ...


def write_mendable(
    header: Iterable[str], rejected: Iterable[_Rejected], path: Path, delimiter: str
) -> None:
    """
    Write rejected rows as UTF-8 CSV: line, reason, then the original cells, guarded.

    The two added columns stand first, so a row with too few or too many cells keeps its shape.
    The byte order mark makes spreadsheets and `open_table` read it as UTF-8 whatever encoding
    the mapping names.
    """
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, delimiter=delimiter)
        writer.writerow([*MENDED_COLUMNS, *map(guarded, header)])
        for row in rejected:
            writer.writerow([row.line, guarded(row.sentence), *map(guarded, row.cells)])
