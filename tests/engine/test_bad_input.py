"""
Bad input by its name: negative durations, and years that no clock knows.

What else looks wrong is worked by hand under `service_levels/cases/`, each case by its `says`. In
oddities.toml: put on hold twice, taken up again without a hold, solved before it was ever taken up,
changes that stand twice or contradict each other. In availability.toml: probes of the future, 40 %
of the probes missing, an outage without an end.
"""

from pathlib import Path
from typing import Any

import pytest

from tallystick.engine.service_levels.agreement import AgreementRefused, read_agreement
from tests.engine.intake.makers import histories, read_log, reasons
from tests.engine.intake.signal_makers import read_rows
from tests.engine.intake.test_item_table import read_items
from tests.engine.service_levels.builders import OFFICE, a_document, a_level_document

NEVER = ["0001-01-01", "9999-12-31"]


def refused(**changes: Any) -> tuple[str, str]:
    """Return why and where an agreement is refused."""
    with pytest.raises(AgreementRefused) as problem:
        read_agreement(a_document(**changes))
    return problem.value.code, problem.value.place


def a_level(**changes: Any) -> dict[str, Any]:
    """Return what changes a document's one service level."""
    return {"service_levels": [a_level_document(**changes)]}


def a_calendar(**changes: Any) -> dict[str, Any]:
    """Return what changes a document's one calendar."""
    return {"calendars": {"office": {"hours": OFFICE} | changes}}


# --- negative durations


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        (a_level(targets=[{"limit": "-8h"}]), "service_levels[0].targets[0].limit"),
        (
            a_level(targets=[{"limit": "8h", "round_the_clock": "-1h"}]),
            "service_levels[0].targets[0].round_the_clock",
        ),
        (a_calendar(day="-8h"), "calendars.office.day"),
        (a_calendar(hours={"mon": ["-9:00-17:00"]}), "calendars.office.hours.mon[0]"),
    ],
)
def test_a_negative_duration_in_an_agreement_is_refused(
    changes: dict[str, Any], place: str
) -> None:
    code, where = refused(**changes)

    assert code in {"agreement.limit-unreadable", "agreement.hours-unreadable"}
    assert where == place


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("A 5 - 4", "row.resolved-before-opened"),
        ("A 5 - - 4", "row.times-out-of-order"),
        ("A 1 - - - 5 4", "row.times-out-of-order"),
    ],
    ids=["resolved before it was opened", "closed before it was opened", "off hold before on hold"],
)
def test_an_item_that_took_less_than_no_time_is_rejected(
    tmp_path: Path, row: str, code: str
) -> None:
    reading = read_items(tmp_path, row, "B 1")

    assert [(line, found) for line, found, _ in reasons(reading)] == [(2, code)]
    assert list(histories(reading)) == ["B"]


def test_an_outage_that_ends_before_it_begins_is_rejected(tmp_path: Path) -> None:
    reading = read_rows(tmp_path, "outages", "web,T5:00,T4:00,,\nweb,T1:00,T2:00,,\n")

    assert reasons(reading) == [(2, "row.times-out-of-order", "to")]
    assert reading.accepted == 1


# --- the years 1 and 9999


@pytest.mark.parametrize("day", NEVER)
def test_a_change_in_the_year_1_or_9999_is_rejected(tmp_path: Path, day: str) -> None:
    reading = read_log(tmp_path, f"A,{day}T12:00:00,open\nB,2025-01-02T03:00:00,open\n")

    assert reasons(reading) == [(2, "row.time-out-of-range", "at")]
    assert list(histories(reading)) == ["B"]


@pytest.mark.parametrize("day", NEVER)
def test_a_probe_in_the_year_1_or_9999_is_rejected(tmp_path: Path, day: str) -> None:
    reading = read_rows(tmp_path, "probes", f"web,{day}T12:00:00,OK\nweb,T1:00,OK\n")

    assert reasons(reading) == [(2, "row.time-out-of-range", "at")]
    assert reading.accepted == 1


@pytest.mark.parametrize("day", NEVER)
@pytest.mark.parametrize(
    ("changes", "place"),
    [
        (lambda day: a_calendar(holidays=[day]), "calendars.office.holidays[0]"),
        (
            lambda day: a_level(reporting_only_until=day),
            "service_levels[0].reporting_only_until",
        ),
        (lambda day: {"in_force": {"from": day, "until": "9999-12-31"}}, "in_force.from"),
    ],
    ids=["a holiday", "the end of the start-up", "the term"],
)
def test_a_day_of_the_year_1_or_9999_in_an_agreement_is_refused(
    changes: Any, place: str, day: str
) -> None:
    assert refused(**changes(day)) == ("agreement.date-out-of-range", place)
