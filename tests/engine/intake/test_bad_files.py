"""Files that are refused as a whole: the code, the place and a remedy for each."""

import gzip
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tallystick.engine.intake import read_service_data
from tallystick.engine.refusals import Refusal
from tests.engine.intake.makers import HEADER, TIGHT, a_file, a_log_mapping, a_packed_file

ROW = "A,2025-01-02T03:04:05,open\n"
CUT_SHORT = gzip.compress((HEADER + ROW).encode(), mtime=0)[:-12]


@pytest.mark.parametrize(
    ("content", "code", "place"),
    [
        (b"", "intake.empty-file", ""),
        (b"\n\n\r\n", "intake.empty-file", ""),
        (b"\xef\xbb\xbf", "intake.empty-file", ""),
        (b"id,at,state\n", "intake.no-rows", ""),
        (ROW.encode(), "intake.no-header", "line 1"),
        (b",,\n" + ROW.encode(), "intake.no-header", "line 1"),
        (b"1,2,3\n" + ROW.encode(), "intake.no-header", "line 1"),
        (b"id,at,status\n" + ROW.encode(), "intake.unknown-column", "columns.state"),
        (b"id,at,state,at\nA,x,open,x\n", "intake.duplicate-header", "columns.at"),
        (HEADER.encode() + ROW.encode() + b"B,\xff,open\n", "intake.wrong-encoding", "line 3"),
        ((HEADER + "\xe9" + ROW).encode("cp1252"), "intake.wrong-encoding", "line 2"),
        ((HEADER + ROW).encode("utf-16-le"), "intake.nul-character", "line 1"),
        ((HEADER + ROW + "A\0,b,c\n").encode(), "intake.nul-character", "line 3"),
        ((HEADER + ROW + 'A,"x,open\n' + ROW).encode(), "intake.unclosed-quote", "line 3"),
        ((HEADER + 'A,"' + "x" * 200_000 + '",open\n').encode(), "intake.unclosed-quote", "line 2"),
        ((HEADER + ROW + 'A,"x"y,open\n').encode(), "intake.malformed-row", "line 3"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "intake.protected-workbook", ""),
        (b"PK\x03\x04 but no archive", "intake.damaged-file", ""),
        (CUT_SHORT, "intake.damaged-file", "after 0 unpacked bytes"),
        (gzip.compress(b"", mtime=0), "intake.empty-file", ""),
    ],
)  # fmt: skip
def test_a_file_without_a_table_is_refused_with_its_place(
    tmp_path: Path, content: bytes, code: str, place: str
) -> None:
    path = a_file(tmp_path, content)

    with pytest.raises(Refusal) as refused:
        read_service_data(path, a_log_mapping())

    assert (refused.value.code, refused.value.place) == (code, place)
    assert refused.value.remedy


@pytest.mark.parametrize(
    ("rows", "time", "code"),
    [
        ("A,2025-01-02T03:04:05,open\n", {}, "intake.zone-needed"),
        ("A,03/04/2025 10:00,open\n", {"zone": "UTC"}, "intake.ambiguous-date-order"),
        (
            "A,13/04/2025 10:00,open\nA,04/13/2025 10:00,open\n",
            {"zone": "UTC"},
            "intake.ambiguous-date-order",
        ),
    ],
)
def test_what_times_do_not_tell_is_asked_and_never_guessed(
    tmp_path: Path, rows: str, time: dict[str, Any], code: str
) -> None:
    path = a_file(tmp_path, HEADER + rows)

    with pytest.raises(Refusal) as refused:
        read_service_data(path, a_log_mapping(time=time))

    assert (refused.value.code, refused.value.place) == (code, "column at")


@pytest.mark.parametrize(
    ("content", "code", "place"),
    [
        (HEADER + ROW * 11, "intake.too-large", "line 8"),
        ("id,at,state" + ",x" * 20 + "\n" + ROW, "intake.too-large", "line 1"),
        (HEADER + "x" * 2**20, "intake.too-large", ""),
    ],
)
def test_a_file_above_the_limits_is_refused(
    tmp_path: Path, content: str, code: str, place: str
) -> None:
    path = a_file(tmp_path, content)

    with pytest.raises(Refusal) as refused:
        read_service_data(path, a_log_mapping(), TIGHT)

    assert (refused.value.code, refused.value.place) == (code, place)


def test_a_gzip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = a_packed_file(tmp_path, HEADER.encode() + b" " * 2**19)

    with pytest.raises(Refusal, match="more than 100 times") as refused:
        read_service_data(path, a_log_mapping(), TIGHT)

    assert refused.value.code == "intake.unpacks-too-far"


def test_a_gzip_file_cannot_unpack_above_the_size_limit(tmp_path: Path) -> None:
    noise = b"".join(sha256(bytes([n // 256, n % 256])).digest() for n in range(20_000))
    path = a_packed_file(tmp_path, HEADER.encode() + noise.hex().encode())

    with pytest.raises(Refusal, match="larger than 1 MB") as refused:
        read_service_data(path, a_log_mapping(), TIGHT)

    assert refused.value.code == "intake.too-large"


def test_an_undecodable_byte_far_into_the_file_is_found_in_its_line(tmp_path: Path) -> None:
    path = a_file(tmp_path, (HEADER + ROW * 9_000).replace("\n", "\r\n").encode() + b"\xff,,\r\n")

    with pytest.raises(Refusal) as refused:
        read_service_data(path, a_log_mapping())

    assert refused.value.place == "line 9002"


def test_a_misspelt_column_brings_the_nearest_one(tmp_path: Path) -> None:
    path = a_file(tmp_path, "ID,at,stat\n" + ROW)

    with pytest.raises(Refusal) as refused:
        read_service_data(path, a_log_mapping())

    assert refused.value.remedy == "Did you mean 'ID'? The columns are: ID, at, stat."


def test_a_position_outside_the_header_is_refused(tmp_path: Path) -> None:
    path = a_file(tmp_path, HEADER + ROW)

    with pytest.raises(Refusal) as refused:
        read_service_data(path, a_log_mapping(columns={"item": 9, "at": "at", "state": "state"}))

    assert (refused.value.code, refused.value.place) == ("intake.unknown-column", "columns.item")
