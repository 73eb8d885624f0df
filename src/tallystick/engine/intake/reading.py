"""A file and a mapping -> a Reading: every row accepted, rejected or unchanged."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from tallystick.engine.intake.accept import accept
from tallystick.engine.intake.changes import Changes
from tallystick.engine.intake.columns import read_cells
from tallystick.engine.intake.docket import RejectedRow
from tallystick.engine.intake.files import digest_of
from tallystick.engine.intake.limits import Limits
from tallystick.engine.intake.mapping import History, Mapping, Shape
from tallystick.engine.intake.mended import write_mendable
from tallystick.engine.intake.plan import place_columns
from tallystick.engine.intake.table import RawTable, open_table


@dataclass(frozen=True, slots=True)
class Reading:
    """
    What a file says, read through a mapping.

    `read` = `accepted` + `unchanged` + the rejected rows. `unchanged` here are the rows of an
    item table that repeat another row of the file; `merge` adds those that are held already.
    `digest` is over the bytes of the file as uploaded. `history` is that of the mapping, or
    `additions` for a file of mended rows. `incomplete` are the items of which a row was rejected:
    what the file tells of them is not their whole history.
    """

    digest: str
    source: str
    shape: Shape
    history: History
    header: tuple[str, ...]
    delimiter: str
    read: int
    accepted: int
    unchanged: int
    rejected: tuple[RejectedRow, ...]
    changes: Changes
    incomplete: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if self.read != self.accepted + self.unchanged + len(self.rejected):
            raise ValueError("each row is accepted, unchanged or rejected")


def read_service_data(
    path: Path | str,
    mapping: Mapping,
    limits: Limits | None = None,
    progress: Callable[[int], None] | None = None,
) -> Reading:
    """
    Read a CSV file or an .xlsx workbook, plain or gzip.

    `progress` is told now and then how many rows were read so far.

    Raises:
        Refusal: if the file as a whole cannot be read as the mapping says; the codes start
            with `intake.`. Single rows that cannot be read are rejected instead, with codes
            that start with `row.`.
    """
    path, limits = Path(path), limits or Limits()
    with _opened(path, limits, mapping) as table:
        plan = place_columns(mapping, table.header)
        cells = read_cells(table.rows, len(table.header), plan.positions, progress)
    digest = digest_of(path)
    accepted = accept(cells, plan, mapping, digest)
    lines = {row.line for row in accepted.rejected}
    raw = _cells_of_lines(path, limits, mapping, lines) if lines else {}
    additions = table.mended and mapping.shape is Shape.EVENT_LOG
    return Reading(
        digest=digest,
        source=mapping.source,
        shape=mapping.shape,
        history=History.ADDITIONS if additions else mapping.history,
        header=table.header,
        delimiter=table.delimiter,
        read=cells.read,
        accepted=accepted.accepted,
        unchanged=accepted.repeated,
        rejected=tuple(
            RejectedRow(row.line, row.reason, raw[row.line]) for row in accepted.rejected
        ),
        changes=accepted.changes,
        incomplete=accepted.incomplete,
    )


def _opened(path: Path, limits: Limits, mapping: Mapping) -> AbstractContextManager[RawTable]:
    return open_table(
        path,
        limits=limits,
        encoding=mapping.encoding,
        delimiter=mapping.delimiter,
        sheet=mapping.sheet,
    )


def _cells_of_lines(
    path: Path, limits: Limits, mapping: Mapping, lines: set[int]
) -> dict[int, tuple[str, ...]]:
    # Reading once more costs less than keeping the cells of all rows until the few are known.
    with _opened(path, limits, mapping) as table:
        return {line: tuple(cells) for line, cells in table.rows if line in lines}


def write_rejected(reading: Reading, path: Path | str) -> None:
    """Write the rejected rows as a CSV file to be mended and uploaded again; see `mended`."""
    write_mendable(reading.header, reading.rejected, Path(path), reading.delimiter)
