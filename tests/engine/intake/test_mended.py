"""Rejected rows go out as a file, and come back mended."""

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallystick.engine.intake import read_service_data, write_rejected
from tallystick.engine.intake.mapping import History
from tallystick.engine.intake.mended import MENDED_COLUMNS, write_mendable
from tallystick.engine.intake.table import open_table
from tallystick.engine.spreadsheets import guarded, unguarded
from tests.engine.intake.makers import a_file, a_log_mapping, a_workbook, histories, read_log

WIDE = "\uff1d\uff0b\uff0d\uff20"  # the full-width forms of = + - @


@pytest.mark.parametrize(
    "cell", ["=cmd|' /C calc'!A0", "+1", "-5", "@SUM(A1)", "\t=1", "\r=1", "\n=1", *WIDE, "'=1"]
)
def test_a_cell_that_a_spreadsheet_may_run_is_guarded(cell: str) -> None:
    safe = guarded(cell)

    assert safe == "'" + cell


@pytest.mark.parametrize("cell", ["", "plain", "1-5", "'quoted'", " =1"])
def test_other_cells_stay_as_they_are(cell: str) -> None:
    safe = guarded(cell)

    assert safe == cell


@given(st.text() | st.text("'=+-@\t\r\na" + WIDE))
def test_a_guard_comes_off_as_it_went_on(cell: str) -> None:
    back = unguarded(guarded(cell))

    assert back == cell


def test_rejected_rows_are_written_with_line_and_reason(tmp_path: Path) -> None:
    reading = read_log(tmp_path, "A,2025-01-02T03:00:00,open\n=1,soon,open\nB,x\n")

    write_rejected(reading, tmp_path / "rejected.csv")

    with (tmp_path / "rejected.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    assert rows[0] == [*MENDED_COLUMNS, "id", "at", "state"]
    assert [row[0] for row in rows[1:]] == ["3", "4"]
    assert rows[1][1].startswith("at: 'soon' cannot be read")
    assert [row[2:] for row in rows[1:]] == [["'=1", "soon", "open"], ["B", "x"]]


def test_mended_rows_come_back_as_additions(tmp_path: Path) -> None:
    reading = read_log(tmp_path, "A,2025-01-02T03:00:00,open\n=A,soon,open\n")
    write_rejected(reading, path := tmp_path / "rejected.csv")
    path.write_bytes(path.read_bytes().replace(b",soon,", b",2025-01-02T04:00:00,"))

    again = read_service_data(path, a_log_mapping())

    assert again.history is History.ADDITIONS
    assert histories(again) == {"=A": [("2025-01-02T04:00:00", "new")]}


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_same_mapping_reads_the_mended_file_whatever_it_names(
    tmp_path: Path, delimiter: str
) -> None:
    text = "id,at,state\nÄ,soon,open\n".replace(",", delimiter)
    mapping = a_log_mapping(encoding="cp1252", delimiter=delimiter)
    reading = read_service_data(a_file(tmp_path, text.encode("cp1252")), mapping)
    write_rejected(reading, path := tmp_path / "rejected.csv")

    again = read_service_data(path, mapping)

    assert [row.cells for row in again.rejected] == [("Ä", "soon", "open")]


def test_rows_of_a_workbook_come_back_too(tmp_path: Path) -> None:
    path = a_workbook(tmp_path, [["id", "at", "state"], ["A", "soon", "open"]])
    mapping = a_log_mapping(sheet="Sheet")
    write_rejected(read_service_data(path, mapping), mended := tmp_path / "rejected.csv")

    again = read_service_data(mended, mapping)

    assert [row.cells for row in again.rejected] == [("A", "soon", "open")]


CELLS = st.lists(st.text("abc=+-@'\"\t\r\n ,;ä" + WIDE, max_size=6), min_size=1, max_size=5)


class ARow:
    """A rejected row with any cells."""

    def __init__(self, cells: list[str]) -> None:
        self.line, self.sentence, self.cells = 2, "=because", tuple(cells)


@settings(deadline=None)
@given(rows=st.lists(CELLS, min_size=1, max_size=5), delimiter=st.sampled_from(",;\t|"))
def test_rows_written_and_read_equal_the_original(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], delimiter: str
) -> None:
    path = tmp_path_factory.mktemp("mended") / "rejected.csv"

    write_mendable(("=id", "at"), [ARow(cells) for cells in rows], path, delimiter)

    with open_table(path, delimiter=delimiter) as table:
        found = [cells for _, cells in table.rows]
    assert (table.header, table.mended) == (("=id", "at"), True)
    assert found == rows
