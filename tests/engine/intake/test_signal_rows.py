"""Rows of probes, states and outages: each accepted, rejected with a reason, or a repeat."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tallystick.engine.intake import read_service_data, read_signals, write_rejected
from tallystick.engine.refusals import Refusal
from tallystick.engine.signals import open_words
from tests.engine.intake.makers import a_file, a_log_mapping, a_workbook
from tests.engine.intake.signal_makers import HEADERS, a_signal_mapping, read_rows, told

EIGHT = 1_735_804_800  # 2025-01-02T08:00Z


def reasons(reading: Any) -> list[tuple[int, str, str]]:
    """Return line, code and column of each rejected row."""
    return [(row.line, row.reason.code, row.reason.column) for row in reading.rejected]


def test_probes_are_instants_in_the_order_of_component_and_time(tmp_path: Path) -> None:
    rows = "web,T3:05,FAIL\nweb,T3:00,OK\ndb,T3:01,TIMEOUT\n"

    reading = read_rows(tmp_path, "probes", rows)

    assert told(reading.signals) == [
        "db 03:01-03:01 unknown -1",
        "web 03:00-03:00 up -1",
        "web 03:05-03:05 down -1",
    ]
    assert reading.signals.line.tolist() == [4, 3, 2]


@pytest.mark.parametrize(
    ("outages", "said"),
    [
        (0, ""),
        (1, "1 outage has no end yet: it counts as down until a later file tells one."),
        (2, "2 outages have no end yet: each counts as down until a later file tells one."),
    ],
)
def test_outages_without_an_end_are_said_in_words(outages: int, said: str) -> None:
    assert open_words(outages) == said


def test_a_state_holds_until_its_components_next(tmp_path: Path) -> None:
    rows = "web,T3:00,Up\ndb,T3:30,n/a\nweb,T4:00,Works\nweb,T5:00,Down\n"

    reading = read_rows(tmp_path, "service-states", rows)

    assert told(reading.signals) == [
        "db 03:30- unknown -1",
        "web 03:00-04:00 up -1",
        "web 04:00-05:00 maintenance -1",
        "web 05:00- down -1",
    ]


def test_outages_may_be_open_tell_users_and_be_excused(tmp_path: Path) -> None:
    rows = "web,T3:00,T4:00,12,\nweb,T5:00,,,no\nweb,T6:00,T6:00,0,customer\n"

    reading = read_rows(tmp_path, "outages", rows)

    assert told(reading.signals) == [
        "web 03:00-04:00 down 12",
        "web 05:00- down -1",
        "web 06:00-06:00 excused 0",
    ]
    assert reading.signals.open_outages == 1


@pytest.mark.parametrize(
    ("shape", "row", "code", "column"),
    [
        ("probes", ",T3:00,OK", "row.no-component", "host"),
        ("probes", "web,,OK", "row.no-time", "at"),
        ("probes", "web,soon,OK", "row.unreadable-time", "at"),
        ("probes", "web,0001-01-01T00:00:00,OK", "row.time-out-of-range", "at"),
        ("probes", "web,9999-12-31T00:00:00,OK", "row.time-out-of-range", "at"),
        ("probes", "web,T3:00,", "row.no-result", "result"),
        ("probes", "web,T3:00,MAYBE", "row.unknown-result", "result"),
        ("probes", "web,T3:00", "row.too-few-cells", ""),
        ("probes", "web,T3:00,OK,x", "row.too-many-cells", ""),
        ("probes", "x" * 201 + ",T3:00,OK", "row.too-long", "host"),
        ("probes", "web,T8:01,OK", "row.not-yet", "at"),
        ("service-states", "web,T3:00,", "row.no-state", "state"),
        ("service-states", "web,T3:00,Sleeping", "row.unknown-state", "state"),
        ("service-states", "web,T8:01,Up", "row.not-yet", "at"),
        ("outages", "web,,T4:00,,", "row.no-time", "from"),
        ("outages", "web,T5:00,T4:00,,", "row.times-out-of-order", "to"),
        ("outages", "web,T3:00,later,,", "row.unreadable-time", "to"),
        ("outages", "web,T3:00,9999-12-31T00:00:00,,", "row.time-out-of-range", "to"),
        ("outages", "web,T3:00,T9:00,,", "row.not-yet", "from"),
        ("outages", "web,T9:00,,,", "row.not-yet", "from"),
        ("outages", "web,T3:00,T4:00,-1,", "row.unreadable-number", "users"),
        ("outages", "web,T3:00,T4:00,many,", "row.unreadable-number", "users"),
        ("outages", "web,T3:00,T4:00,1.5,", "row.unreadable-number", "users"),
        ("outages", "web,T3:00,T4:00,9999999999,", "row.unreadable-number", "users"),
        ("outages", "web,T3:00,T4:00,99999999999999999999,", "row.unreadable-number", "users"),
        ("outages", "web,T3:00,T4:00,,perhaps", "row.unknown-excuse", "excused"),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_read_is_rejected_with_its_reason(
    tmp_path: Path, shape: str, row: str, code: str, column: str
) -> None:
    good = {"probes": "web,T1:00,OK", "service-states": "web,T1:00,Up", "outages": "web,T1:00,,,"}

    reading = read_rows(tmp_path, shape, f"{row}\n{good[shape]}\n", complete_until=EIGHT)

    assert reasons(reading) == [(2, code, column)]
    assert (reading.read, reading.accepted, len(reading.signals)) == (2, 1, 1)
    assert reading.rejected[0].reason.remedy


def test_until_when_a_file_is_complete_need_not_be_known(tmp_path: Path) -> None:
    reading = read_rows(tmp_path, "probes", "web,T9:00,OK\n")

    assert reading.accepted == 1


@pytest.mark.parametrize(
    ("shape", "row", "other"),
    [
        ("probes", "web,T3:00,OK", "web,T3:00,FAIL"),
        ("service-states", "web,T3:00,Up", "web,T3:00,Down"),
        ("outages", "web,T3:00,T4:00,5,no", "web,T3:00,T4:30,5,no"),
        ("outages", "web,T3:00,T4:00,5,no", "web,T3:00,T4:00,6,no"),
        ("outages", "web,T3:00,T4:00,5,no", "web,T3:00,T4:00,5,yes"),
        ("outages", "web,T3:00,T4:00,5,no", "web,T3:00,,5,no"),
    ],
)
def test_of_rows_that_contradict_each_other_the_later_is_rejected_and_a_repeat_is_unchanged(
    tmp_path: Path, shape: str, row: str, other: str
) -> None:
    reading = read_rows(tmp_path, shape, f"{row}\n{other}\n{row}\n")

    assert reasons(reading) == [(3, "row.conflict", "host")]
    assert "line 2 already" in reading.rejected[0].sentence
    assert (reading.read, reading.accepted, reading.unchanged) == (3, 1, 1)


def test_several_attempts_at_one_time_are_told_apart_by_their_number(tmp_path: Path) -> None:
    text = "host,at,result,try\nweb,2025-01-02T03:00,OK,1\nweb,2025-01-02T03:00,FAIL,2\n"
    columns = {"component": "host", "at": "at", "result": "result", "attempt": "try"}

    reading = read_signals(a_file(tmp_path, text), a_signal_mapping("probes", columns=columns))

    assert told(reading.signals) == ["web 03:00-03:00 up -1", "web 03:00-03:00 down -1"]


def test_a_workbook_reads_as_the_same_rows_in_text(tmp_path: Path) -> None:
    text = a_file(tmp_path, "host,from,to,users,excused\nweb,2025-01-02T03:00,,7,no\n")
    book = a_workbook(
        tmp_path,
        [["host", "from", "to", "users", "excused"], ["web", "2025-01-02T03:00", None, 7.0, "no"]],
    )
    mapping = a_signal_mapping("outages")

    read = [read_signals(path, mapping) for path in (text, book)]

    assert told(read[0].signals) == told(read[1].signals) == ["web 03:00- down 7"]


def test_a_mended_file_of_rejected_rows_reads_again(tmp_path: Path) -> None:
    reading = read_rows(tmp_path, "probes", "web,T3:00,OK\nweb,T4:00,=MAYBE\n")
    write_rejected(reading, tmp_path / "rejected.csv")
    mended = (tmp_path / "rejected.csv").read_text(encoding="utf-8-sig").replace("'=MAYBE", "FAIL")

    again = read_signals(a_file(tmp_path, mended, "mended.csv"), a_signal_mapping("probes"))

    assert told(again.signals) == ["web 04:00-04:00 down -1"]


def test_local_times_follow_the_zone_of_the_mapping(tmp_path: Path) -> None:
    path = a_file(tmp_path, HEADERS["probes"] + "web,2025-07-01 12:00,OK\n")

    reading = read_signals(path, a_signal_mapping("probes", time={"zone": "Europe/Madrid"}))

    assert told(reading.signals) == ["web 10:00-10:00 up -1"]


def test_a_mapping_of_components_reads_no_items(tmp_path: Path) -> None:
    path = a_file(tmp_path, HEADERS["probes"] + "web,2025-01-02T03:00,OK\n")

    with pytest.raises(Refusal) as refused:
        read_service_data(path, a_signal_mapping("probes"))

    assert (refused.value.code, refused.value.place) == ("intake.wrong-shape", "shape")


def test_a_mapping_of_items_reads_no_components(tmp_path: Path) -> None:
    path = a_file(tmp_path, "id,at,state\nA,2025-01-02T03:00,open\n")

    with pytest.raises(Refusal) as refused:
        read_signals(path, a_log_mapping())

    assert (refused.value.code, refused.value.place) == ("intake.wrong-shape", "shape")


cells = st.sampled_from(["web", "db", "", "2025-01-02T03:00", "2025-01-02T04:00", "OK", "Up", "7"])


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    shape=st.sampled_from(sorted(HEADERS)),
    rows=st.lists(st.lists(cells, min_size=3, max_size=5), min_size=1, max_size=12),
)
def test_every_row_is_accepted_rejected_or_unchanged(
    tmp_path: Path, shape: str, rows: list[list[str]]
) -> None:
    text = HEADERS[shape] + "".join(",".join(row) + "\n" for row in rows)

    reading = read_signals(a_file(tmp_path, text), a_signal_mapping(shape))

    assert reading.read == len(rows)
    assert reading.read == reading.accepted + reading.unchanged + len(reading.rejected)
    assert reading.accepted == len(reading.signals)
