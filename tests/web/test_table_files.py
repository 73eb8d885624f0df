"""One view as CSV, workbook and Parquet: the same cells, typed, and none that runs."""

import io
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.http import QueryDict

from tallystick.engine.columnar import connect
from tallystick.web.table_files import FileKind, file_response, parquet_bytes, xlsx_bytes
from tallystick.web.tables import Column, Empty, Table
from tests.web.test_csv_cells import FORMULAS

LABELS = ("Item", "Over", "Share", "Amount", "Due", "Day", "Open")
ROWS: list[list[object]] = [
    ["T1", -5, Fraction(1, 4), Decimal("10.50"), datetime(2026, 3, 1, 9, tzinfo=UTC), None, True],
    ["T2", None, None, Decimal("0.125"), None, date(2026, 3, 1), False],
]


def sheet_of(content: bytes) -> list[list[Any]]:
    """Return the cells of a workbook."""
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def parquet_rows(content: bytes, folder: Path) -> tuple[list[tuple[str, str]], list[Any]]:
    """Return the columns of a Parquet file with their types, and its rows as texts."""
    path = folder / "read.parquet"
    path.write_bytes(content)
    with connect() as connection:
        found = connection.execute("SELECT * FROM read_parquet(?)", [str(path)])
        columns = [(each[0], str(each[1])) for each in found.description or ()]
        texts = "SELECT COLUMNS(*)::VARCHAR FROM read_parquet(?)"
        return columns, connection.execute(texts, [str(path)]).fetchall()


def test_cells_of_a_workbook_have_their_types() -> None:
    head, first, second = sheet_of(xlsx_bytes(LABELS, ROWS))

    assert head == ["Item", "Over", "Share", "Amount", "Due (UTC)", "Day", "Open"]
    assert first == ["T1", -5, 0.25, 10.5, datetime(2026, 3, 1, 9), None, True]  # noqa: DTZ001
    assert second == ["T2", None, None, 0.125, None, datetime(2026, 3, 1), False]  # noqa: DTZ001


def test_columns_of_parquet_have_their_types(tmp_path: Path) -> None:
    columns, rows = parquet_rows(parquet_bytes(LABELS, ROWS), tmp_path)

    assert dict(columns) == {
        "Item": "VARCHAR",
        "Over": "BIGINT",
        "Share": "DOUBLE",
        "Amount": "DECIMAL(38,3)",
        "Due": "TIMESTAMP WITH TIME ZONE",
        "Day": "DATE",
        "Open": "BOOLEAN",
    }
    assert rows[0] == ("T1", "-5", "0.25", "10.500", "2026-03-01 09:00:00+00", None, "true")


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_of_a_workbook_is_a_formula(text: str) -> None:
    content = xlsx_bytes([text], [[text]])

    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert [cell.data_type for cell in cells] == ["s", "s"]
    assert all(str(cell.value).startswith("'") for cell in cells)


def test_text_that_looks_like_a_number_or_an_address_stays_text() -> None:
    rows = sheet_of(xlsx_bytes(["Item"], [["007"], ["https://example.org"], ["1e5"], [2**60]]))

    assert rows[1:] == [["007"], ["https://example.org"], ["1e5"], [str(2**60)]]


@pytest.mark.parametrize(
    "rows",
    [[], [[None]], [["a\nb"], [""]], [[1], ["x"]], [[2**70]], [["\U0001f3ab \x01 ü"]]],
    ids=["none", "nothing", "lines", "mixed", "huge", "odd"],
)
def test_any_column_can_be_written(rows: list[list[object]], tmp_path: Path) -> None:
    sheet = sheet_of(xlsx_bytes(["A"], rows))
    _, stored = parquet_rows(parquet_bytes(["A"], rows), tmp_path)

    assert len(sheet) <= 1 + len(rows)
    assert len(stored) == len(rows)


@pytest.mark.parametrize("kind", FileKind)
def test_equal_rows_make_equal_bytes(kind: FileKind) -> None:
    once, again = (file_response(kind, "items", LABELS, ROWS).content for _ in range(2))

    assert once == again


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("items", "items"),
        ('a"; filename="b.exe', "a-filename-b.exe"),
        ("../../etc/passwd", "etc-passwd"),
        ("a\r\nSet-Cookie: x", "a-Set-Cookie-x"),
        ("", "table"),
    ],
)
def test_a_file_name_is_safe(name: str, kept: str) -> None:
    response = file_response(FileKind.XLSX, name, ["A"], [])

    assert response["Content-Disposition"] == f'attachment; filename="{kept}.xlsx"'


@pytest.mark.parametrize("kind", FileKind)
def test_a_view_offers_each_kind_of_file(kind: FileKind) -> None:
    def table(asked: str) -> Table:
        rows = [{"item": "T1"}, {"item": "T2"}]
        empty = Empty("None", "Because.")
        return Table([Column("item", "Item")], rows, QueryDict(asked), caption="I", empty=empty)

    address = dict(table("q=T2&page=3").files)[{"csv": "CSV", "xlsx": "XLSX"}.get(kind, "Parquet")]

    view = table(address.removeprefix("?"))
    assert address == f"?q=T2&format={kind}"
    assert view.wants_file
    assert view.file("items")["Content-Disposition"] == f'attachment; filename="items.{kind}"'


def as_sent(rows: Sequence[Sequence[object]]) -> bytes:
    """Return the body of a CSV file."""
    return file_response(FileKind.CSV, "items", ["A"], rows).content


def test_a_csv_file_says_that_it_is_utf_8() -> None:
    assert as_sent([["ü"]]).startswith(b"\xef\xbb\xbf")
