"""Workbooks: what they may hold, and what is refused before or while they are read."""

import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tallystick.engine.intake import Limits, read_service_data
from tallystick.engine.intake.table import open_table
from tallystick.engine.intake.workbook import sheet_names
from tallystick.engine.refusals import Refusal
from tests.engine.intake.makers import (
    TIGHT,
    a_file,
    a_log_mapping,
    a_packed_file,
    a_workbook,
    histories,
    reasons,
)

HEADER = ["id", "at", "state"]
ROW = ["A", "2025-01-02T03:04:05", "open"]


def add_member(path: Path, name: str, content: bytes) -> Path:
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return path


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("xl/vbaProject.bin", b"x", "intake.active-workbook"),
        ("xl/externalLinks/externalLink1.xml", b"<x/>", "intake.active-workbook"),
        ("xl/embeddings/inner.zip", b"PK\x03\x04", "intake.active-workbook"),
        ("xl/media/zeros.bin", bytes(2**19), "intake.unpacks-too-far"),
        ("xl/media/zeros.bin", bytes(2**21), "intake.too-large"),
    ],
)
def test_a_workbook_is_refused_by_its_directory(
    tmp_path: Path, name: str, content: bytes, code: str
) -> None:
    path = add_member(a_workbook(tmp_path, [HEADER, ROW]), name, content)
    limits = Limits(max_bytes=2**20, max_ratio=20, free_bytes=2**16)

    with pytest.raises(Refusal) as refused:
        read_service_data(path, a_log_mapping(), limits)

    assert refused.value.code == code
    assert refused.value.remedy


def test_a_workbook_of_too_many_parts_is_refused(tmp_path: Path) -> None:
    path = a_workbook(tmp_path, [HEADER, ROW])

    with pytest.raises(Refusal) as refused:
        read_service_data(path, a_log_mapping(), Limits(max_members=3))

    assert refused.value.code == "intake.unpacks-too-far"


def test_a_small_workbook_of_very_many_rows_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = a_workbook(tmp_path, [HEADER])
    add_member(path, "xl/worksheets/sheet2.xml", b"<row><c><v>1</v></c></row>" * 400_000)

    with pytest.raises(Refusal) as refused:
        read_service_data(path, a_log_mapping())

    assert refused.value.code == "intake.unpacks-too-far"


def test_a_workbook_above_the_row_limit_is_refused_while_it_is_read(tmp_path: Path) -> None:
    path = a_workbook(tmp_path, [HEADER, *[ROW] * 8])

    with pytest.raises(Refusal) as refused:
        read_service_data(path, a_log_mapping(), TIGHT)

    assert (refused.value.code, refused.value.place) == ("intake.too-large", "line 8")


def test_a_claimed_size_of_the_sheet_is_not_believed(tmp_path: Path) -> None:
    path = a_workbook(tmp_path, [HEADER, ROW])
    forged = tmp_path / "forged.xlsx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(forged, "w") as target:
        for name in source.namelist():
            content = source.read(name).replace(b'ref="A1:C2"', b'ref="A1:XFD1048576"')
            target.writestr(name, content)

    reading = read_service_data(forged, a_log_mapping())

    assert reading.accepted == 1


def test_a_password_protected_member_is_refused(tmp_path: Path) -> None:
    path = a_workbook(tmp_path, [HEADER, ROW])
    content = bytearray(path.read_bytes())
    directory = content.rindex(b"PK\x01\x02")
    content[directory + 8] |= 1  # the flag of encryption in the last member's entry

    with pytest.raises(Refusal) as refused:
        read_service_data(a_file(tmp_path, bytes(content), "locked.xlsx"), a_log_mapping())

    assert refused.value.code == "intake.protected-workbook"


@pytest.mark.parametrize("damage", [lambda data: data[:-200], lambda data: data[:400]])
def test_a_damaged_workbook_is_refused(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    data = a_workbook(tmp_path, [HEADER, ROW]).read_bytes()
    path = a_file(tmp_path, damage(data), "damaged.xlsx")

    with pytest.raises(Refusal) as refused:
        read_service_data(path, a_log_mapping())

    assert refused.value.code == "intake.damaged-file"


def test_an_archive_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "notes.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("notes.txt", "hello")

    with pytest.raises(Refusal) as refused:
        read_service_data(path, a_log_mapping())

    assert refused.value.code == "intake.damaged-file"


@pytest.mark.parametrize(
    ("member", "old", "new"),
    [
        ("xl/workbook.xml", b"activeTab", b"activeTub"),
        ("xl/worksheets/sheet1.xml", b"</row>", b""),
        ("xl/worksheets/sheet1.xml", b'r="A1"', b'r="1A1"'),
        ("[Content_Types].xml", b"sheet.main+xml", b"sheet.none+xml"),
        (
            "xl/worksheets/sheet1.xml",
            b"<worksheet",
            b'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet',
        ),
    ],
)
def test_a_workbook_with_altered_parts_is_refused(
    tmp_path: Path, member: str, old: bytes, new: bytes
) -> None:
    path = a_workbook(tmp_path, [HEADER, ROW])
    altered = tmp_path / "altered.xlsx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(altered, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content.replace(old, new) if name == member else content)

    with pytest.raises(Refusal) as refused:
        read_service_data(altered, a_log_mapping())

    assert refused.value.code == "intake.damaged-file"


def test_an_unknown_sheet_is_refused_with_the_names_there_are(tmp_path: Path) -> None:
    path = a_workbook(tmp_path, [HEADER, ROW])

    with pytest.raises(Refusal) as refused:
        read_service_data(path, a_log_mapping(sheet="Data"))

    assert (refused.value.code, refused.value.remedy) == (
        "intake.unknown-sheet",
        "Name one of: Sheet.",
    )


def test_an_empty_workbook_is_refused(tmp_path: Path) -> None:
    path = a_workbook(tmp_path, [])

    with pytest.raises(Refusal) as refused:
        read_service_data(path, a_log_mapping())

    assert refused.value.code == "intake.empty-file"


def test_a_packed_workbook_is_read(tmp_path: Path) -> None:
    content = a_workbook(tmp_path, [HEADER, ROW]).read_bytes()
    path = a_packed_file(tmp_path, content, "data.xlsx.gz")

    reading = read_service_data(path, a_log_mapping())

    assert histories(reading) == {"A": [("2025-01-02T03:04:05", "new")]}


def test_a_named_sheet_is_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.create_sheet("Data")
    for row in (HEADER, ROW):
        sheet.append(row)
    book.save(path := tmp_path / "data.xlsx")

    reading = read_service_data(path, a_log_mapping(sheet="Data"))

    assert (reading.accepted, sheet_names(path, Limits())) == (1, ["Sheet", "Data"])


def test_dates_counted_from_1904_are_read_as_the_same_dates(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADER)
    sheet.append(["A", datetime(2025, 1, 2, 3, 4, 5), "open"])  # noqa: DTZ001
    book.save(path := tmp_path / "mac.xlsx")

    reading = read_service_data(path, a_log_mapping())

    assert histories(reading) == {"A": [("2025-01-02T03:04:05", "new")]}


def test_a_serial_number_that_is_not_marked_as_a_date_rejects_its_row(tmp_path: Path) -> None:
    path = a_workbook(tmp_path, [HEADER, ROW, ["B", 45658.5, "open"]])

    reading = read_service_data(path, a_log_mapping())

    assert reasons(reading) == [(3, "row.serial-time", "at")]


def test_cells_come_as_text_and_empty_rows_are_passed_over(tmp_path: Path) -> None:
    values = [7, 7.0, 7.5, True, None, date(2025, 1, 2), time(3, 4)]
    path = a_workbook(tmp_path, [list("abcdefg"), values, [None] * 7, ["x"]])

    with open_table(path) as table:
        rows = list(table.rows)

    texts = ["7", "7", "7.5", "TRUE", "", "2025-01-02T00:00:00", "03:04:00"]
    assert rows == [(2, texts), (4, ["x", "", "", "", "", "", ""])]


def test_a_row_wider_than_the_header_is_rejected(tmp_path: Path) -> None:
    path = a_workbook(tmp_path, [HEADER, ROW, [*ROW, "more"]])

    reading = read_service_data(path, a_log_mapping())

    assert reasons(reading) == [(3, "row.too-many-cells", "")]
