"""Files of many makes that hold the same table."""

from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tallystick.engine.intake import Limits, read_service_data
from tallystick.engine.intake.files import Kind
from tallystick.engine.intake.table import open_table
from tests.engine.intake.makers import (
    a_file,
    a_log_mapping,
    a_packed_file,
    a_workbook,
    histories,
    read_log,
)

TEXT = "id,at,state\nÄ1,2025-01-02T03:04:05,open\nÄ1,2025-01-02T04:00:00,done\n"
HISTORY = {"Ä1": [("2025-01-02T03:04:05", "new"), ("2025-01-02T04:00:00", "resolved")]}


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
        TEXT.replace(",", ";").encode(),
        TEXT.replace(",", "\t").encode(),
        TEXT.replace(",", "|").encode(),
        TEXT.replace(",", " , ").encode(),
        TEXT.replace("id,at", '"id","at"').encode(),
        TEXT.replace("\n", "\n\n").encode(),
        TEXT.rstrip().encode(),
    ],
)
def test_encoding_delimiter_and_line_ends_are_recognised(tmp_path: Path, content: bytes) -> None:
    path = a_file(tmp_path, content)

    reading = read_service_data(path, a_log_mapping())

    assert histories(reading) == HISTORY


def test_a_named_encoding_is_used(tmp_path: Path) -> None:
    path = a_file(tmp_path, TEXT.encode("cp1252"))

    reading = read_service_data(path, a_log_mapping(encoding="cp1252"))

    assert histories(reading) == HISTORY


def test_a_gzip_file_is_unpacked_whatever_its_name(tmp_path: Path) -> None:
    path = a_packed_file(tmp_path, TEXT.encode(), "data.bin")

    reading = read_service_data(path, a_log_mapping())

    assert histories(reading) == HISTORY


def test_a_workbook_reads_as_the_same_table(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["id", "at", "state"], ["Ä1", datetime(2025, 1, 2, 3, 4, 5), "open"]]  # noqa: DTZ001
    path = a_workbook(tmp_path, [*rows, ["Ä1", "2025-01-02T04:00:00", "done"]])

    reading = read_service_data(path, a_log_mapping())

    assert histories(reading) == HISTORY


def test_the_digest_is_that_of_the_packed_bytes(tmp_path: Path) -> None:
    path = a_packed_file(tmp_path, TEXT.encode())

    reading = read_service_data(path, a_log_mapping())

    assert reading.digest == "sha256:" + sha256(path.read_bytes()).hexdigest()


def test_a_line_is_counted_from_the_start_of_its_row(tmp_path: Path) -> None:
    rows = '"A\nB",2025-01-02T03:04:05,open\n\nC,2025-01-02T03:04:05,open\n'

    reading = read_log(tmp_path, rows)

    assert reading.changes.line.tolist() == [2, 5]


def test_a_column_may_be_given_by_position_where_headers_repeat(tmp_path: Path) -> None:
    path = a_file(tmp_path, "id,x,state,x\nA,no time,open,2025-01-02T03:04:05\n")
    columns = {"item": "id", "at": 4, "state": "state"}

    reading = read_service_data(path, a_log_mapping(columns=columns))

    assert histories(reading) == {"A": [("2025-01-02T03:04:05", "new")]}


def test_several_state_columns_are_joined(tmp_path: Path) -> None:
    path = a_file(
        tmp_path, "id,at,a,b\nA,2025-01-02T03:04:05,Wait,User\nA,2025-01-03T00:00,Done,\n"
    )
    mapping = a_log_mapping(
        columns={"item": "id", "at": "at", "state": ["a", "b"]},
        states={"Wait / User": "on-hold", "Done": "resolved"},
    )

    reading = read_service_data(path, mapping)

    assert [state for _, state in histories(reading)["A"]] == ["on-hold", "resolved"]


def test_progress_tells_how_many_rows_were_read(tmp_path: Path) -> None:
    path = a_file(tmp_path, "id,at,state\n" + "A,2025-01-02T03:04:05,open\n" * 9_000)
    told: list[int] = []

    read_service_data(path, a_log_mapping(), progress=told.append)

    assert told == [8_192, 9_000]


def test_a_table_gives_header_and_rows_with_their_lines(tmp_path: Path) -> None:
    path = a_file(tmp_path, " id ;at\nA;1,5\n")

    with open_table(path) as table:
        rows = list(table.rows)

    assert (table.header, rows, table.kind) == (("id", "at"), [(2, ["A", "1,5"])], Kind.TEXT)


def test_limits_are_at_least_one() -> None:
    with pytest.raises(ValueError, match="max_rows is at least 1"):
        Limits(max_rows=0)
