"""A file and a mapping -> a Reading: every row accepted, rejected or unchanged."""

from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, fields, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from tallystick.engine.intake.accept import accept
from tallystick.engine.intake.changes import Changes, put_together
from tallystick.engine.intake.columns import Cells, read_cells
from tallystick.engine.intake.docket import RejectedRow
from tallystick.engine.intake.files import Kind, digest_of, head_of, kind_of
from tallystick.engine.intake.limits import Limits
from tallystick.engine.intake.manifest import usual_count
from tallystick.engine.intake.mapping import History, Mapping
from tallystick.engine.intake.mended import write_mendable
from tallystick.engine.intake.parquet import open_parquet, parquet_rows
from tallystick.engine.intake.parquet_cells import ROWS_AT_ONCE, parquet_cells
from tallystick.engine.intake.plan import Plan, place_columns
from tallystick.engine.intake.shapes import Shape
from tallystick.engine.intake.table import NoRows, RawTable, open_table
from tallystick.engine.refusals import Refusal

Progress = Callable[[int], None]


class WrongShape(Refusal):
    """The mapping tells of components where items are read, or the other way round."""

    code = "intake.wrong-shape"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """
    What became of the rows of a file, or of a part of it.

    `read` = `accepted` + `unchanged` + the rejected rows. `unchanged` here are the rows of an
    item table, and of signals, that repeat another row of the file; `merge` and `merge_signals`
    add those that are held already.
    `digest` is over the bytes of the file as uploaded. `history` is that of the mapping, or
    `additions` for a file of mended rows. `incomplete` are the items of which a row was rejected:
    what the file tells of them is not their whole history. `parts` is in how many the file is
    read.
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
    incomplete: frozenset[str] = frozenset()
    parts: int = 1

    def __post_init__(self) -> None:
        if self.read != self.accepted + self.unchanged + len(self.rejected):
            raise ValueError("each row is accepted, unchanged or rejected")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading(Account):
    """What a file says, or a part of it, read through a mapping."""

    changes: Changes


A = TypeVar("A", bound=Account)


def read_service_data(
    path: Path | str,
    mapping: Mapping,
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> Reading:
    """
    Read a CSV file or an .xlsx workbook, plain or gzip, or a Parquet file.

    `progress` is told now and then how many rows were read so far.

    Raises:
        Refusal: if the file as a whole cannot be read as the mapping says; the codes start
            with `intake.`. Single rows that cannot be read are rejected instead, with codes
            that start with `row.`.
    """
    with TemporaryDirectory(prefix="tallystick-") as folder:
        scratch = Path(folder) / "reading"
        parts = [*read_parts(path, mapping, scratch, limits=limits, progress=progress)]
    account = with_cells(together(parts), path, mapping, limits)
    changes = put_together([part.changes for part in parts]) if len(parts) > 1 else parts[0].changes
    return Reading(changes=changes, **fields_of(account))


def read_parts(
    path: Path | str,
    mapping: Mapping,
    scratch: Path,
    *,
    limits: Limits | None = None,
    progress: Progress | None = None,
    at_once: int = ROWS_AT_ONCE,
) -> Generator[Reading, None, None]:
    """
    Read a file of items part by part: a large Parquet file in several, any other in one.

    No two parts have items of the same bucket, counted in as many buckets as there are parts
    or in more. Rejected rows come without their cells; see `with_cells`. What is put aside
    meanwhile lies beside `scratch`. Raises as `read_service_data` does.
    """
    if mapping.form.signals is not None:
        raise WrongShape(
            f"the mapping is of {mapping.shape}, which tells of components, not of items",
            place="shape",
            remedy="Use a mapping of the shape event-log or item-table.",
        )
    limits = limits or Limits()
    return each_part(Path(path), mapping, scratch, limits, progress, at_once, _reading)


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of a file beside its cells."""

    plan: Plan
    mapping: Mapping
    digest: str
    delimiter: str
    mended: bool = False


def each_part(
    path: Path,
    mapping: Mapping,
    scratch: Path,
    limits: Limits,
    progress: Progress | None,
    at_once: int,
    read: Callable[[Cells, Told], A],
) -> Generator[A, None, None]:
    """Give what `read` makes of each part of a file; see `read_parts`."""
    if kind_of(head_of(path, limits)) is Kind.PARQUET:
        yield from _each_of_parquet(path, mapping, scratch, limits, progress, at_once, read)
        return
    with _opened(path, limits, mapping) as table:
        plan = place_columns(mapping, table.header)
        cells = read_cells(table.rows, len(table.header), plan.positions, progress)
    yield read(cells, Told(plan, mapping, digest_of(path), table.delimiter, table.mended))


def _each_of_parquet(
    path: Path,
    mapping: Mapping,
    scratch: Path,
    limits: Limits,
    progress: Progress | None,
    at_once: int,
    read: Callable[[Cells, Told], A],
) -> Iterator[A]:
    table = open_parquet(path, limits)
    plan = place_columns(mapping, table.header)
    if not table.rows:
        raise NoRows(
            "the file has columns and no rows",
            remedy="Check the filter or the period of the export.",
        )
    told, done = Told(plan, mapping, digest_of(path), mapping.delimiter or ","), 0
    for cells in parquet_cells(table, plan, scratch, at_once):
        done += cells.read
        if progress:
            progress(done)
        reading = read(cells, told)
        del cells  # before the next ones are read: one part at a time is in memory
        yield replace(reading, parts=usual_count(table.rows, at_once))
        del reading


def _reading(cells: Cells, told: Told) -> Reading:
    mapping = told.mapping
    accepted = accept(cells, told.plan, mapping, told.digest)
    additions = told.mended and mapping.shape is Shape.EVENT_LOG
    return Reading(
        digest=told.digest,
        source=mapping.source,
        shape=mapping.shape,
        history=History.ADDITIONS if additions else mapping.history,
        header=told.plan.header,
        delimiter=told.delimiter,
        read=cells.read,
        accepted=accepted.accepted,
        unchanged=accepted.repeated,
        rejected=accepted.rejected,
        changes=accepted.changes,
        incomplete=accepted.incomplete,
    )


def account_of(reading: Account) -> Account:
    """Return what became of the rows, without what they say."""
    return Account(**fields_of(reading))


def together(parts: Iterable[Account]) -> Account:
    """Return what became of the rows of all parts of a file."""
    first, *others = parts
    account = Account(**fields_of(first))
    rejected = [row for part in (first, *others) for row in part.rejected]
    return replace(
        account,
        read=sum((part.read for part in others), first.read),
        accepted=sum((part.accepted for part in others), first.accepted),
        unchanged=sum((part.unchanged for part in others), first.unchanged),
        rejected=tuple(sorted(rejected, key=lambda row: row.line)),
        incomplete=first.incomplete.union(*(part.incomplete for part in others)),
    )


def fields_of(account: Account) -> dict[str, Any]:
    """Return what an account is made of, to make one that says more."""
    return {each.name: getattr(account, each.name) for each in fields(Account)}


def with_cells(
    account: Account, path: Path | str, mapping: Mapping, limits: Limits | None = None
) -> Account:
    """Return the account with the cells of each rejected row as they stand in the file."""
    lines = {row.line for row in account.rejected}
    if not lines:
        return account
    # Reading once more costs less than keeping the cells of all rows until the few are known.
    raw = _cells_of_lines(Path(path), limits or Limits(), mapping, lines)
    rejected = [RejectedRow(row.line, row.reason, raw[row.line]) for row in account.rejected]
    return replace(account, rejected=tuple(rejected))


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
    if kind_of(head_of(path, limits)) is Kind.PARQUET:
        rows = parquet_rows(open_parquet(path, limits), lines)
        return {line: tuple(cells) for line, cells in rows}
    with _opened(path, limits, mapping) as table:
        return {line: tuple(cells) for line, cells in table.rows if line in lines}


def write_rejected(account: Account, path: Path | str) -> None:
    """Write the rejected rows as a CSV file to be mended and uploaded again; see `mended`."""
    write_mendable(account.header, account.rejected, Path(path), account.delimiter)
