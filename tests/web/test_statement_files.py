"""A statement carries the same figures wherever it goes, and to whomever."""

import csv
import io
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from tallystick.actions.close_dispute import close_dispute
from tallystick.actions.issue_statement import issue_statement
from tallystick.engine.service_levels.dealings.answers import PointState
from tallystick.records.statements import Statement
from tallystick.records.viewer import Viewer
from tallystick.web.assets import build_assets
from tests.actions.test_answers import a_dispute, a_wording
from tests.cast import TODAY, Cast
from tests.web.levels import CREDITED, CREDITS, a_measured_level

pytestmark = pytest.mark.django_db


@pytest.fixture
def statement(cast: Cast, home: Path) -> Statement:
    """Return a statement of March with a missed level that costs a credit."""
    agreement = a_measured_level(cast, home, document=CREDITS, **CREDITED)
    return issue_statement(agreement=agreement, window="2026-03", by=cast.ben, as_of=TODAY)


def fetched(viewer: Viewer, statement: Statement, **asked: str) -> bytes:
    """Return what a party gets from the statement's page."""
    client = Client()
    client.force_login(viewer.person)
    answer = client.get(reverse("statement", args=[statement.public_id]), asked)
    assert answer.status_code == 200, answer.content[:500]
    return bytes(answer.content)


def told(viewer: Viewer, statement: Statement) -> dict[str, Any]:
    """Return what a party gets from the API."""
    client = Client()
    client.force_login(viewer.person)
    answer = client.get(f"/api/statements/{statement.public_id}")
    found: dict[str, Any] = answer.json()
    return found


def words_of(pdf: bytes) -> str:
    """Return the text of a PDF, its spaces made one."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


def first_rows(viewer: Viewer, statement: Statement, prefix: str = "") -> list[dict[str, object]]:
    """Return a table of the page from its CSV; the workbook has to say the same."""
    name = f"{prefix}format"
    rows = list(
        csv.DictReader(io.StringIO(fetched(viewer, statement, **{name: "csv"}).decode("utf-8-sig")))
    )
    book = load_workbook(io.BytesIO(fetched(viewer, statement, **{name: "xlsx"})))
    head, *body = book.worksheets[0].iter_rows(values_only=True)
    assert list(head) == list(rows[0])
    for row, cells in zip(rows, body, strict=True):
        for text, cell in zip(row.values(), cells, strict=True):
            assert same(text, cell), (text, cell)
    return [dict(row) for row in rows]


def same(text: str, cell: object) -> bool:
    """Return whether a cell of a workbook says what the CSV does."""
    if cell is None:
        return text == ""
    return float(text) == cell if isinstance(cell, int | float) else text == cell


def test_page_api_csv_workbook_and_pdf_say_the_same_to_both_parties(
    statement: Statement, cast: Cast
) -> None:
    parties = (cast.ben, cast.cleo)
    (level,) = first_rows(cast.ben, statement)
    (credit,) = first_rows(cast.cleo, statement, "credits-")
    (measured,) = told(cast.ben, statement)["measurements"]
    page = fetched(cast.cleo, statement).decode()
    paper = words_of(fetched(cast.ben, statement, format="pdf"))

    share = measured["numerator"] / measured["denominator"]
    assert float(str(level["Figure"])) == pytest.approx(share, abs=1e-12)
    for text in ("66.66%", "Missed", str(credit["Amount"]), str(credit["Formula"])):
        assert text in page
        assert text in paper
    for shape in ("pdf", "csv", "xlsx"):
        one, other = (fetched(party, statement, format=shape) for party in parties)
        assert one == other
    one, other = (told(party, statement) for party in parties)
    # What a review has to decide is for the client alone.
    assert one | {"proposed_findings": []} == other


def test_the_pdf_is_numbered_dated_and_says_what_it_pins(
    statement: Statement, cast: Cast, home: Path
) -> None:
    build_assets(home / "assets")
    pdf = fetched(cast.cleo, statement, format="pdf")
    reader = PdfReader(io.BytesIO(pdf))
    words = words_of(pdf)

    assert f"page 1 of {len(reader.pages)}" in words
    assert reader.metadata is not None
    assert reader.metadata.title == "Statement of March 2026, Service desk"
    assert reader.metadata.creation_date == statement.issued_at.replace(microsecond=0)
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert statement.agreement.digest in words.replace(" ", "")
    for each in statement.measurements.all():
        assert each.evidence_digest in words.replace(" ", "")
    fonts = {font for page in reader.pages for font in page["/Resources"]["/Font"]}
    assert fonts
    assert b"IBMPlexSans" in pdf


def test_what_a_name_holds_is_never_read_as_markup(cast: Cast, home: Path) -> None:
    name = '#panic("x") *bold* $x$ <label> [link](//x) "quoted"'
    agreement = a_measured_level(cast, home, name=name)
    issued = issue_statement(agreement=agreement, window="2026-03", by=cast.ben, as_of=TODAY)

    words = words_of(fetched(cast.ben, issued, format="pdf"))

    assert name.replace('"', "") in words.replace('"', "").replace("\u201c", "").replace(
        "\u201d", ""
    )


def test_the_interface_names_the_files(statement: Statement, cast: Cast) -> None:
    client = Client()
    client.force_login(cast.cleo.person)
    files = told(cast.cleo, statement)["files"]

    assert set(files) == {"pdf", "bundle", "checkpoint"}
    assert client.get(files["pdf"]).headers["Content-Type"] == "application/pdf"
    assert client.get(files["bundle"]).headers["Content-Type"] == "application/zip"


def test_the_pdf_says_what_is_disputed_and_what_became_of_it(
    statement: Statement, cast: Cast
) -> None:
    wording = a_wording(statement, measurement=statement.measurements.get())
    dispute = a_dispute(statement, cast.cleo, wording=wording)
    before = words_of(fetched(cast.ben, statement, format="pdf"))
    close_dispute(
        dispute=dispute,
        state=PointState.SETTLED,
        text="The client restates.",
        by=cast.cleo,
        as_of=TODAY,
    )

    after = words_of(fetched(cast.cleo, statement, format="pdf"))

    for words in (before, after):
        assert "T2 waited for the caller." in " ".join(words.split())
    assert "Settled: The client restates." in " ".join(after.split())
    assert "Settled" not in before
