"""Guessing a mapping: usual exports are recognised, and what a file does not tell is asked."""

from pathlib import Path

import pytest

from tallystick.engine.intake import read_service_data
from tallystick.engine.intake.guess import guess_mapping
from tallystick.engine.intake.guess_parts import Guess
from tallystick.engine.intake.table import open_table
from tallystick.engine.intake.words import state_of
from tallystick.engine.values import State
from tests.engine.intake.makers import a_file


def guess(folder: Path, text: str) -> Guess:
    with open_table(a_file(folder, text)) as table:
        return guess_mapping(table)


SERVICENOW = """\
Number,Opened,Priority,State,Resolved,Closed,Short description
INC001,2025-01-13 10:00:00,1 - High,Closed,2025-01-13 12:00:00,2025-01-14 12:00:00,Mail
INC002,2025-01-13 11:00:00,2 - Low,In Progress,,,Printer
"""
JIRA = """\
Issue key,Created,Resolved,Status,Priority
DESK-1,2025-01-13T10:00:00+0100,,To Do,High
DESK-2,2025-01-13T10:00:00+0100,2025-01-14T10:00:00+0100,Done,Low
"""
GERMAN = """\
Nummer;Erstellt;Geschlossen;Priorität;Kunde;Zustand
1;13.01.2025 10:00;14.01.2025 10:00;hoch;Nord;geschlossen
2;13.01.2025 11:00;;niedrig;Süd;offen
"""
SPANISH = """\
Número,Fecha de apertura,Fecha de cierre,Estado
1,13/01/2025 10:00,14/01/2025 10:00,Cerrado
2,13/01/2025 11:00,,Abierto
"""
ITALIAN = """\
Numero ticket,Data apertura,Data chiusura,Stato
1,13/01/2025 10:00,14/01/2025 10:00,Chiuso
2,13/01/2025 11:00,,In corso
"""
GLPI = """\
ID,Opening date,Solvedate,Closing date,Status
1,2025-01-13 10:00:00,,,Processing (assigned)
2,2025-01-13 11:00:00,2025-01-14 10:00:00,2025-01-14 10:00:00,Closed
"""
FRAPPE = """\
name,opening_date,first_responded_on,resolution_date,status
HD-1,2025-01-13 10:00:00,2025-01-13 10:30:00,,Replied
HD-2,2025-01-13 11:00:00,,,Open
"""


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        (SERVICENOW, {"item": "Number", "opened": "Opened", "resolved": "Resolved",
                      "closed": "Closed", "state": "State"}),
        (JIRA, {"item": "Issue key", "opened": "Created", "resolved": "Resolved",
                "state": "Status"}),
        (GERMAN, {"item": "Nummer", "opened": "Erstellt", "closed": "Geschlossen",
                  "state": "Zustand"}),
        (SPANISH, {"item": "Número", "opened": "Fecha de apertura", "closed": "Fecha de cierre",
                   "state": "Estado"}),
        (ITALIAN, {"item": "Numero ticket", "opened": "Data apertura", "closed": "Data chiusura",
                   "state": "Stato"}),
        (GLPI, {"item": "ID", "opened": "Opening date", "resolved": "Solvedate",
                "closed": "Closing date", "state": "Status"}),
        (FRAPPE, {"item": "name", "opened": "opening_date", "responded": "first_responded_on",
                  "resolved": "resolution_date", "state": "status"}),
    ],
    ids=["servicenow", "jira", "german", "spanish", "italian", "glpi", "frappe"],
)  # fmt: skip
def test_the_columns_of_usual_item_tables_are_found(
    tmp_path: Path, text: str, columns: dict[str, str]
) -> None:
    found = guess(tmp_path, text)

    assert (found.document["shape"], found.document["columns"]) == ("item-table", columns)


LOG = """\
sr_number,when,status,sub_status,grp
1,2025-01-13T10:00:00Z,Accepted,In Progress,x
1,2025-01-13T11:00:00Z,Completed,Resolved,x
2,2025-01-13T10:00:00Z,Queued,Awaiting Assignment,y
2,2025-01-13T12:00:00Z,Unmatched,Unmatched,y
"""


def test_an_event_log_is_told_by_items_that_come_again(tmp_path: Path) -> None:
    found = guess(tmp_path, LOG)

    assert found.document["shape"] == "event-log"
    assert found.document["columns"] == {
        "item": "sr_number",
        "at": "when",
        "state": ["status", "sub_status"],
    }


def test_states_that_are_not_recognised_are_asked(tmp_path: Path) -> None:
    found = guess(tmp_path, LOG)

    assert [(asked.place, asked.values) for asked in found.questions] == [
        ("states", ("Unmatched / Unmatched",))
    ]
    assert found.document["states"]["Completed / Resolved"] == "resolved"


def test_a_guess_without_questions_reads_the_file(tmp_path: Path) -> None:
    text = LOG.replace("Unmatched,Unmatched", "Completed,Closed")
    found = guess(tmp_path, text)

    reading = read_service_data(a_file(tmp_path, text), found.mapping())

    assert (found.questions, reading.accepted) == ((), 4)


def test_zone_and_order_of_day_and_month_are_asked(tmp_path: Path) -> None:
    text = "number,opened,closed\n1,03/04/2025 10:00,\n2,04/04/2025 11:00,05/04/2025 11:00\n"

    found = guess(tmp_path, text)

    asked = {question.place: question for question in found.questions}
    assert list(asked) == ["time.order", "time.zone"]
    assert asked["time.order"].values == ("day-first", "month-first")
    assert "column opened" in asked["time.zone"].text


def test_a_column_that_cannot_be_found_is_asked(tmp_path: Path) -> None:
    found = guess(tmp_path, "number,comment\n1,x\n2,y\n")

    assert [asked.place for asked in found.questions] == ["columns.opened"]


def test_an_event_log_without_states_asks_for_them(tmp_path: Path) -> None:
    text = "id,timestamp,x\n1,2025-01-13T10:00Z,a\n1,2025-01-13T11:00Z,b\n"

    found = guess(tmp_path, text)

    assert [asked.place for asked in found.questions] == ["columns.state"]


def test_a_repeated_header_is_proposed_by_its_position(tmp_path: Path) -> None:
    text = "id,status,timestamp,status\n1,a,2025-01-13T10:00Z,new\n1,b,2025-01-13T11:00Z,done\n"

    found = guess(tmp_path, text)

    assert found.document["columns"]["state"] == [2, 4]


def test_priority_and_customer_are_proposed_where_they_differ(tmp_path: Path) -> None:
    found = guess(tmp_path, GERMAN)

    assert found.document["attributes"] == {"priority": "Priorität", "customer": "Kunde"}


def test_each_column_has_a_note(tmp_path: Path) -> None:
    found = guess(tmp_path, LOG)

    notes = [(note.position, note.header, note.meaning, note.why) for note in found.notes]
    assert notes[:2] == [
        (1, "sr_number", "item", "2 different values"),
        (2, "when", "at", "100% of its values read as times"),
    ]
    assert notes[4] == (5, "grp", "", "2 different values")


@pytest.mark.parametrize(
    ("value", "state"),
    [
        ("In Progress", State.IN_PROGRESS),
        ("ON_HOLD", State.ON_HOLD),
        ("Gelöst", State.RESOLVED),
        ("En espera", State.ON_HOLD),
        ("Preso in carico", State.IN_PROGRESS),
        ("Completed / Closed", State.CLOSED),
        ("Closed / nonsense", None),
        ("nonsense", None),
    ],
)
def test_usual_words_are_known_as_states(value: str, state: State | None) -> None:
    found = state_of(value)

    assert found is state
