"""Guessing a mapping of signals: usual exports of monitors, and what is asked."""

from pathlib import Path

import pytest

from tallystick.engine.intake import read_signals
from tallystick.engine.intake.guess import guess_mapping
from tallystick.engine.intake.guess_parts import Guess
from tallystick.engine.intake.table import open_table
from tests.engine.intake.makers import a_file
from tests.engine.intake.signal_makers import told

PROBES = """\
Host,Timestamp,Check result
web,2025-01-02T03:00:00Z,OK
web,2025-01-02T03:01:00Z,OK
web,2025-01-02T03:02:00Z,CRITICAL
web,2025-01-02T03:03:00Z,OK
web,2025-01-02T03:04:00Z,OK
db,2025-01-02T03:00:00Z,OK
db,2025-01-02T03:01:00Z,OK
db,2025-01-02T03:02:00Z,OK
db,2025-01-02T03:03:00Z,Unknown
"""
STATES = """\
Component,Date,Status
web,2025-01-02T03:00:00Z,Operational
web,2025-01-02T04:00:00Z,Major outage
web,2025-01-02T05:00:00Z,Operational
"""
OUTAGES = """\
Servicio;Inicio;Fin;Usuarios afectados
web;13/01/2025 10:00;13/01/2025 11:00;12
db;13/01/2025 10:00;;
"""


def guess(folder: Path, text: str) -> Guess:
    """Guess the mapping of a file given as text."""
    with open_table(a_file(folder, text)) as table:
        return guess_mapping(table)


@pytest.mark.parametrize(
    ("text", "shape", "columns", "words"),
    [
        (
            PROBES,
            "probes",
            {"component": "Host", "at": "Timestamp", "result": "Check result"},
            {"results": {"OK": "up", "CRITICAL": "down", "Unknown": "invalid"}},
        ),
        (
            STATES,
            "service-states",
            {"component": "Component", "at": "Date", "state": "Status"},
            {"states": {"Operational": "up", "Major outage": "down"}},
        ),
        (
            STATES.replace("Operational", "Maintenance"),
            "service-states",
            {"component": "Component", "at": "Date", "state": "Status"},
            {"states": {"Maintenance": "maintenance", "Major outage": "down"}},
        ),
        (
            OUTAGES,
            "outages",
            {
                "component": "Servicio", "since": "Inicio", "until": "Fin",
                "users": "Usuarios afectados",
            },
            {"excuses": {}},
        ),
    ],
)  # fmt: skip
def test_usual_exports_of_monitors_are_recognised(
    tmp_path: Path, text: str, shape: str, columns: dict[str, str], words: dict[str, str]
) -> None:
    found = guess(tmp_path, text).document

    assert (found["shape"], found["columns"]) == (shape, columns)
    assert {key: found[key] for key in words} == words


def test_a_complete_guess_reads_its_file(tmp_path: Path) -> None:
    found = guess(tmp_path, PROBES)

    reading = read_signals(tmp_path / "data.csv", found.mapping())

    assert (found.questions, reading.rejected) == ((), ())
    assert told(reading.signals)[3] == "db 03:03-03:03 unknown -1"


def test_the_zone_is_asked_where_times_do_not_tell_it(tmp_path: Path) -> None:
    found = guess(tmp_path, OUTAGES)

    assert [question.place for question in found.questions] == ["time.zone"]


def test_words_of_excuse_are_taken_as_they_are(tmp_path: Path) -> None:
    text = "Host,Start,End,Excused\nweb,2025-01-02T03:00Z,2025-01-02T04:00Z,Yes\n"

    found = guess(tmp_path, text).document

    assert (found["columns"]["excused"], found["excuses"]) == ("Excused", {"Yes": "yes"})


def test_attempts_and_changes_that_cannot_be_told_apart_are_asked(tmp_path: Path) -> None:
    text = "Host,Time,Status\n" + "".join(
        f"web,2025-01-02T03:0{minute}:00Z,{word}\n"
        for minute, word in enumerate(["up", "up", "down", "up", "down"])
    )

    (question,) = guess(tmp_path, text).questions

    assert (question.place, question.values) == ("shape", ("probes", "service-states"))


@pytest.mark.parametrize(
    "text",
    [
        PROBES.replace("CRITICAL", "Open"),
        PROBES.replace("Host", "Ticket"),
        OUTAGES.replace("Fin", "Nota"),
        OUTAGES.replace("Servicio", "Ticket"),
    ],
)
def test_a_table_that_is_only_much_like_signals_is_guessed_as_items(
    tmp_path: Path, text: str
) -> None:
    assert guess(tmp_path, text).document["shape"] in {"event-log", "item-table"}
