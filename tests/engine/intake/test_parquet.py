"""Parquet files: read by their columns, they say what the same rows say as CSV."""

import gzip
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tallystick.engine.intake import Limits, Reading, read_service_data
from tallystick.engine.intake.files import DamagedFile, TooLarge, UnpacksTooFar
from tallystick.engine.intake.guess import guess_mapping
from tallystick.engine.intake.instants import AmbiguousDateOrder, ZoneNeeded
from tallystick.engine.intake.parquet import PackedParquet
from tallystick.engine.intake.plan import UnknownColumn
from tallystick.engine.intake.reading import read_parts, together, with_cells
from tallystick.engine.intake.table import NoRows, open_table
from tallystick.engine.intake.text import NulInText
from tests.engine.intake.makers import (
    a_file,
    a_log_mapping,
    a_parquet,
    an_item_mapping,
    as_parquet,
    histories,
    reasons,
    same_changes,
)

HEADER = "id,at,state,p\n"
GOOD = "A,2025-01-02T03:00:00,open,P1\nB,2025-01-02T04:00:00,work,P2\n"
MAPPING = a_log_mapping(attributes={"priority": "p"})
ONE = "'A' as id, timestamp '2025-01-02 03:00' as at_, 'open' as state"


def clocked(**changes: object) -> object:
    """Return the mapping of a log whose times are in the column `at_`."""
    return a_log_mapping(columns={"item": "id", "at": "at_", "state": "state"}, **changes)


def account(reading: Reading) -> list[object]:
    """Return the counts, and each rejected row with its reason and cells."""
    counts = [reading.read, reading.accepted, reading.unchanged, reading.incomplete]
    return [*counts, *[(row.line, row.sentence, row.cells) for row in reading.rejected]]


@pytest.mark.parametrize(
    "row",
    [
        ",2025-01-02T03:00:00,open,P1",
        "A,,open,P1",
        "A,soon,open,P1",
        "A,2025-01-02,open,P1",
        "A,45678.5,open,P1",
        "A,0001-01-01T00:00:00,open,P1",
        "A,2025-01-02T03:00:00,,P1",
        "A,2025-01-02T03:00:00,odd,P1",
        f"{'A' * 201},2025-01-02T03:00:00,open,P1",
        "  ,2025-01-02T03:00:00,open,P1",
        " A\u00a0,2025-01-02T03:00:00, open , P1",
        "é,2025-01-02T03:00:00,open,",
        '"A,B",2025-01-02T03:00:00,open,"x ""y"""',
    ],
)
def test_each_row_fares_as_it_does_in_csv(tmp_path: Path, row: str) -> None:
    csv = a_file(tmp_path, f"{HEADER}{GOOD}{row}\n{GOOD}")

    told = read_service_data(csv, MAPPING)
    columnar = read_service_data(as_parquet(csv), MAPPING)

    assert account(columnar) == account(told)
    assert same_changes(columnar.changes, told.changes)


IDS = st.sampled_from(["A", "B", " B", "C\u2003", "", "é", "\u3000D", "E" * 201])
TIMES = st.sampled_from(
    ["2025-01-02T03:00:00", "2025-01-02T04:00:00Z", "03/04/2025 10:00", "x", ""]
)
LOG_STATES = st.sampled_from(["open", "work ", "wait", "done", "note", "odd", ""])


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(IDS, TIMES, LOG_STATES), min_size=1, max_size=40), st.integers(1, 50))
def test_parts_together_are_the_whole(
    tmp_path: Path, rows: list[tuple[str, str, str]], at_once: int
) -> None:
    mapping = a_log_mapping(time={"zone": "Europe/Madrid", "order": "day-first"})
    csv = a_file(tmp_path, "id,at,state\n" + "".join(f"{','.join(row)}\n" for row in rows))
    path = as_parquet(csv)

    told = read_service_data(csv, mapping)
    parts = [*read_parts(path, mapping, tmp_path / "x", at_once=at_once)]

    whole = with_cells(together(parts), path, mapping)
    assert (whole.read, whole.accepted, whole.incomplete) == (
        told.read, told.accepted, told.incomplete,
    )  # fmt: skip
    assert [(row.line, row.sentence) for row in whole.rejected] == [
        (row.line, row.sentence) for row in told.rejected
    ]
    found = {name: rows for part in parts for name, rows in histories(part).items()}
    assert found == histories(told)
    assert sum(len(part.changes.ids) for part in parts) == len(found)
    assert not [*tmp_path.glob(".x*")]


def test_no_part_has_many_more_rows_than_are_read_at_once(tmp_path: Path) -> None:
    query = "select i % 4000 as id, timestamp '2025-01-02 03:00' as at_, 'open' as state"
    path = a_parquet(tmp_path, f"{query} from range(20000) as t(i)")

    parts = [
        len(part.changes) for part in read_parts(path, clocked(), tmp_path / "x", at_once=1000)
    ]

    assert (len(parts), sum(parts)) == (32, 20_000)
    assert max(parts) < 2 * 1000


@pytest.mark.parametrize("kind", ["timestamp", "timestamp_s", "timestamp_ms", "timestamp_ns"])
def test_times_without_a_zone_are_those_of_the_mapping(tmp_path: Path, kind: str) -> None:
    walls = [
        "2025-03-30 01:59:59", "2025-03-30 02:30:00", "2025-03-30 03:00:00",
        "2025-10-26 02:30:00", "2025-10-26 03:00:00", "2025-07-01 12:00:00",
    ]  # fmt: skip
    rows = ", ".join(f"('{n}', {kind} '{wall}', 'open')" for n, wall in enumerate(walls))
    text = "".join(f"{n},{wall},open\n" for n, wall in enumerate(walls))
    mapping = clocked(time={"zone": "Europe/Madrid"})

    columnar = read_service_data(
        a_parquet(tmp_path, f"from (values {rows}) as t(id, at_, state)"), mapping
    )

    told = read_service_data(a_file(tmp_path, "id,at_,state\n" + text), mapping)
    assert histories(columnar) == histories(told)


def test_times_with_a_zone_need_none_of_the_mapping(tmp_path: Path) -> None:
    query = "select 'A' as id, timestamptz '2025-01-02 03:00:00.9+02' as at_, 'open' as state"

    reading = read_service_data(a_parquet(tmp_path, query), clocked(time={}))

    assert histories(reading) == {"A": [("2025-01-02T01:00:00", "new")]}


def test_times_without_any_zone_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ZoneNeeded) as refused:
        read_service_data(a_parquet(tmp_path, f"select {ONE}"), clocked(time={}))

    assert "'2025-01-02T03:00:00'" in str(refused.value)


@pytest.mark.parametrize(
    ("time", "code"),
    [
        ("null::timestamp", "row.no-time"),
        ("timestamp '1066-10-14 09:00'", "row.time-out-of-range"),
        ("'infinity'::timestamp", "row.no-time"),
        ("timestamptz '9999-12-31 00:00+00'", "row.time-out-of-range"),
        ("date '2025-01-02'", "row.date-without-time"),
        ("45678.25", "row.serial-time"),
    ],
)
def test_points_in_time_are_checked_as_texts_are(tmp_path: Path, time: str, code: str) -> None:
    path = a_parquet(tmp_path, f"select 'A' as id, {time} as at_, 'open' as state")

    reading = read_service_data(path, clocked())

    assert reasons(reading) == [(2, code, "at_")]


def test_numbers_and_truth_values_are_read_as_a_workbook_shows_them(tmp_path: Path) -> None:
    query = "select 7.0::double as id, timestamp '2025-01-02 03:00' as at_, true as state"
    mapping = clocked(states={"TRUE": "new"})

    reading = read_service_data(a_parquet(tmp_path, query), mapping)

    assert histories(reading) == {"7": [("2025-01-02T03:00:00", "new")]}


def test_an_item_table_can_be_parquet(tmp_path: Path) -> None:
    csv = a_file(tmp_path, "id,opened,resolved\nA,2025-01-02T01:00,2025-01-02T02:00\nB,x,\n")
    mapping = an_item_mapping("opened", "resolved")

    told, columnar = (read_service_data(path, mapping) for path in (csv, as_parquet(csv)))

    assert account(columnar) == account(told)
    assert same_changes(columnar.changes, told.changes)


def test_one_date_of_a_file_decides_for_all_its_parts(tmp_path: Path) -> None:
    rows = "".join(f"{n},0{n % 9 + 1}/04/2025 10:00,open\n" for n in range(100))
    csv = a_file(tmp_path, f"id,at,state\n{rows}Z,13/04/2025 10:00,open\n")

    parts = read_parts(as_parquet(csv), a_log_mapping(), tmp_path / "x", at_once=10)

    months = {at[:7] for part in parts for rows in histories(part).values() for at, _ in rows}
    assert months == {"2025-04"}


def test_dates_that_nothing_decides_are_refused_in_parts_too(tmp_path: Path) -> None:
    rows = "".join(f"{n},03/04/2025 10:00,open\n" for n in range(100))
    path = as_parquet(a_file(tmp_path, f"id,at,state\n{rows}"))

    with pytest.raises(AmbiguousDateOrder):
        list(read_parts(path, a_log_mapping(), tmp_path / "x", at_once=10))


def test_a_column_is_found_by_its_name_or_its_position(tmp_path: Path) -> None:
    path = a_parquet(tmp_path, f"select 1 as line, 2 as file_row_number, {ONE}")
    mapping = a_log_mapping(columns={"item": 3, "at": "at_", "state": "state"})

    reading = read_service_data(path, mapping)

    assert histories(reading) == {"A": [("2025-01-02T03:00:00", "new")]}
    with pytest.raises(UnknownColumn):
        read_service_data(path, a_log_mapping())


def test_nul_characters_are_refused(tmp_path: Path) -> None:
    path = a_parquet(tmp_path, f"select {ONE.replace(chr(39) + 'A' + chr(39), 'chr(0)')}")

    with pytest.raises(NulInText):
        read_service_data(path, clocked())


def test_a_file_without_rows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NoRows):
        read_service_data(a_parquet(tmp_path, f"select {ONE} limit 0"), clocked())


def test_a_file_within_gzip_is_refused(tmp_path: Path) -> None:
    path = a_parquet(tmp_path, f"select {ONE}")
    packed = a_file(tmp_path, gzip.compress(path.read_bytes()), "data.parquet.gz")

    with pytest.raises(PackedParquet):
        read_service_data(packed, clocked())


def test_too_many_rows_are_refused_before_they_are_read(tmp_path: Path) -> None:
    path = a_parquet(tmp_path, f"from range(11) select {ONE}")

    with pytest.raises(TooLarge):
        read_service_data(path, clocked(), Limits(max_columnar_rows=10))


def test_what_unpacks_too_far_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = a_parquet(tmp_path, "select repeat('A', 1000000) || i as id from range(20) as t(i)")

    with pytest.raises(UnpacksTooFar):
        read_service_data(path, clocked(), Limits(free_bytes=1000, max_ratio=10))


def test_an_altered_file_is_refused_and_the_next_one_is_read(tmp_path: Path) -> None:
    good = a_parquet(tmp_path, f"from range(1000) as t(i) select {ONE}, i")
    content, chance = good.read_bytes(), random.Random(5)  # noqa: S311  (it keeps no secret)
    refused = 0

    for _ in range(60):
        altered = bytearray(content[: chance.choice([len(content), chance.randrange(8, 900)])])
        altered[chance.randrange(4, len(altered))] ^= 0xFF
        try:
            read_service_data(a_file(tmp_path, bytes(altered), "altered.parquet"), clocked())
        except (DamagedFile, UnpacksTooFar, UnknownColumn, TooLarge, NulInText):
            refused += 1

    assert refused > 20
    assert read_service_data(good, clocked()).accepted == 1000


def test_a_page_can_show_its_rows_and_guess_what_they_mean(tmp_path: Path) -> None:
    csv = a_file(tmp_path, "number,updated at,status\nA,2025-01-02T03:00:00Z,New\n")

    with open_table(as_parquet(csv)) as table:
        guess = guess_mapping(table, "desk")

    assert guess.mapping().columns.item == "number"
