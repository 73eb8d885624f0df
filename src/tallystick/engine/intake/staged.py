"""A file -> buckets of its own, part by part, and from there into those of an import."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from tallystick.engine.intake.buckets import held_rows, read_bucket_changes
from tallystick.engine.intake.changes import Changes, put_together
from tallystick.engine.intake.limits import Limits
from tallystick.engine.intake.manifest import Manifest, usual_count
from tallystick.engine.intake.mapping import Mapping
from tallystick.engine.intake.merge import grow
from tallystick.engine.intake.parquet_cells import ROWS_AT_ONCE
from tallystick.engine.intake.reading import (
    Account,
    Progress,
    Reading,
    account_of,
    read_parts,
    together,
    with_cells,
)
from tallystick.engine.intake.written import appear, passing_folder, write_parts


@dataclass(frozen=True, slots=True)
class Staged:
    """What a file says, in buckets that nobody else sees; `account` tells of its rows."""

    account: Account
    manifest: Manifest
    directory: Path


@dataclass(frozen=True, slots=True)
class Settled:
    """
    What an import added to what was held.

    `read` = `accepted` + `rejected` + `unchanged`, in rows of the file. `manifest` is that of the
    whole histories of the items that changed; where it has no items, nothing was stored.
    """

    read: int
    accepted: int
    rejected: int
    unchanged: int
    manifest: Manifest

    def __post_init__(self) -> None:
        if self.read != self.accepted + self.rejected + self.unchanged:
            raise ValueError("each row is accepted, rejected or unchanged")


@contextmanager
def staged(
    path: Path,
    mapping: Mapping,
    directory: Path,
    *,
    limits: Limits | None = None,
    progress: Progress | None = None,
    at_once: int = ROWS_AT_ONCE,
) -> Iterator[Staged]:
    """
    Read a file into buckets beside the `directory` of its import; they are gone afterwards.

    One part of the file is in memory at a time. Raises as `read_service_data` does.
    """
    parts = read_parts(path, mapping, directory, limits=limits, progress=progress, at_once=at_once)
    with closing(parts):
        waiting = [next(parts)]
        with passing_folder(directory) as folder:
            account, manifest = _written(waiting, parts, folder / "read")
            yield Staged(with_cells(account, path, mapping, limits), manifest, folder / "read")


def _written(
    waiting: list[Reading], others: Iterator[Reading], directory: Path
) -> tuple[Account, Manifest]:
    # Parts and buckets are powers of two of one hash, so a bucket lies within one part.
    count = waiting[0].parts * usual_count(len(waiting[0].changes))
    source = waiting[0].source
    accounts: list[Account] = []

    def changes() -> Iterator[Changes]:
        while waiting:
            accounts.append(account_of(waiting[0]))
            yield waiting.pop().changes
            waiting.extend(islice(others, 1))

    manifest = write_parts(changes(), directory, count, source=source)
    return together(accounts), manifest


def settle(read: Staged, held: Sequence[Path], directory: Path) -> Settled:
    """
    Store what a file adds to the imports held of its source, oldest first; see `grow`.

    One bucket of the file, and what is held of its items, are in memory at a time. Where nothing
    is added, no directory appears.

    Raises:
        FileExistsError: if the directory exists.
    """
    unchanged = 0
    if held and read.manifest.items:

        def changes() -> Iterator[Changes]:
            nonlocal unchanged
            for bucket in range(read.manifest.buckets):
                new = read_bucket_changes([read.directory], bucket)
                grown = grow(new, held_rows(held, new.ids), read.account)
                unchanged += grown.unchanged
                yield grown.changes

        merged = read.directory.with_name("merged")
        manifest = write_parts(
            changes(), merged, read.manifest.buckets, source=read.manifest.source
        )
        _appear(merged, manifest, directory)
    else:
        manifest = read.manifest
        _appear(read.directory, manifest, directory)
    account = read.account
    return Settled(
        read=account.read,
        accepted=account.accepted - unchanged,
        rejected=len(account.rejected),
        unchanged=account.unchanged + unchanged,
        manifest=manifest,
    )


def _appear(written: Path, manifest: Manifest, directory: Path) -> None:
    """Let an import appear, in fewer buckets where few of its items changed."""
    if not manifest.items:
        return
    count = usual_count(manifest.rows)
    if count >= manifest.buckets:
        appear(written, directory)
        return
    shares = [range(bucket, manifest.buckets, count) for bucket in range(count)]
    parts = (put_together([read_bucket_changes([written], b) for b in share]) for share in shares)
    write_parts(parts, directory, count, source=manifest.source)


def nothing_new(read: Staged) -> Settled:
    """Return what a file adds of which every row was held before."""
    rejected = len(read.account.rejected)
    manifest = Manifest(read.manifest.source, 1, 0, 0)
    return Settled(read.account.read, 0, rejected, read.account.read - rejected, manifest)
