"""A bundle -> is it what it says it is, and do the same figures come out of it again?"""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from tallystick.engine.bundles.archive import AGREEMENT, DOCUMENT, LEDGER, README, unpack
from tallystick.engine.bundles.difference import Difference
from tallystick.engine.bundles.document import (
    BundleUnreadable,
    Document,
    Figure,
    figure_values,
    read_document,
)
from tallystick.engine.bundles.in_ledger import ledger_differences, ledger_notes
from tallystick.engine.bundles.recompute import fared_again
from tallystick.engine.intake.files import digest_of
from tallystick.engine.ledger.verifying import Handed
from tallystick.engine.refusals import Refusal
from tallystick.engine.service_levels.agreement import agreement_hash, read_agreement
from tallystick.engine.service_levels.credits.agreed import note_document, notes_up_to
from tallystick.engine.service_levels.measurement import Fared, Measurement
from tallystick.engine.service_levels.terms import Agreement
from tallystick.engine.service_levels.windows import windows_of
from tallystick.engine.zone_data import zone_data_version

_README = "README.txt"
UNCOMPUTABLE = (
    ArithmeticError, AttributeError, duckdb.Error, LookupError, OSError, RecursionError, Refusal,
    TypeError, ValueError,
)  # fmt: skip
"""What readers raise for rows of a stranger's making; a server never computes with such."""


@dataclass(frozen=True, slots=True)
class Verification:
    """
    What came of computing a statement again.

    The bundle has `figures`, `stated` of which stand in the statement. `differences` come in the
    order in which they were found, what everything rests on first; where a file was altered,
    nothing is computed. `notes` are odd, and no differences.
    """

    document: Document
    figures: int
    stated: int
    differences: tuple[Difference, ...]
    notes: tuple[str, ...]

    @property
    def identical(self) -> bool:
        """Return whether everything is as it is stated."""
        return not self.differences


def verify_bundle(
    path: Path, held: Sequence[Handed] = (), trusted: str | None = None
) -> Verification:
    """
    Compute a statement again from its bundle alone; no server, no database, no network.

    `held` are checkpoints of the ledger that a party kept, `trusted` is the public key that it
    noted; without one, that of the bundle is believed.

    Raises:
        BundleUnreadable: if the file is no bundle.
        AgreementRefused: if its agreement cannot be read.
        KeyUnreadable: if `trusted` is no key.
    """
    with TemporaryDirectory(prefix="tallystick-") as folder:
        unpack(path, Path(folder))
        document = _document(Path(folder))
        differences = [*_files(document, Path(folder)), *_signatures(document)]
        notes = list(_notes(document))
        # What was altered is not computed with.
        if not differences:
            differences += _figures(document, Path(folder))
            ledger = Path(folder) / LEDGER
            unsound = list(ledger_differences(ledger, document, held, trusted))
            differences += unsound
            notes += [] if unsound else ledger_notes(ledger, document)
    return Verification(
        document=document,
        figures=len(document.figures),
        stated=sum(each.stated for each in document.figures),
        differences=tuple(differences),
        notes=tuple(notes),
    )


def _document(folder: Path) -> Document:
    path = folder / DOCUMENT
    if not path.is_file():
        raise BundleUnreadable(
            f"this is no bundle: it holds no {DOCUMENT}",
            remedy="Fetch the bundle again from the statement's page.",
        )
    return read_document(path.read_bytes())


def _files(document: Document, folder: Path) -> Iterator[Difference]:
    there = {
        Path(root, name).relative_to(folder).as_posix()
        for root, _, names in os.walk(folder)
        for name in names
    }
    for name in sorted(there - {DOCUMENT, _README, *document.files}):
        yield Difference("bundle.file-unknown", name, "The bundle does not list this file.")
    if _README in there and (folder / _README).read_bytes() != README.encode():
        yield Difference("bundle.file-altered", _README, "This file was altered.")
    for name, stated in sorted(document.files.items()):
        if name not in there:
            yield Difference(
                "bundle.file-missing", name, "The bundle lists this file and lacks it."
            )
        elif digest_of(folder / name) != stated:
            yield Difference("bundle.file-altered", name, "This file was altered.")
    if LEDGER not in document.files:
        yield Difference("bundle.file-missing", LEDGER, "The bundle holds no ledger.")
    if document.files.get(AGREEMENT) != document.agreement:
        yield Difference(
            "bundle.agreement-altered", AGREEMENT, "The agreement is not the one of the statement."
        )


def _signatures(document: Document) -> Iterator[Difference]:
    for each in document.signatures:
        if each.digest != document.agreement:
            yield Difference(
                "bundle.other-signed",
                each.organisation,
                f"{each.name} signed {each.digest}, which is not this agreement.",
            )


def _figures(document: Document, folder: Path) -> Iterator[Difference]:
    agreement = _agreement(folder)
    if agreement_hash(agreement) != document.agreement:
        yield Difference(
            "bundle.agreement-altered", AGREEMENT, "The agreement's hash is another one."
        )
    yield from _parties(document, agreement)
    measured: list[Measurement] = []
    try:
        again = list(fared_again(document.figures, document.imports, agreement, folder))
    except UNCOMPUTABLE as error:
        yield Difference(
            "bundle.not-computable", "data", f"The figures cannot be computed: {error}"
        )
        return
    for figure, fared in again:
        yield from _compared(figure, fared)
        if fared:
            measured.append(fared.measurement)
    yield from _credits(document, agreement, measured)


def _agreement(folder: Path) -> Agreement:
    try:
        document = json.loads((folder / AGREEMENT).read_bytes())
    except (ValueError, RecursionError) as error:
        raise BundleUnreadable(
            f"this is no bundle: its {AGREEMENT} is no JSON: {error}",
            place=AGREEMENT,
            remedy="Fetch the bundle again from the statement's page, or from the other party.",
        ) from error
    return read_agreement(document)


def _parties(document: Document, agreement: Agreement) -> Iterator[Difference]:
    head = document.statement
    for party, stated, agreed in (
        ("client", head.client, agreement.client),
        ("provider", head.provider, agreement.provider),
    ):
        if stated != agreed:
            yield Difference(
                "bundle.other-party",
                DOCUMENT,
                f"The {party} is {agreed} in the agreement, and {stated} was stated.",
            )


def _compared(figure: Figure, fared: Fared | None) -> Iterator[Difference]:
    place = f"{figure.service_level}, {figure.window}"
    if fared is None:
        yield Difference("bundle.figure-differs", place, "There is no such figure in these data.")
        return
    found = figure_values(fared.measurement)
    for name in dict.fromkeys([*found, *figure.values]):
        ours, stated = found.get(name, "not known"), figure.values.get(name, "nothing")
        if (type(ours), ours) != (type(stated), stated):
            yield Difference(
                "bundle.figure-differs",
                place,
                f"The {name.replace('_', ' ')} is {ours}, and {stated} was stated.",
            )
            return
    if fared.digest != figure.evidence_digest:
        yield Difference(
            "bundle.evidence-differs",
            place,
            "The figure is the same, and the items behind it are not.",
        )


def _credits(
    document: Document, agreement: Agreement, measured: list[Measurement]
) -> Iterator[Difference]:
    window = document.statement.window
    end = next((each.end for each in windows_of(agreement) if each.text == window), None)
    notes = notes_up_to(agreement, measured, end) if end else ()
    note = next((each for each in notes if each.window == window), None)
    found = note_document(note) if note else None
    stated = dict(document.credits) if document.credits is not None else None
    if found == stated:
        return
    yield Difference(
        "bundle.credit-differs",
        window,
        f"The credits are {_total(found)}, and {_total(stated)} was stated.",
    )


def _total(note: Mapping[str, Any] | None) -> str:
    return f"{note.get('total')} {note.get('currency')}" if note else "none"


def _notes(document: Document) -> Iterator[str]:
    here = zone_data_version()
    if document.zone_data != here:
        yield (
            f"The statement was computed with time-zone data {document.zone_data}; here it was "
            f"computed with {here}."
        )
