"""A statement -> the bundle from which anyone can compute it again."""

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from tallystick.engine.bundles.archive import AGREEMENT, DOCUMENT, LEDGER, write_archive
from tallystick.engine.bundles.document import (
    Document,
    Figure,
    Head,
    Held,
    Minutes,
    Relief,
    Signed,
    document_bytes,
    figure_values,
    stated_digest,
)
from tallystick.engine.canonical import canonical_bytes, digest
from tallystick.engine.intake.files import digest_of
from tallystick.engine.service_levels.agreement import read_agreement
from tallystick.engine.service_levels.credits.agreed import note_document, notes_up_to
from tallystick.engine.values import seconds
from tallystick.records.agreements import Agreement
from tallystick.records.credit_notes import figures_as_issued
from tallystick.records.ledger import Checkpoint, LedgerEntry
from tallystick.records.ledger_exports import lines_under
from tallystick.records.measurements import Measurement
from tallystick.records.relief import excuses_of, items_of
from tallystick.records.service_data import Import
from tallystick.records.statements import Statement
from tallystick.records.store import directory_of, rejected_path

HELD_IN_MEMORY = 16 * 2**20
"""Bytes of service data up to which a bundle never reaches the disk."""


def write_bundle(statement: Statement, out: IO[bytes]) -> None:
    """
    Write the bundle of a statement: its agreement, its figures, and all service data behind them.

    Both parties get the same bytes. It holds what both of them see: an engagement's imports.
    """
    figures, imports = _figures_and_imports(statement)
    _write(statement, figures, imports, _rows(imports), out)


def bundle_file(statement: Statement) -> IO[bytes]:
    """Return the bundle as an open file at its start; whoever takes it closes it."""
    figures, imports = _figures_and_imports(statement)
    rows = _rows(imports)
    small = sum(path.stat().st_size for path in rows.values()) <= HELD_IN_MEMORY
    out: IO[bytes] = BytesIO() if small else TemporaryFile()  # noqa: SIM115
    _write(statement, figures, imports, rows, out)
    out.seek(0)
    return out


def _write(
    statement: Statement,
    figures: Sequence[Measurement],
    imports: Sequence[Import],
    rows: dict[str, Path],
    out: IO[bytes],
) -> None:
    texts = {
        AGREEMENT: canonical_bytes(statement.agreement.document),
        LEDGER: b"".join(_ledger(statement)),
    }
    document = _document(statement, figures, imports, texts, rows)
    write_archive(out, [(DOCUMENT, document_bytes(document)), *texts.items()], rows)


def _rows(imports: Sequence[Import]) -> dict[str, Path]:
    return {
        f"{_folder(number)}/{path.name}": path
        for number, each in enumerate(imports)
        for path in sorted(directory_of(each).iterdir())
        if path.is_file() and path != rejected_path(directory_of(each))
    }


def digest_of_stated(statement: Statement) -> str:
    """Return the digest by which the ledger knows what a statement says."""
    figures, _ = _figures_and_imports(statement)
    stated = {each.pk for each in statement.measurements.all()}
    return stated_digest(
        [_figure(each, {}, stated=True) for each in figures if each.pk in stated],
        _credits(statement, figures),
    )


def _ledger(statement: Statement) -> Iterator[bytes]:
    """Give the export of the ledger up to the checkpoint that was handed out at the issue."""
    entries = LedgerEntry.objects.filter(engagement=statement.engagement)
    handed = Checkpoint.objects.filter(engagement=statement.engagement)
    issued = entries.filter(noun="Statement", subject=statement.public_id).order_by("seq")
    since = issued.values_list("seq", flat=True).first() or 0
    head = handed.filter(size__gte=since).order_by("size", "id").first()
    return lines_under(head, entries, handed) if head else iter(())


def _folder(number: int) -> str:
    return f"data/{number:04d}"


def _figures_and_imports(statement: Statement) -> tuple[list[Measurement], list[Import]]:
    measured = statement.agreement.measurements.prefetch_related("imports__engagement", "relief")
    figures = figures_as_issued(statement, measured)
    stated = {each.pk for each in statement.measurements.all()}
    if not stated <= {each.pk for each in figures}:
        figures = [*figures, *(each for each in measured if each.pk in stated)]
    known = {each.pk: each for figure in figures for each in figure.imports.all()}
    return figures, sorted(known.values(), key=lambda each: (each.imported_at, each.pk))


def _document(
    statement: Statement,
    figures: Sequence[Measurement],
    imports: Sequence[Import],
    texts: Mapping[str, bytes],
    rows: Mapping[str, Path],
) -> Document:
    places = {each.pk: number for number, each in enumerate(imports)}
    stated = {each.pk for each in statement.measurements.all()}
    files = {name: digest(text) for name, text in texts.items()}
    files |= {name: digest_of(path) for name, path in rows.items()}
    newest = max(figures, key=lambda each: each.pk)
    return Document(
        bundle=1,
        statement=_head(statement),
        agreement=statement.agreement.digest,
        signatures=_signatures(statement.agreement),
        imports=tuple(_held(each, number) for number, each in enumerate(imports)),
        figures=tuple(_figure(each, places, stated=each.pk in stated) for each in figures),
        credits=_credits(statement, figures),
        engine=newest.engine_version,
        zone_data=newest.zone_data_version,
        files=files,
    )


def _head(statement: Statement) -> Head:
    return Head(
        id=statement.public_id,
        window=statement.window,
        engagement=statement.engagement.name,
        client=statement.agreement.document["client"],
        provider=statement.agreement.document["provider"],
        issued_at=f"{statement.issued_at:%Y-%m-%dT%H:%M:%SZ}",
    )


def _signatures(agreement: Agreement) -> tuple[Signed, ...]:
    signatures = agreement.signatures.select_related("signed_by", "organisation").order_by("id")
    return tuple(
        Signed(
            name=each.signed_by.name,
            organisation=each.organisation.name,
            at=f"{each.signed_at:%Y-%m-%dT%H:%M:%SZ}",
            digest=each.digest,
        )
        for each in signatures
    )


def _held(stored: Import, number: int) -> Held:
    return Held(
        digest=stored.digest,
        file_name=stored.file_name,
        source=stored.source,
        shape=stored.shape,
        folder=_folder(number),
    )


def _figure(measurement: Measurement, places: dict[int, int], *, stated: bool) -> Figure:
    imports = sorted(places[each.pk] for each in measurement.imports.all() if places)
    return Figure(
        service_level=measurement.service_level,
        window=measurement.window,
        stated=stated,
        imports=tuple(imports),
        horizon=seconds(measurement.data_until),
        relief=_relief(measurement),
        values=figure_values(measurement.measured),
        evidence_digest=measurement.evidence_digest,
    )


def _relief(measurement: Measurement) -> Relief:
    """Return what a measurement left out, as the histories of its imports name it."""
    claims, imports = measurement.relief.all(), measurement.imports.all()
    return Relief(
        items=tuple(sorted(items_of(claims, {each.source for each in imports}))),
        minutes=tuple(
            Minutes(since=each.since, until=each.until, why=each.why) for each in excuses_of(claims)
        ),
    )


def _credits(statement: Statement, figures: Sequence[Measurement]) -> dict[str, Any] | None:
    terms = read_agreement(statement.agreement.document)
    measured = [each.measured for each in figures]
    notes = notes_up_to(terms, measured, seconds(statement.window_end))
    note = next((each for each in notes if each.window == statement.window), None)
    return note_document(note) if note else None
