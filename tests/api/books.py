"""An engagement with figures and credits, and the same figures taken from every door."""

import csv
import io
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
from django.test import Client

from tallystick.actions.measure_service_levels import measure_service_levels
from tallystick.engine.columnar import connect
from tallystick.records.agreements import Agreement
from tallystick.records.viewer import Viewer
from tests.actions.test_import_service_data import import_text
from tests.actions.test_measure_and_state import an_agreement
from tests.api.conftest import Program
from tests.cast import EVENT_LOG, TODAY, Cast, an_agreement_document, an_engagement

OPEN_ITEMS = """T5,2026-06-29T07:00:00Z,New,P1
T5,2026-06-29T07:30:00Z,Work,P1
=T6,2026-07-02T07:00:00Z,New,P2
=T6,2026-07-02T08:00:00Z,Work,P2
T7,2026-07-02T13:30:00Z,New,P2
"""


def a_credited_document(**changes: Any) -> dict[str, Any]:
    """Return an agreement in which each level costs two fifths of a tenth of the charge."""
    levels = an_agreement_document()["service_levels"]
    for level in levels:
        level |= {"class": "critical-service-level", "credit": {"allocation": "40%"}}
    money = {
        "charges": {"currency": "EUR", "monthly": "100000.00"},
        "credits": {"at_risk": "10%"},
        "service_levels": levels,
    }
    return money | changes


def a_credited_agreement(cast: Cast, home: Path, **changes: Any) -> Agreement:
    """Return an agreement with credits whose data is imported and measured, items still open."""
    engagement = an_engagement(name=f"Desk {Agreement.objects.count()}")
    agreement = an_agreement(engagement, cast, **a_credited_document(**changes))
    import_text(EVENT_LOG + OPEN_ITEMS, engagement, cast.cleo, home)
    measure_service_levels(engagement=engagement, by=cast.ben, as_of=TODAY)
    return agreement


@dataclass(frozen=True, slots=True)
class Reader:
    """Someone who takes figures from pages, files and operations."""

    client: Client

    @classmethod
    def of(cls, viewer: Viewer) -> "Reader":
        """Return a reader signed in as someone."""
        client = Client()
        client.force_login(viewer.person)
        return cls(client)

    def program(self) -> Program:
        """Return the same person as a program."""
        return Program(self.client)

    def bytes_of(self, address: str, kind: str, table: str = "") -> bytes:
        """Return a table of a page as a file."""
        name = f"{table}-format" if table else "format"
        answer = self.client.get(address, {name: kind})
        assert answer.status_code == 200
        return answer.content

    def rows(self, address: str, kind: str, folder: Path, table: str = "") -> list[dict[str, str]]:
        """Return the rows of a file as texts by their columns, whatever the kind."""
        content = self.bytes_of(address, kind, table)
        return (
            {"csv": _csv, "xlsx": _xlsx}[kind](content)
            if kind in {"csv", "xlsx"}
            else _parquet(content, folder)
        )


def _csv(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def _xlsx(content: bytes) -> list[dict[str, str]]:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    head, *rows = ([cell.value for cell in row] for row in sheet.iter_rows())
    labels = [str(label).removesuffix(" (UTC)") for label in head]
    return [dict(zip(labels, map(_text, row), strict=True)) for row in rows]


def _parquet(content: bytes, folder: Path) -> list[dict[str, str]]:
    path = folder / "taken.parquet"
    path.write_bytes(content)
    with connect() as connection:
        found = connection.execute("SELECT COLUMNS(*)::VARCHAR FROM read_parquet(?)", [str(path)])
        labels = [each[0] for each in found.description or ()]
        return [
            dict(zip(labels, [value or "" for value in row], strict=True))
            for row in found.fetchall()
        ]


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    return "" if value is None else str(value)


def number(text: str) -> float | None:
    """Return a figure of a file; None for an empty cell."""
    return float(text) if text else None
