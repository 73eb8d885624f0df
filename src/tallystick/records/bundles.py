"""A statement -> the bundle from which anyone can compute it again."""

from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

from tallystick.engine.bundles.archive import AGREEMENT, DOCUMENT, write_archive
from tallystick.engine.bundles.document import (
    Document,
    Figure,
    Held,
    Minutes,
    Relief,
    document_bytes,
    figure_values,
)
from tallystick.engine.canonical import canonical_bytes, digest
from tallystick.engine.service_levels.agreement import read_agreement
from tallystick.engine.service_levels.credits.agreed import note_document, notes_up_to
from tallystick.engine.values import seconds
from tallystick.records.credit_notes import figures_as_issued
from tallystick.records.measurements import Measurement
from tallystick.records.relief import excuses_of, items_of
from tallystick.records.service_data import Import
from tallystick.records.statements import Statement
from tallystick.records.store import directory_of, rejected_path


def write_bundle(statement: Statement, out: IO[bytes]) -> None:
    """
    Write the bundle of a statement: its agreement, its figures, and all service data behind them.

    Both parties get the same bytes. It holds what both of them see: an engagement's imports.
    """
    figures, imports = _figures_and_imports(statement)
    rows = {
        f"{_folder(number)}/{path.name}": path
        for number, each in enumerate(imports)
        for path in sorted(directory_of(each).iterdir())
        if path.is_file() and path != rejected_path(directory_of(each))
    }
    agreement = canonical_bytes(statement.agreement.document)
    document = _document(statement, figures, imports, agreement, rows)
    texts = [(DOCUMENT, document_bytes(document)), (AGREEMENT, agreement)]
    write_archive(out, texts, rows)


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
    agreement: bytes,
    rows: dict[str, Path],
) -> Document:
    places = {each.pk: number for number, each in enumerate(imports)}
    stated = {each.pk for each in statement.measurements.all()}
    files = {AGREEMENT: digest(agreement)}
    files |= {name: digest(path.read_bytes()) for name, path in rows.items()}
    newest = max(figures, key=lambda each: each.pk)
    return Document(
        bundle=1,
        statement=_head(statement),
        agreement=statement.agreement.digest,
        imports=tuple(_held(each, number) for number, each in enumerate(imports)),
        figures=tuple(_figure(each, places, stated=each.pk in stated) for each in figures),
        credits=_credits(statement, figures),
        engine=newest.engine_version,
        zone_data=newest.zone_data_version,
        files=files,
    )


def _head(statement: Statement) -> dict[str, str]:
    return {
        "id": statement.public_id,
        "window": statement.window,
        "engagement": statement.engagement.name,
        "client": statement.agreement.document["client"],
        "provider": statement.agreement.document["provider"],
        "issued_at": f"{statement.issued_at:%Y-%m-%dT%H:%M:%SZ}",
    }


def _held(stored: Import, number: int) -> Held:
    return Held(
        digest=stored.digest,
        file_name=stored.file_name,
        source=stored.source,
        shape=stored.shape,
        folder=_folder(number),
    )


def _figure(measurement: Measurement, places: dict[int, int], *, stated: bool) -> Figure:
    imports = sorted(places[each.pk] for each in measurement.imports.all())
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
