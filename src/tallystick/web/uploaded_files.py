"""What an uploaded file looks like before it is imported: its columns, its values, a dry run."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice

import numpy as np
from django.http import Http404

from tallystick.engine.intake.columns import joined, read_cells
from tallystick.engine.intake.docket import Docket
from tallystick.engine.intake.guess import guess_mapping
from tallystick.engine.intake.guess_parts import Guess
from tallystick.engine.intake.mapping import Mapping
from tallystick.engine.intake.plan import place_columns
from tallystick.engine.intake.rows import read_row_times
from tallystick.engine.intake.table import RawTable, open_table
from tallystick.records.held import Rehearsal, rehearse
from tallystick.records.service_data import Upload
from tallystick.records.store import upload_path

SAMPLE_ROWS = 3
MOST_STATES = 120
"""A column with more different values than this tells no state."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How to open a file; empty texts are guessed from its bytes."""

    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Glance:
    """What a file shows at first sight: its header, its first rows, and a proposed mapping."""

    header: tuple[str, ...]
    sample: tuple[tuple[str, ...], ...]
    guess: Guess

    def label(self, position: int) -> str:
        """Return what to call a column, told apart from any other of the same name."""
        name = self.header[position - 1]
        if not name:
            return f"Column {position}, without a name"
        return name if self.header.count(name) == 1 else f"{name} (column {position})"

    def values(self, position: int) -> str:
        """Return the column's first values, for a person to recognise."""
        cells = (row[position - 1] for row in self.sample if len(row) >= position)
        return ", ".join(cell for cell in cells if cell)


@contextmanager
def _opened(upload: Upload, manner: Manner) -> Iterator[RawTable]:
    path = upload_path(upload)
    if not path.is_file():
        raise Http404
    with open_table(
        path,
        encoding=manner.encoding or None,
        delimiter=manner.delimiter or None,
        sheet=manner.sheet or None,
    ) as table:
        yield table


def glance_at(upload: Upload, manner: Manner, source: str) -> Glance:
    """
    Open a file and propose a mapping.

    Raises:
        Refusal: if it cannot be opened so; the codes start with `intake.`.
    """
    with _opened(upload, manner) as table:
        first = list(islice(table.rows, SAMPLE_ROWS))
        whole = RawTable(
            table.header, chain(first, table.rows), table.kind, table.encoding, table.delimiter,
            table.mended,
        )  # fmt: skip
        guess = guess_mapping(whole, source)
    return Glance(table.header, tuple(tuple(cells) for _, cells in first), guess)


def raw_states(upload: Upload, manner: Manner, positions: Sequence[int]) -> list[tuple[str, int]]:
    """Return each value of the state columns with its number of rows, the commonest first."""
    if not positions:
        return []
    places = [position - 1 for position in positions]
    with _opened(upload, manner) as table:
        cells = read_cells(table.rows, len(table.header), places)
    column = joined([cells.columns[place] for place in places], " / ")
    counts = np.bincount(column.codes[column.codes >= 0], minlength=len(column.values))
    pairs = zip(column.values, counts.tolist(), strict=True)
    return sorted(((text, count) for text, count in pairs if count), key=lambda p: (-p[1], p[0]))


def check_times(upload: Upload, mapping: Mapping) -> None:
    """
    Read the times of a file through a mapping; its other columns are left alone.

    Raises:
        UnknownColumn, DuplicateHeader, AmbiguousDateOrder, ZoneNeeded
    """
    manner = Manner(mapping.encoding or "", mapping.delimiter or "", mapping.sheet or "")
    with _opened(upload, manner) as table:
        plan = place_columns(mapping, table.header)
        cells = read_cells(table.rows, len(table.header), set(plan.times.values()))
    read_row_times(Docket(len(cells.lines)), cells, plan, mapping)


def dry_run(upload: Upload, mapping: Mapping) -> Rehearsal:
    """
    Read a file as its import would, and store nothing.

    Raises:
        Refusal: what `rehearse` refuses.
    """
    path = upload_path(upload)
    if not path.is_file():
        raise Http404
    return rehearse(upload.engagement, path, mapping)
