"""Measurements as commands print them: a table, JSON or CSV; and the exit status they give."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tallystick.cli.tables import as_csv, as_table
from tallystick.engine.service_levels.agreement import agreement_hash
from tallystick.engine.service_levels.credits import CreditNote
from tallystick.engine.service_levels.credits.agreed import note_document
from tallystick.engine.service_levels.measurement import Measurement, Verdict, as_values
from tallystick.engine.service_levels.terms import Agreement

COLUMNS = (
    "service_level", "window", "numerator", "denominator", "attainment", "target", "verdict",
)  # fmt: skip


def answer_of(
    agreement: Agreement,
    imports: Sequence[Mapping[str, Any]],
    found: Sequence[Measurement],
    notes: Sequence[CreditNote],
) -> dict[str, Any]:
    """Return everything that JSON prints; `credits` only where the agreement states some."""
    answer = {
        "agreement": {"id": agreement.id, "hash": agreement_hash(agreement)},
        "imports": list(imports),
        "measurements": [as_values(each) for each in found],
    }
    if agreement.credits is not None:
        answer["credits"] = [note_document(note) for note in notes]
    return answer


def exit_status(found: Sequence[Measurement]) -> int:
    """Return 1 if a level was missed in a window that has consequences, else 0."""
    return int(any(each.verdict is Verdict.MISSED and not each.reporting_only for each in found))


def _as_json(answer: dict[str, Any]) -> str:
    return json.dumps(answer, indent=2, default=float)


def _rows(answer: dict[str, Any]) -> list[list[str]]:
    return [
        ["" if row[name] is None else str(row[name]) for name in COLUMNS]
        for row in answer["measurements"]
    ]


FORMATS: dict[str, Callable[[dict[str, Any]], str]] = {
    "table": lambda answer: as_table(COLUMNS, _rows(answer)),
    "json": _as_json,
    "csv": lambda answer: as_csv(COLUMNS, _rows(answer)),
}
